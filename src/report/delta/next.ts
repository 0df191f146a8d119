import { CHANGE_KINDS, subject } from "../../model/delta.ts";
import type { DeltaResult } from "../../verbs/delta/result.ts";
import { isLive, shortType } from "./wording.ts";

/** A command that a person may want after reading, and what it is good for. */
export interface NextCommand {
  readonly command: string;
  readonly purpose: string;
}

/** The one or two commands that come next, the most urgent first. */
export function nextCommands(result: DeltaResult): NextCommand[] {
  const commands: NextCommand[] = [];
  if (result.unseen.some((cell) => cell.action !== undefined))
    commands.push({
      command: "evenkeel iam policy --verb delta",
      purpose: "prints the permissions that a complete delta needs",
    });
  if (result.changes.length === 0) {
    commands.push(
      isLive(result)
        ? {
            command: `${compareCommand(result)} --exit-code`,
            purpose: "the same check for CI: ends with 7 when something changed",
          }
        : { command: "evenkeel delta", purpose: "compares the baseline with the account as it is now" },
    );
    return commands;
  }
  commands.push({
    command: `${compareCommand(result)} --output html > delta.html`,
    purpose: "the same as a page that can be filtered",
  });
  if (isLive(result))
    commands.push({ command: "evenkeel snapshot create", purpose: "makes what is there now the new baseline" });
  return commands.slice(0, 2);
}

/** The command that makes this delta again. */
function compareCommand(result: DeltaResult): string {
  return isLive(result)
    ? `evenkeel delta --snapshot ${result.before.name}`
    : `evenkeel snapshot diff ${result.before.name} ${result.after.name}`;
}

/** How a long list is made shorter, with filters that fit it. */
export function narrowing(result: DeltaResult): string {
  const subjects = result.changes.map(subject);
  const kind = CHANGE_KINDS.find((each) => result.counts[each] > 0);
  const type = commonest(subjects.map((resource) => resource.type));
  const region = commonest(subjects.map((resource) => resource.region));
  return `Narrow this list with --type ${shortType(type)}, --region ${region} or --change ${kind}.`;
}

function commonest(values: readonly string[]): string {
  const tally = new Map<string, number>();
  for (const value of values) tally.set(value, (tally.get(value) ?? 0) + 1);
  return [...tally].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
}
