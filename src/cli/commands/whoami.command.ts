import { command } from "../command.ts";

export const WHOAMI = command({
  brief: "show the account, the caller and the enabled regions",
  examples: [
    { line: "evenkeel whoami", says: "with the credentials in effect" },
    { line: "evenkeel whoami --profile prod --output json", says: "those of a profile, for a script" },
  ],
});
