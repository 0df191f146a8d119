import { command, group, loads } from "../command.ts";
import { BUDGET_OPTIONS, PACE_OPTIONS, RECORD_OPTIONS } from "../options.ts";
import { REMOVAL_OPTIONS } from "../removal-options.ts";

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
  brief: "apply a plan exactly as it was written, or go on with an interrupted run",
  description:
    "Refused for another account, after its expiry (an hour), or when it was edited. A run whose steps have begun can be continued later, a removal up to a day after its plan has expired: each step is looked at anew.",
  arguments: [{ ...FILE, optional: true }],
  options: {
    continue: {
      kind: "text",
      placeholder: "RUN",
      brief: "instead of a plan: go on with this run; `evenkeel runs` lists them",
    },
    account: REMOVAL_OPTIONS.account,
    ...RECORD_OPTIONS,
    ...PACE_OPTIONS,
    ...BUDGET_OPTIONS,
  },
  examples: [
    {
      line: "evenkeel apply friday.json",
      says: "what `evenkeel pause --plan-out friday.json` has written, and nothing else",
    },
    { line: "evenkeel apply --continue pause-0123456789ab-1", says: "what a killed pause has left to do" },
  ],
  cancelled:
    "What was begun is in the journal: `evenkeel runs` shows it, `evenkeel apply --continue RUN` goes on, `evenkeel resume` puts back.",
});
