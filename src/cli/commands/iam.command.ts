import { type CommandGroup, command, group, loads } from "../command.ts";
import { RECORD_OPTIONS } from "../options.ts";

export const IAM_VERBS = [
  "snapshot",
  "delta",
  "types",
  "whoami",
  "doctor",
  "status",
  "findings",
  "cost",
  "pause",
  "resume",
  "restore",
  "reap",
  "quarantine",
  "undo",
  "shed",
] as const;
export const IAM_FORMATS = ["json", "cloudformation", "terraform"] as const;

export const IAM_POLICY = command({
  brief: "print the least IAM policy that a verb needs",
  description:
    "Made of the catalog's facts: the actions that the chosen types are listed, read, paused, resumed and removed with, and nothing else. A removal also lists whatever may use what goes. quarantine is a restore or reap with --quarantine; a reap whose policies pause needs pause, too (--verb reap,pause).",
  examples: [
    { line: "evenkeel iam policy --verb snapshot", says: "to read everything that is known" },
    { line: "evenkeel iam policy --verb delta --type databases --format terraform", says: "a part, for Terraform" },
    { line: "evenkeel iam policy --verb snapshot --format cloudformation > policy.yaml", says: "as a template" },
    {
      line: "evenkeel iam policy --verb reap --type compute,network,identity",
      says: "to remove what builds have left",
    },
    {
      line: "evenkeel iam policy --verb reap --confirm-runs 2",
      says: "with the right to mark what the next run removes",
    },
    { line: "evenkeel iam policy --verb pause --backup s3://records/dev", says: "with the bucket of the backup" },
  ],
  options: {
    verb: { kind: "choices", values: IAM_VERBS, brief: "what is to be done with it (default: snapshot)" },
    backup: { ...RECORD_OPTIONS.backup, brief: "also for copies of pause records there: s3://BUCKET/PREFIX" },
    confirmRuns: {
      kind: "number",
      placeholder: "N",
      brief: "2: also the tags that a reap with --confirm-runs 2, or a policy with confirm-runs, sets and takes away",
    },
    type: { kind: "list", placeholder: "TYPE", separator: ",", brief: "for these types or groups only; repeatable" },
    format: { kind: "choice", values: IAM_FORMATS, brief: "form (default: json)" },
  },
});

export const IAM: CommandGroup = group({
  brief: "permissions",
  commands: { policy: loads(IAM_POLICY, () => import("./iam-policy.ts")) },
});
