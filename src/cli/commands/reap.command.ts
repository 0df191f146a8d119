import { command } from "../command.ts";
import { PACE_OPTIONS, SELECTION_OPTIONS } from "../options.ts";
import { REMOVAL_FORMATS, REMOVAL_OPTIONS } from "../removal-options.ts";

export const REAP = command({
  brief: "remove what policies find: what failed Packer builds have left, or what evenkeel.yaml describes",
  description:
    "The policy packer removes instances with a key pair of a build that are too old to be one, what was made for them, and what builds have left without an instance. What anything else uses stays; so does whatever could not be completely seen. Each run looks anew.",
  examples: [
    { line: "evenkeel reap --dry-run", says: "only the plan, with everything that is kept and why" },
    {
      line: "evenkeel reap --regions eu-west-1 --max-instance-age 6",
      says: "builds of up to six hours are left alone",
    },
    { line: "evenkeel reap --policy old-sandboxes", says: "a policy of evenkeel.yaml" },
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
    prices: { kind: "switch", shown: "no", brief: "do not look up what it saves" },
    ...REMOVAL_OPTIONS,
    ...PACE_OPTIONS,
    ...SELECTION_OPTIONS,
  },
  formats: REMOVAL_FORMATS,
  cancelled: "What was begun is in the journal: `evenkeel runs` shows it, `evenkeel apply --continue RUN` goes on.",
});
