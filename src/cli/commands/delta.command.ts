import { command } from "../command.ts";
import { SELECTION_OPTIONS } from "../options.ts";
import { DELTA_FORMATS } from "./snapshot.command.ts";

const CHANGES = ["added", "deleted", "modified", "replaced", "unknown"] as const;

export const DELTA = command({
  brief: "say what changed since the baseline",
  description:
    "Scans the account and compares it with the active snapshot. What could not be completely seen on either side is called unknown, never added or deleted.",
  examples: [
    { line: "evenkeel delta", says: "the account now against the baseline" },
    {
      line: "evenkeel delta --snapshot before-release --type compute --change added --who",
      says: "new compute, and who made it",
    },
    {
      line: "evenkeel delta --exit-code --output junit > delta.xml",
      says: "in a pipeline: exit code 7 when something changed",
    },
    { line: "evenkeel delta --to friday", says: "two snapshots, without a scan" },
  ],
  options: {
    snapshot: { kind: "text", placeholder: "NAME", brief: "compare with this snapshot instead of the baseline" },
    to: { kind: "text", placeholder: "NAME", brief: "up to this snapshot instead of a new scan" },
    since: { kind: "text", placeholder: "DATE", brief: "only what was created or seen after this date (UTC)" },
    change: { kind: "choices", values: CHANGES, brief: "only these changes" },
    who: { kind: "switch", brief: "look up in CloudTrail who created what was added" },
    exitCode: { kind: "switch", brief: "end with exit code 7 when there are changes" },
    ...SELECTION_OPTIONS,
  },
  formats: DELTA_FORMATS,
  cancelled: "Nothing was changed or saved.",
});
