import type { Region } from "../../model/brand.ts";
import { type ShedLedger, storeLedger } from "../../store/shed-ledger.ts";
import type { VerbContext } from "../context.ts";

/**
 * Opens where the shedding of listeners is kept: `file` = in the command's own store, which is a bucket, too, where the
 * person says so; `dynamodb:TABLE` = in a table, named or by its ARN.
 * @param home where a table is that is given by its name: the listener's region, so that a person signed in to another one
 *   finds the state that there is, and not none
 * @throws EvenkeelError USAGE for anything else
 */
export async function openLedger(
  { connection, store }: Pick<VerbContext, "connection" | "store">,
  url = "file",
  home: Region = connection.defaultRegion,
): Promise<ShedLedger> {
  if (url === "file") return storeLedger(store, connection.account);
  const { tableLedger } = await import("./table-ledger.ts");
  return tableLedger(connection, url, home);
}
