import { later } from "../../moving.ts";
import type { Call } from "../../service.ts";
import { removeParts } from "./provision.ts";
import { live, moveOf, parse, type Row, stacksNow } from "./stacks.ts";

/** About what a small stack takes. */
const DELETING_MS = 60_000;

/** The stacks that import an export. */
export function importersOf(call: Call, name: string | undefined): string[] {
  const wanted = JSON.stringify({ "Fn::ImportValue": name }).slice(1, -1);
  return stacksNow(call)
    .all()
    .filter((row) => live(row) && JSON.stringify(parse(row.template)).includes(wanted))
    .map(({ stack }) => stack.StackName ?? "");
}

/** A stack whose exports are in use is put back into its state. Source: seen by many; the API reference is silent. */
export function startDeletion(call: Call, row: Row): void {
  if (row.stack.StackStatus === "DELETE_IN_PROGRESS") return;
  for (const { ExportName } of row.stack.Outputs ?? []) {
    const [importer] = ExportName ? importersOf(call, ExportName) : [];
    if (!importer) continue;
    row.stack.StackStatusReason = `Delete canceled. Cannot delete export ${ExportName} as it is in use by ${importer}.`;
    return;
  }
  const nested = stacksNow(call)
    .all()
    .filter((each) => live(each) && each.stack.ParentId === row.stack.StackId);
  for (const each of nested) startDeletion(call, each);
  removeParts(call, row);
  row.stack.StackStatus = "DELETE_IN_PROGRESS";
  const DeletionTime = new Date(call.millis() + DELETING_MS).toISOString();
  later(call, moveOf(row), DELETING_MS, { StackStatus: "DELETE_COMPLETE", DeletionTime });
}
