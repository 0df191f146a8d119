import { command } from "../command.ts";

export const HOME = command({
  brief: "who am I, what is the baseline, what can be done next",
  examples: [{ line: "evenkeel", says: "the same, on a terminal" }],
  hidden: true,
});
