import { EXIT } from "../../model/errors.ts";
import type { Format } from "../../report/format.ts";
import { renderSnapshot } from "../../report/snapshot.ts";
import { snapshotAccount } from "../account.ts";
import type { Action } from "../command.ts";
import { viewSnapshot } from "../snapshot-view.ts";
import type { SNAPSHOT_SHOW } from "./snapshot.command.ts";

export const run: Action<typeof SNAPSHOT_SHOW> = async (frame, options, name) => {
  const account = await snapshotAccount(frame, options.account);
  const view = await viewSnapshot(await frame.store(), account, name, {
    groupBy: options.groupBy ?? "type",
    resources: options.resources ?? false,
  });
  await frame.output.write(
    await renderSnapshot(view, frame.settings.output.value as Format, { ...frame.render, now: frame.clock.now() }),
  );
  frame.narrow(view.resources?.length ?? view.groups.length, "--group-by service, or `snapshot export` into a file");
  frame.next(
    view.summary.active ? "evenkeel delta" : `evenkeel delta --snapshot ${name}`,
    `evenkeel snapshot export ${name}`,
  );
  return EXIT.done;
};
