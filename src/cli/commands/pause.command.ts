import { command } from "../command.ts";
import { BUDGET_OPTIONS, PACE_OPTIONS, RECORD_OPTIONS, SELECTION_OPTIONS } from "../options.ts";

export const PAUSE = command({
  brief: "stop what costs money, saving first what was there",
  description:
    "Prints the plan, asks, saves every prior state, then stops stage by stage: alarms, triggers, controllers, services, compute, databases. `evenkeel resume` puts it back.",
  examples: [
    { line: "evenkeel pause --dry-run", says: "only the plan" },
    { line: "evenkeel pause --type compute --tag env=dev --yes", says: "by type and tag, without being asked" },
    { line: "evenkeel pause --way ec2:instance=hibernate --dry-run", says: "what can hibernate, and what can't" },
    { line: "evenkeel pause --mode demo", says: "all but what the demo needs" },
    { line: "evenkeel pause --expires 2 --on-expiry resume", says: "`evenkeel resume --due` of a schedule ends it" },
    { line: "evenkeel pause --backup s3://records/dev", says: "with a copy of the record in a bucket" },
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
    way: {
      kind: "list",
      placeholder: "TYPE=WAY",
      brief: "pause a type in another way than usual; `evenkeel types TYPE --output yaml` lists them",
    },
    mode: {
      kind: "text",
      placeholder: "NAME",
      brief: "keep what this mode keeps: development, demo, production, or one of evenkeel.yaml",
    },
    prices: { kind: "switch", shown: "no", brief: "do not look up what it costs and saves" },
    ...RECORD_OPTIONS,
    ...PACE_OPTIONS,
    ...BUDGET_OPTIONS,
    ...SELECTION_OPTIONS,
  },
  cancelled:
    "What was begun is in the journal: `evenkeel runs` shows it, `evenkeel apply --continue RUN` goes on, `evenkeel resume` puts back.",
});

export const RESUME = command({
  brief: "put back what a pause has stopped, and say field by field how it came back",
  description:
    "Live state decides: what someone has started meanwhile stays as it is and is told. What could not be put back stays in the record: run it again.",
  examples: [
    { line: "evenkeel resume", says: "the newest armed record" },
    { line: "evenkeel resume --record r-0123456789ab --dry-run", says: "what would be put back" },
    { line: "evenkeel resume --watch 30", says: "and see for half an hour that it stays so" },
    { line: "evenkeel resume --due --yes", says: "for a schedule: every overdue record that is to be resumed then" },
  ],
  options: {
    accept: { kind: "switch", brief: "take what differs from the record as it is, and close the record" },
    record: { kind: "text", placeholder: "ID", brief: "the record (default: the newest armed one)" },
    due: { kind: "switch", brief: "every overdue record that was made with --on-expiry resume" },
    from: { kind: "text", placeholder: "URL", brief: "read the record from a backup: s3://BUCKET/PREFIX" },
    watch: {
      kind: "number",
      placeholder: "MINUTES",
      brief: "keep checking so long that what was started stays started; exit code 5 when it did not",
    },
    dryRun: { kind: "switch", brief: "print the plan and change nothing" },
    ...PACE_OPTIONS,
  },
  cancelled:
    "What was put back is in the journal; a record stays armed for what is not back: `evenkeel resume`. A watch only looks.",
});

export const RECORDS = command({
  brief: "list the pause records, oldest first",
  description:
    "Which are armed, until when, and what becomes of them then. Of a damaged one it is told what is left of it and what to do for the rest.",
  examples: [
    { line: "evenkeel records", says: "which are armed, and until when" },
    { line: "evenkeel records --due --exit-code", says: "exit code 7 when something is overdue" },
    { line: "evenkeel records --from s3://records/dev", says: "those of a backup" },
  ],
  options: {
    due: { kind: "switch", brief: "only those that are overdue" },
    exitCode: { kind: "switch", brief: "exit code 7 when something is overdue" },
    from: { kind: "text", placeholder: "URL", brief: "list a backup: s3://BUCKET/PREFIX" },
  },
});
