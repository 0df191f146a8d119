import { isError } from "../../model/errors.ts";
import type { PauseRecord } from "../../store/record-text.ts";
import { closeRecord } from "../../store/records.ts";
import type { Store } from "../../store/store.ts";
import type { VerbContext } from "../context.ts";

/**
 * Closes a record that is put back, in the run's store and in its backups. A backup that can't be reached keeps telling
 * that it is armed, which a resume from there finds to be untrue; it is told and no failure.
 */
export async function closeEverywhere(
  { store, backup, host }: VerbContext,
  { id, plan }: PauseRecord,
  from: Store | undefined,
): Promise<void> {
  await closeRecord(store, plan.account, id);
  const opened: (() => Promise<Store>)[] = [...(from ? [async () => from] : []), ...(backup ? [backup] : [])];
  for (const open of opened)
    try {
      await closeRecord(await open(), plan.account, id);
    } catch (error) {
      if (!isError(error)) throw error;
      host.tell({
        kind: "warning",
        text: `record ${id} is closed, but could not be marked so in its backup: ${error.message}`,
      });
    }
}
