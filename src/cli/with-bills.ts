import type { Bill } from "../store/bill/contract.ts";
import { localBills } from "../store/bill-download.ts";
import type { Frame } from "./frame.ts";

/**
 * Opens bill files, also those in buckets, for as long as they are asked; whatever was copied or spilled is removed after.
 * @throws EvenkeelError USAGE for what is no bill
 */
export async function withBills<T>(
  frame: Frame,
  names: readonly string[],
  ask: (bill: Bill) => Promise<T>,
): Promise<T> {
  const { signal, host } = frame;
  const local = await localBills(names, {
    signal,
    openBucket: async (name) => {
      const [{ openBucket }, connection] = await Promise.all([import("../aws/bucket.ts"), frame.connect()]);
      return openBucket(connection, name);
    },
    onCopy: (url) => host.tell({ kind: "detail", text: `copying ${url}` }),
  });
  try {
    const { openBills } = await import("../store/bill/bill.ts");
    const bill = await openBills(local.paths, { signal });
    try {
      return await ask(bill);
    } finally {
      await bill.close();
    }
  } finally {
    await local.close();
  }
}
