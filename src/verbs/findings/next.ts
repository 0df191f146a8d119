import { byMoney } from "./groups.ts";
import type { FindingsResult } from "./result.ts";

/** The one or two commands that a person may want after reading, the most urgent first. Pure. */
export function nextCommands({ rules, unseen, unjudged }: FindingsResult): string[] {
  const [dearest] = rules.flatMap(({ findings }) => findings).sort(byMoney);
  const isDenied = unseen.some(({ action }) => action !== undefined) || unjudged.some(({ kind }) => kind === "unread");
  return [
    ...(isDenied ? ["evenkeel iam policy --verb findings"] : []),
    ...(dearest?.command?.startsWith("evenkeel ") ? [dearest.command] : []),
    ...(rules.length > 0 ? ["evenkeel findings --output csv"] : []),
    "evenkeel status",
  ].slice(0, 2);
}
