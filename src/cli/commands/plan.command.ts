import { command, group, loads } from "../command.ts";

const FILE = { name: "PLAN", brief: "a file that --plan-out has written" } as const;

export const PLAN_SHOW = command({
  brief: "show a plan: its steps in order, and what is kept and why",
  arguments: [FILE],
  examples: [{ line: "evenkeel plan show friday.json", says: "read it before it is applied" }],
});

export const PLAN = group({
  brief: "look at plans",
  commands: { show: loads(PLAN_SHOW, () => import("./plan-show.ts")) },
});

export const APPLY = command({
  brief: "apply a plan exactly as it was written",
  description: "Refused for another account, after its expiry (an hour), or when it was edited.",
  arguments: [FILE],
  examples: [
    {
      line: "evenkeel apply friday.json",
      says: "what `evenkeel pause --plan-out friday.json` has written, and nothing else",
    },
  ],
  cancelled: "What was begun is in the journal; `evenkeel resume` puts back what was paused.",
});
