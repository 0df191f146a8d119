import { EvenkeelError, isError } from "../../model/errors.ts";
import type { Frame } from "../frame.ts";

/** Work that changes the account: whatever cuts it off, nobody is told that nothing was changed. */
export async function begun<T>({ signal }: Frame, record: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!signal.aborted || (isError(error) && error.code !== "CANCELLED")) throw error;
    throw new EvenkeelError("CANCELLED", "stopped by you", {
      state: `What was done is in the journal, and what was there is in record ${record}.`,
      hint: "`aws-hit-breaks --resume` puts back; `evenkeel runs` tells what was done",
      cause: error,
    });
  }
}
