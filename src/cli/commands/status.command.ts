import { command } from "../command.ts";
import { SELECTION_OPTIONS } from "../options.ts";

export const STATUS = command({
  brief: "say what runs, what it costs, what is idle and what is paused",
  description:
    "Reads everything that can be paused, and what costs and can't be: its state, its cost an hour, a day and a month, what of it goes on while paused, and whether it is used. Changes nothing.",
  examples: [
    { line: "evenkeel status", says: "the whole account" },
    { line: "evenkeel status --type databases --region us-east-1", says: "a part of it" },
    { line: "evenkeel status --no-idle --no-prices", says: "states only: no call to CloudWatch or the price list" },
    { line: "evenkeel status --output csv > status.csv", says: "one line a resource, with exact amounts" },
  ],
  options: {
    prices: { kind: "switch", shown: "no", brief: "do not look up what it costs" },
    idle: { kind: "switch", shown: "no", brief: "do not ask CloudWatch what is used" },
    ...SELECTION_OPTIONS,
  },
  cancelled: "Nothing was changed or saved.",
});
