import { command } from "../command.ts";
import { PACE_OPTIONS, SELECTION_OPTIONS } from "../options.ts";
import { REMOVAL_FORMATS, REMOVAL_OPTIONS } from "../removal-options.ts";

export const RESTORE = command({
  brief: "remove what is not in the baseline, in the order that its dependencies ask for",
  description:
    "Candidates are what was added and created after the baseline was begun, where both sides were completely seen. What uses something that goes, goes first; what is used by something that stays, stays. What was modified or deleted is told, not rolled back.",
  examples: [
    { line: "evenkeel restore --dry-run", says: "only the plan, with everything that is kept and why" },
    {
      line: "evenkeel restore --regions eu-west-1 --include-undated",
      says: "also what AWS tells no creation date for",
    },
    { line: "evenkeel restore --plan-out friday.json", says: "for `evenkeel apply friday.json` within the hour" },
    { line: "evenkeel restore --dry-run --output markdown", says: "the plan for a ticket or a comment" },
    {
      line: "evenkeel restore --allow-data s3:bucket --max-share 100 --yes --account 123456789012",
      says: "without being asked, also buckets, also all of a type",
    },
  ],
  options: {
    snapshot: { kind: "text", placeholder: "NAME", brief: "the snapshot to go back to (default: the baseline)" },
    includeUndated: { kind: "switch", brief: "remove also what AWS tells no creation date for" },
    prices: { kind: "switch", shown: "no", brief: "do not look up what it saves" },
    ...REMOVAL_OPTIONS,
    ...PACE_OPTIONS,
    ...SELECTION_OPTIONS,
  },
  formats: REMOVAL_FORMATS,
  cancelled: "What was begun is in the journal: `evenkeel runs` shows it, `evenkeel apply --continue RUN` goes on.",
});
