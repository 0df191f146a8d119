import type { StatusResult } from "./result.ts";

/** The one or two commands that a person may want after reading, the most urgent first. Pure. */
export function nextCommands({ records, advice, total, unseen }: StatusResult): string[] {
  const [dearest] = advice.flatMap(({ command }) => command ?? []);
  return [
    ...(unseen.some(({ action }) => action !== undefined) ? ["evenkeel iam policy --verb status"] : []),
    ...(records.length > 0 ? ["evenkeel resume --dry-run"] : []),
    ...(dearest === undefined ? [] : [`${dearest} --dry-run`]),
    ...(total.states.running > 0 && records.length === 0 ? ["evenkeel pause --dry-run"] : []),
    "evenkeel status --output json",
  ].slice(0, 2);
}
