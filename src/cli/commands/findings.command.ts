import { command } from "../command.ts";
import { SELECTION_OPTIONS } from "../options.ts";

export const FINDINGS = command({
  brief: "find what costs money and is probably not needed",
  description:
    "Asks rules of what is there: unattached addresses and volumes, old snapshots, idle gateways and databases, load balancers without targets, instances that have been stopped for long, and more. Each finding has its money, the reason and what to do. What could not be read, priced or measured is said, never taken for nothing. Changes nothing.",
  examples: [
    { line: "evenkeel findings", says: "the whole account, by every rule" },
    { line: "evenkeel findings --rule unattached-volume --rule gp2-volume", says: "some rules only" },
    { line: "evenkeel findings --type network --region eu-west-1 --min 5", says: "a part, from 5 a month on" },
    { line: "evenkeel findings --exclude-tag keep=yes --exclude-rule old-snapshot", says: "without what is wanted" },
    {
      line: "evenkeel findings --exit-code --output csv > findings.csv",
      says: "in a pipeline: exit code 7 when there are any",
    },
  ],
  options: {
    rule: {
      kind: "list",
      placeholder: "RULE",
      separator: ",",
      brief: "only this rule, of those in docs/findings.md; repeatable",
    },
    excludeRule: { kind: "list", placeholder: "RULE", separator: ",", brief: "not this rule; repeatable" },
    min: { kind: "text", placeholder: "COST", brief: "only what comes to so much a month, or has no price" },
    exitCode: { kind: "switch", brief: "end with exit code 7 when there are findings" },
    prices: { kind: "switch", shown: "no", brief: "do not look up what it costs" },
    ...SELECTION_OPTIONS,
  },
  cancelled: "Nothing was changed or saved.",
});
