import { command } from "../command.ts";

export const EXPLAIN = command({
  brief: "tell all that is known of one resource, and what a pause and a restore would do with it",
  description:
    "Its links in both directions, whether it can be paused and how or why not, when, what it goes on costing, whether it would be removed, what goes with it or who keeps it, the IAM actions that all this takes, and the record that holds it.",
  arguments: [{ name: "ARN", brief: "the resource" }],
  examples: [
    { line: "evenkeel explain arn:aws:ec2:eu-west-1:123456789012:instance/i-0123456789abcdef0", says: "one instance" },
  ],
});
