import { command } from "../command.ts";
import { OUTPUTS } from "../options.ts";

export const TYPES = command({
  brief: "list the resource types that are known",
  arguments: [{ name: "TYPE", brief: "one type, short name or group", optional: true }],
  examples: [
    { line: "evenkeel types", says: "all of them" },
    { line: "evenkeel types databases", says: "a group" },
    { line: "evenkeel types ec2:instance --output yaml", says: "one, with its IAM actions and sources" },
  ],
  options: { format: { kind: "choice", values: OUTPUTS, brief: "the same as --output" } },
});
