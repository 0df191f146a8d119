import { command } from "../command.ts";
import { SHED_OPTIONS } from "../shed-options.ts";

const LISTENER = {
  name: "NAME",
  brief: "a listener of evenkeel.yaml (default: the only one there, or the one of --listener)",
  optional: true,
} as const;
const DRY_RUN = { dryRun: { kind: "switch", brief: "print what would be done and change nothing" } } as const;
const TO = {
  to: {
    kind: "number",
    placeholder: "LEVEL",
    brief: "up to this level in one step, 0 to 100 (default: one shed step)",
  },
} as const;

const HALF_WAY =
  "Each step is whole: `evenkeel shed status` tells how it stands, `evenkeel shed step` or `evenkeel shed restore` goes on.";

export const SHED_STATUS = command({
  brief: "tell how the shedding of a listener stands: level, since when, why, next step, rules, groups, alarm",
  description:
    "Changes nothing. Works as well where nothing was ever shed, where the listener or the alarm is gone, and where what is kept of it is damaged: then it says what to do.",
  arguments: [LISTENER],
  examples: [
    { line: "evenkeel shed status", says: "the only listener of evenkeel.yaml" },
    { line: "evenkeel shed status web --log", says: "one of several, with what was done to it" },
    { line: "evenkeel shed status --all --state dynamodb:shed", says: "every listener that a table knows" },
  ],
  options: {
    log: { kind: "switch", brief: "also what was done, the newest lines last" },
    all: { kind: "switch", brief: "every listener that was ever shed, by what is kept of it" },
    ...SHED_OPTIONS,
  },
});

export const SHED_PLAN = command({
  brief: "tell what the next step would write, and the levels after it; changes nothing",
  description:
    "Without --to it is the step that the loop would make as things are; with it, the one that `evenkeel shed step --to` would.",
  arguments: [LISTENER],
  examples: [
    { line: "evenkeel shed plan", says: "the next step, and what shedding up to the cap would come to" },
    { line: "evenkeel shed plan web --to 50", says: "what half of the load would be" },
  ],
  options: { ...TO, ...SHED_OPTIONS },
});

export const SHED_STEP = command({
  brief: "shed one step more, or up to a level, whatever the alarm says",
  description:
    "Shows the weights, asks, writes them rule by rule and reads them back. The weights from before the first step are kept, and `evenkeel shed restore` gives them back. Only what was confirmed is done: where somebody else has moved on meanwhile, nothing is.",
  arguments: [LISTENER],
  examples: [
    { line: "evenkeel shed step --dry-run", says: "what one step would write" },
    { line: "evenkeel shed step web --to 50 --yes", says: "half of the load at once, without being asked" },
  ],
  options: { ...TO, ...DRY_RUN, ...SHED_OPTIONS },
  cancelled: HALF_WAY,
});

export const SHED_RESTORE = command({
  brief: "give the load back, by steps or at once, whatever the alarm says",
  description:
    "By steps: with a queue its messages bring the next ones about, and this command returns; without one it stays, waits the restore delay between two steps, and ends at the baseline. --now puts the recorded weights back in one step, also over weights that somebody else has written, and without a look at the groups' health.",
  arguments: [LISTENER],
  examples: [
    { line: "evenkeel shed restore", says: "step by step" },
    { line: "evenkeel shed restore --now", says: "all of it, in one step" },
    { line: "evenkeel shed restore web --now --dry-run", says: "which weights that would be" },
  ],
  options: {
    now: { kind: "switch", brief: "all of it, in one step" },
    ...DRY_RUN,
    ...SHED_OPTIONS,
  },
  cancelled: HALF_WAY,
});

export const SHED_FREEZE = command({
  brief: "leave all weights as they are until unfrozen, whatever the alarm says",
  description: "Stops the loop and writes no weight. `evenkeel shed restore --now` works all the same.",
  arguments: [LISTENER],
  examples: [{ line: "evenkeel shed freeze --yes", says: "at once" }],
  options: SHED_OPTIONS,
});

export const SHED_UNFREEZE = command({
  brief: "let the alarm decide again; with --accept go by weights that somebody else has written",
  description:
    "Makes the step that the alarm asks for. After somebody else has written weights it is lost, and stays as it is until a person chooses: `evenkeel shed restore --now` puts the recorded weights back, --accept takes those that are there as the new baseline.",
  arguments: [LISTENER],
  examples: [
    { line: "evenkeel shed unfreeze", says: "after `evenkeel shed freeze`" },
    { line: "evenkeel shed unfreeze --accept", says: "the weights as they are count as the baseline" },
  ],
  options: {
    accept: { kind: "switch", brief: "the weights that are there count as the baseline: nothing is given back" },
    ...SHED_OPTIONS,
  },
});
