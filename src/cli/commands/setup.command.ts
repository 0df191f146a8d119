import { command } from "../command.ts";

export const SETUP = command({
  brief: "first run: find what is missing, make or take a role, and save it for every later command",
  description:
    "Looks for credentials and tries the role before anything is saved. Saves ~/.evenkeel/config.json, which every later command reads last: flag, environment and evenkeel.yaml go before it.",
  examples: [
    { line: "evenkeel setup", says: "asks for what is missing" },
    { line: "evenkeel setup --template-out role.yaml", says: "the CloudFormation template of a least-privilege role" },
    {
      line: "evenkeel setup --role-arn arn:aws:iam::111122223333:role/evenkeel-operator --no-input",
      says: "without questions",
    },
    { line: "evenkeel setup --as-is", says: "work with the credentials as they are, without a role" },
  ],
  options: {
    printTemplate: { kind: "switch", brief: "print the role's template and save nothing" },
    templateOut: { kind: "text", placeholder: "FILE", brief: "write the role's template to a new file" },
    mfa: { kind: "switch", brief: "the template's role can be assumed with MFA only" },
    asIs: { kind: "switch", brief: "take no role: work as whoever the credentials are of" },
  },
});
