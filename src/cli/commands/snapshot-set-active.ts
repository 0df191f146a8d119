import { EXIT } from "../../model/errors.ts";
import { activeSnapshot, setActive } from "../../store/snapshots.ts";
import { snapshotAccount } from "../account.ts";
import type { Action } from "../command.ts";
import type { SNAPSHOT_SET_ACTIVE } from "./snapshot.command.ts";

export const run: Action<typeof SNAPSHOT_SET_ACTIVE> = async (frame, options, name) => {
  const account = await snapshotAccount(frame, options.account);
  const store = await frame.store();
  const before = await activeSnapshot(store, account);
  await setActive(store, account, name);
  const changes = before === name ? 0 : 1;
  await frame.show({
    text: () =>
      changes === 0
        ? `${name} was the baseline already.\n`
        : `${frame.symbols.good} ${name} is the baseline now${before ? ` (before: ${before})` : ""}.\n`,
    data: () => ({ active: name, before: before ?? null, changes }),
    csv: { titles: ["active", "before"], records: () => [[name, before]] },
  });
  frame.next("evenkeel delta");
  return EXIT.done;
};
