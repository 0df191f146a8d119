import type { Host } from "../../io/host.ts";
import { EvenkeelError, EXIT } from "../../model/errors.ts";
import { findSnapshot } from "../../store/snapshot-files.ts";
import { activeSnapshot, deleteSnapshot } from "../../store/snapshots.ts";
import { snapshotAccount } from "../account.ts";
import type { Action } from "../command.ts";
import type { SNAPSHOT_DELETE } from "./snapshot.command.ts";

export const run: Action<typeof SNAPSHOT_DELETE> = async (frame, options, name) => {
  const account = await snapshotAccount(frame, options.account);
  const store = await frame.store();
  // What is not there and the baseline are refused by the store; nobody needs to be asked for that.
  const isRefused =
    (await findSnapshot(store, account, name)) === undefined || (await activeSnapshot(store, account)) === name;
  if (!isRefused && !frame.settings.yes.value && !(await confirmed(frame.host, name))) {
    throw new EvenkeelError("CANCELLED", "not confirmed", {
      state: "Nothing was deleted.",
      hint: "confirm at a terminal, or with --yes",
    });
  }
  await deleteSnapshot(store, account, name);
  await frame.show({
    text: () => `${frame.symbols.good} ${name} is deleted.\n`,
    data: () => ({ deleted: name, changes: 1 }),
    csv: { titles: ["deleted"], records: () => [[name]] },
  });
  frame.next("evenkeel snapshot list");
  return EXIT.done;
};

function confirmed(host: Host, name: string): Promise<boolean> {
  return host.ask({ kind: "confirm", text: `Delete snapshot ${name}? This can't be undone.`, default: false });
}
