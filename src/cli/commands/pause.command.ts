import { command } from "../command.ts";
import { SELECTION_OPTIONS } from "../options.ts";

export const PAUSE = command({
  brief: "stop what costs money, saving first what was there",
  description:
    "Prints the plan, asks, saves every prior state, then stops stage by stage: alarms, triggers, controllers, services, compute, databases. `evenkeel resume` puts it back.",
  examples: [
    { line: "evenkeel pause --dry-run", says: "only the plan" },
    { line: "evenkeel pause --type compute --tag env=dev --yes", says: "by type and tag, without being asked" },
    { line: "evenkeel pause --extend --regions us-east-1", says: "more, beside what is paused already" },
  ],
  options: {
    dryRun: { kind: "switch", brief: "print the plan and change nothing" },
    planOut: {
      kind: "text",
      placeholder: "FILE",
      brief: "write the plan to a new file for `evenkeel apply`, and change nothing",
    },
    extend: { kind: "switch", brief: "pause more, beside what an armed record holds" },
    expires: { kind: "text", placeholder: "DAYS", brief: "days until the record counts as overdue (default 7)" },
    ...SELECTION_OPTIONS,
  },
  cancelled: "What was begun is in the journal; `evenkeel resume` puts back what was paused.",
});

export const RESUME = command({
  brief: "put back what a pause has stopped, and say field by field how it came back",
  description:
    "Live state decides: what someone has started meanwhile stays as it is and is told. What could not be put back stays in the record: run it again.",
  examples: [
    { line: "evenkeel resume", says: "the newest armed record" },
    { line: "evenkeel resume --record r-0123456789ab --dry-run", says: "what would be put back" },
  ],
  options: {
    accept: { kind: "switch", brief: "take what differs from the record as it is, and close the record" },
    record: { kind: "text", placeholder: "ID", brief: "the record (default: the newest armed one)" },
    dryRun: { kind: "switch", brief: "print the plan and change nothing" },
  },
  cancelled: "What was put back is in the journal; the record stays armed for the rest: `evenkeel resume`.",
});

export const RECORDS = command({
  brief: "list the pause records, oldest first",
  examples: [{ line: "evenkeel records", says: "which are armed, and until when" }],
});
