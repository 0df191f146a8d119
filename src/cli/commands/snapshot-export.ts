import { EXIT } from "../../model/errors.ts";
import { exportSnapshot } from "../../report/snapshot-export.ts";
import { openSnapshot } from "../../store/snapshots.ts";
import { snapshotAccount } from "../account.ts";
import type { Action } from "../command.ts";
import type { SNAPSHOT_EXPORT } from "./snapshot.command.ts";

export const run: Action<typeof SNAPSHOT_EXPORT> = async (frame, options, name) => {
  const account = await snapshotAccount(frame, options.account);
  const snapshot = await openSnapshot(await frame.store(), account, name);
  for await (const part of exportSnapshot(
    snapshot.header,
    snapshot.resources(),
    options.format ?? exportFormat(frame.settings.output.value),
  )) {
    frame.signal.throwIfAborted();
    await frame.output.write(part);
  }
  return EXIT.done;
};

/** `--output yaml` is understood, too; a table of configurations would not be read by anybody. */
function exportFormat(output: string): "json" | "yaml" | "csv" {
  return output === "yaml" || output === "csv" ? output : "json";
}
