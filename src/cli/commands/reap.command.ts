import { command } from "../command.ts";
import { BUDGET_OPTIONS, PACE_OPTIONS, RECORD_OPTIONS, SELECTION_OPTIONS } from "../options.ts";
import { REMOVAL_FORMATS, REMOVAL_OPTIONS } from "../removal-options.ts";

const PAUSES = "policies that pause: ";

export const REAP = command({
  brief: "remove (or pause) what policies find: what failed Packer builds have left, or what evenkeel.yaml describes",
  description:
    "The policy packer removes instances with a key pair of a build that are too old to be one, what was made for them, and what builds have left without an instance. What anything else uses stays; so does whatever could not be completely seen. Each run looks anew. A policy whose action is pause stops what it finds as `evenkeel pause` does, and `evenkeel resume` puts it back; it can't run together with policies that remove.",
  examples: [
    { line: "evenkeel reap --dry-run", says: "only the plan, with everything that is kept and why" },
    {
      line: "evenkeel reap --regions eu-west-1 --max-instance-age 6",
      says: "builds of up to six hours are left alone",
    },
    { line: "evenkeel reap --policy old-sandboxes", says: "a policy of evenkeel.yaml" },
    { line: "evenkeel reap --confirm-runs 2", says: "the first run marks, the next one removes what it finds again" },
    {
      line: "evenkeel reap --policy night --expires 1 --on-expiry resume --yes",
      says: "a policy that pauses; `evenkeel resume --due` ends it a day later",
    },
    { line: "evenkeel reap --yes --account 123456789012", says: "without being asked" },
  ],
  options: {
    policy: {
      kind: "list",
      placeholder: "NAME",
      separator: ",",
      brief: "policies, by name (default packer); repeatable",
    },
    keyPattern: {
      kind: "text",
      placeholder: "TEXT",
      brief: "packer: how the names of key pairs of builds begin (default packer_)",
    },
    maxInstanceAge: {
      kind: "number",
      placeholder: "HOURS",
      brief: "packer: instances of builds that are so old are removed, 1 to 168 (default 2)",
    },
    maxResourceAge: {
      kind: "number",
      placeholder: "HOURS",
      brief: "packer: other resources of builds that are so old are removed, from 1 (default 2)",
    },
    confirmRuns: {
      kind: "number",
      placeholder: "N",
      brief:
        "remove what so many runs have found, 1 or 2 (default 1); with 2 the first only sets a tag, and what is not found again loses it",
    },
    prices: { kind: "switch", shown: "no", brief: "do not look up what it saves" },
    ...REMOVAL_OPTIONS,
    expires: { ...RECORD_OPTIONS.expires, brief: PAUSES + RECORD_OPTIONS.expires.brief },
    onExpiry: { ...RECORD_OPTIONS.onExpiry, brief: PAUSES + RECORD_OPTIONS.onExpiry.brief },
    backup: { ...RECORD_OPTIONS.backup, brief: PAUSES + RECORD_OPTIONS.backup.brief },
    maxSteps: { ...BUDGET_OPTIONS.maxSteps, brief: PAUSES + BUDGET_OPTIONS.maxSteps.brief },
    ...PACE_OPTIONS,
    ...SELECTION_OPTIONS,
  },
  formats: REMOVAL_FORMATS,
  cancelled:
    "What was begun is in the journal: `evenkeel runs` shows it, `evenkeel apply --continue RUN` goes on. What was paused is in an armed record: `evenkeel resume` puts it back.",
});
