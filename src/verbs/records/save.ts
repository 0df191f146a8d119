import { EvenkeelError, isError } from "../../model/errors.ts";
import type { PauseRecord } from "../../store/record-text.ts";
import { listRecords, writeRecord } from "../../store/records.ts";
import type { Store } from "../../store/store.ts";
import type { VerbContext } from "../context.ts";

/**
 * Copies a record to where backups are kept, if anywhere, before anything is changed.
 * @throws EvenkeelError STORE_FAILED when it could not be copied
 */
export async function backUp({ backup }: VerbContext, record: PauseRecord): Promise<void> {
  if (!backup) return;
  try {
    await copyTo(await backup(), record);
  } catch (error) {
    if (!isError(error) || error.code === "CANCELLED" || error.code === "BUG") throw error;
    throw new EvenkeelError("STORE_FAILED", `the record could not be copied to its backup: ${error.message}`, {
      hint: error.details.hint ?? "correct --backup, or pause without one",
      state: "nothing was changed",
      cause: error,
    });
  }
}

/** A pause that died just behind its copy has left one, and is tried again with the same plan. */
async function copyTo(store: Store, record: PauseRecord): Promise<void> {
  try {
    await writeRecord(store, record);
  } catch (error) {
    if (!isError(error, "REFUSED") || !(await holds(store, record))) throw error;
  }
}

async function holds(store: Store, { plan }: PauseRecord): Promise<boolean> {
  const listed = await listRecords(store, plan.account);
  return listed.some((each) => each.kind === "readable" && each.record.plan.digest === plan.digest);
}

/** Says of what a store fails to take before the first change that nothing was changed. */
export async function beforeChanges<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isError(error, "STORE_FAILED")) throw error;
    throw new EvenkeelError("STORE_FAILED", error.message, { ...error.details, state: "nothing was changed" });
  }
}
