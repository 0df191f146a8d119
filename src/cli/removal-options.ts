import { parseRemoval, type RemovalOptions } from "../verbs/removal/options.ts";
import type { Given, Options } from "./command.ts";

/** Values of `--output` of every verb that removes. */
export const REMOVAL_FORMATS = ["table", "json", "yaml", "csv", "html", "markdown"] as const;

/** Options of every verb that removes. Checked by parseRemoval before any call. */
export const REMOVAL_OPTIONS = {
  dryRun: { kind: "switch", brief: "print the plan and change nothing" },
  planOut: {
    kind: "text",
    placeholder: "FILE",
    brief: "write the plan to a new file for `evenkeel apply`, and change nothing",
  },
  account: {
    kind: "text",
    placeholder: "ID",
    brief: "with --yes: the account that is meant; a removal is not confirmed by --yes alone",
  },
  maxRemovals: { kind: "number", placeholder: "N", brief: "refuse a plan that removes more (default 50)" },
  maxShare: {
    kind: "number",
    placeholder: "PERCENT",
    brief: "refuse a plan that removes more of one type (default 20)",
  },
  allowData: {
    kind: "list",
    placeholder: "TYPE",
    separator: ",",
    brief: "a type that holds data and may be removed all the same; repeatable",
  },
  overrideProtection: {
    kind: "list",
    placeholder: "TYPE",
    separator: ",",
    brief: "a type whose deletion or termination protection is switched off first; repeatable",
  },
  noBackup: {
    kind: "list",
    placeholder: "TYPE",
    separator: ",",
    brief: "a type that is removed without a final snapshot or backup; repeatable",
  },
  quarantine: {
    kind: "text",
    placeholder: "TIME",
    brief: "stop and tag first (7d, 12h), and remove when that time is over; `evenkeel runs undo RUN` in between",
  },
} as const satisfies Options;

/** What of them limits a removal. @throws EvenkeelError USAGE, UNKNOWN_TYPE: nothing has been called then */
export function removalOptions(given: Given<typeof REMOVAL_OPTIONS>): RemovalOptions {
  const { maxRemovals, maxShare, allowData, overrideProtection, noBackup, quarantine } = given;
  const share = maxShare === undefined ? undefined : maxShare / 100;
  const options = { maxRemovals, maxShare: share, allowData, overrideProtection, noBackup, quarantine };
  parseRemoval(options);
  return options;
}
