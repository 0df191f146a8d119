import { command } from "../command.ts";

export const DOCTOR = command({
  brief: "check what is missing: credentials, permissions, clock, store, configuration",
  description: "Changes nothing in AWS. Tries one cheap listing of each type in the default region.",
  examples: [
    { line: "evenkeel doctor", says: "all checks, each with what to do" },
    { line: "evenkeel doctor --type compute --region eu-west-1", says: "permissions of a part, elsewhere" },
  ],
  options: {
    type: {
      kind: "list",
      placeholder: "TYPE",
      separator: ",",
      brief: "permissions of these types or groups only; repeatable",
    },
  },
});
