import { command } from "../command.ts";

export const RUNS = command({
  brief: "list the runs that changed something, newest first, or show one step by step",
  description:
    "Who applied which plan, from where and when, what came of each step, and AWS's request ids. Read from the store alone.",
  arguments: [
    { name: "show", brief: "show one run", optional: true, values: ["show"] },
    { name: "RUN", brief: "which one", optional: true },
  ],
  options: { account: { kind: "text", placeholder: "ID", brief: "of this account (default: the caller's)" } },
  examples: [
    { line: "evenkeel runs", says: "which ended, and which were interrupted" },
    { line: "evenkeel runs show pause-0123456789ab-1 --output json", says: "before and after of every step" },
  ],
});
