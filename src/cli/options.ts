import type { Options } from "./command.ts";

/** The formats that `--output` takes on most commands. */
export const OUTPUTS = ["table", "json", "yaml", "csv"] as const;

/** Options that every command has. Their values come from flag, environment, file or default: settings.ts. */
export const GLOBAL_OPTIONS = {
  profile: { kind: "text", placeholder: "NAME", brief: "profile of ~/.aws/config to sign in with" },
  roleArn: { kind: "text", placeholder: "ARN", brief: "role to assume after that" },
  externalId: { kind: "text", placeholder: "ID", brief: "external id that the role's trust policy asks for" },
  mfaSerial: { kind: "text", placeholder: "ARN", brief: "MFA device; its code is asked for" },
  region: { kind: "list", placeholder: "REGION", separator: ",", brief: "work in this region; repeatable" },
  regions: {
    kind: "list",
    placeholder: "A,B",
    separator: ",",
    brief: "work in these regions (default: all enabled ones)",
  },
  endpointUrl: { kind: "text", placeholder: "URL", brief: "an emulator instead of AWS" },
  store: { kind: "text", placeholder: "URL", brief: "where snapshots are kept: file:FOLDER or s3://BUCKET/PREFIX" },
  config: {
    kind: "text",
    placeholder: "FILE",
    brief: "configuration file (default: evenkeel.yaml here, upwards, in ~/.evenkeel/)",
  },
  output: { kind: "choice", values: OUTPUTS, brief: "form of the result" },
  quiet: { kind: "switch", brief: "only warnings and errors besides the result" },
  verbose: { kind: "switch", brief: "details too" },
  color: { kind: "switch", shown: "no", brief: "plain text; also with NO_COLOR or TERM=dumb" },
  yes: { kind: "switch", brief: "answer yes to what can be undone" },
  input: { kind: "switch", shown: "no", brief: "never ask: every question gets the answer that changes nothing" },
  headRoom: {
    kind: "number",
    placeholder: "SHARE",
    brief: "share of AWS's rate limits left to others, 0 to 0.9 (default 0.5)",
  },
} as const satisfies Options;

/** One-letter names. */
export const ALIASES = { o: "output", q: "quiet", v: "verbose", y: "yes" } as const;

/** How many steps go together, on every verb that changes an account. Checked by pace.ts before any call. */
export const PACE_OPTIONS = {
  batchSize: {
    kind: "number",
    placeholder: "N",
    brief: "steps at once; such a batch ends before the next begins (default: a whole stage)",
  },
} as const satisfies Options;

/** What becomes of the record of a pause. Checked by record-options.ts before any call. */
export const RECORD_OPTIONS = {
  expires: { kind: "text", placeholder: "DAYS", brief: "days until the record counts as overdue (default 7)" },
  onExpiry: {
    kind: "choice",
    values: ["remind", "resume", "keep"],
    brief: "then: remind (default), resume by `evenkeel resume --due`, or keep paused and say nothing",
  },
  backup: {
    kind: "text",
    placeholder: "URL",
    brief: "copy the record there before the first change: s3://BUCKET/PREFIX",
  },
} as const satisfies Options;

/** The budget of a plan that takes something away. Checked by guards.ts before any call. */
export const BUDGET_OPTIONS = {
  maxSteps: {
    kind: "number",
    placeholder: "N",
    brief: "refuse a plan that makes more changes (also guards.max-steps)",
  },
} as const satisfies Options;

/** Options that choose resources, the same on every verb. Checked by engine/selection.ts before any call. */
export const SELECTION_OPTIONS = {
  type: {
    kind: "list",
    placeholder: "TYPE",
    separator: ",",
    brief: "only this type: AWS::EC2::Instance, ec2:instance or a group such as compute; repeatable",
  },
  excludeType: { kind: "list", placeholder: "TYPE", separator: ",", brief: "not this type; repeatable" },
  tag: { kind: "list", placeholder: "KEY=VALUE", brief: "only resources with this tag; repeatable, all must match" },
  excludeTag: {
    kind: "list",
    placeholder: "KEY=VALUE",
    brief: "not resources with this tag; repeatable, any excludes",
  },
  id: { kind: "list", placeholder: "ID", brief: "only this ARN, id or name; repeatable" },
  exclude: { kind: "list", placeholder: "ID", brief: "not this ARN, id or name; repeatable" },
  createdBefore: { kind: "text", placeholder: "DATE", brief: "created before this date (UTC)" },
  createdAfter: { kind: "text", placeholder: "DATE", brief: "created at or after this date (UTC)" },
  createdBetween: { kind: "text", placeholder: "A,B", brief: "created at or after A and before B (UTC)" },
} as const satisfies Options;
