import type { Connection } from "../../aws/connection.ts";
import { shedTable } from "../../aws/shed-table.ts";
import type { Region } from "../../model/brand.ts";
import { EvenkeelError } from "../../model/errors.ts";
import type { ShedLedger } from "../../store/shed-ledger.ts";

/**
 * Opens the table that `dynamodb:TABLE` names, by its name or its ARN. Here the client of DynamoDB loads.
 * @param home where a table is that is given by its name
 * @throws EvenkeelError USAGE for anything else
 */
export function tableLedger(connection: Connection, url: string, home: Region): ShedLedger {
  const [, table] = /^dynamodb:(arn:[^:]+:dynamodb:[^:]+:\d{12}:table\/[\w.-]{3,255}|[\w.-]{3,255})$/.exec(url) ?? [];
  if (table !== undefined) return shedTable(connection, table, home);
  throw new EvenkeelError("USAGE", `not a ledger: ${JSON.stringify(url)}`, {
    hint: "give `file` (the store of the command) or `dynamodb:TABLE`",
  });
}
