import { command } from "../command.ts";

export const RUNS = command({
  brief: "list the runs that changed something, newest first, show one step by step, or undo its quarantine",
  description:
    "Who applied which plan, from where and when, what came of each step, and AWS's request ids; read from the store alone. Undo starts again what a run has put into quarantine and takes the tag away, and says where the copies are of what was removed for good.",
  arguments: [
    { name: "show", brief: "show one run, or undo it", optional: true, values: ["show", "undo"] },
    { name: "RUN", brief: "which one", optional: true },
  ],
  options: {
    account: { kind: "text", placeholder: "ID", brief: "of this account (default: the caller's)" },
    dryRun: { kind: "switch", brief: "undo: print the plan and change nothing" },
  },
  examples: [
    { line: "evenkeel runs", says: "which ended, and which were interrupted" },
    { line: "evenkeel runs show pause-0123456789ab-1 --output json", says: "before and after of every step" },
    { line: "evenkeel runs undo restore-0123456789ab-1", says: "take back what it put into quarantine" },
  ],
});
