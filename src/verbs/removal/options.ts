import { USUAL_BUDGET } from "../../engine/removal-budget.ts";
import { parseTypes } from "../../engine/selection.ts";
import { EvenkeelError } from "../../model/errors.ts";
import type { Budget } from "../../model/plan.ts";
import type { ResourceType } from "../../model/resource.ts";
import { parseQuarantine } from "./quarantine.ts";

/** What a person asks of a removal beside what is to go. */
export interface RemovalOptions {
  readonly maxRemovals?: number | undefined;
  /** Above 0, to 1. */
  readonly maxShare?: number | undefined;
  /** Types by any of their names. */
  readonly allowData?: readonly string[] | undefined;
  readonly overrideProtection?: readonly string[] | undefined;
  readonly noBackup?: readonly string[] | undefined;
  /** How long what is to go is stopped and tagged first: `7d`, `12h`. Absent = it is removed at once. */
  readonly quarantine?: string | undefined;
}

/** The options, checked. */
export interface RemovalLimits {
  readonly budget: Budget;
  readonly overrideProtection: ReadonlySet<ResourceType>;
  readonly noBackup: ReadonlySet<ResourceType>;
  readonly quarantineMs?: number;
}

/**
 * @param usual what is allowed where neither the options nor the configuration say
 * @throws EvenkeelError USAGE, UNKNOWN_TYPE: nothing has been called then
 */
export function parseRemoval(options: RemovalOptions, usual: Budget = USUAL_BUDGET): RemovalLimits {
  const { maxRemovals = usual.maxRemovals, maxShare = usual.maxShare } = options;
  const wrong = (what: string, hint: string) => new EvenkeelError("USAGE", what, { hint });
  if (!Number.isInteger(maxRemovals) || maxRemovals < 1)
    throw wrong(`--max-removals can't be ${maxRemovals}: it is a whole number from 1`, "for example --max-removals 80");
  if (!(maxShare > 0 && maxShare <= 1))
    throw wrong(
      `--max-share can't be ${maxShare * 100}: it is a percentage above 0, to 100`,
      "for example --max-share 50",
    );
  const types = (names: readonly string[] = []) => (names.length > 0 ? parseTypes(names) : []);
  const typed = [
    ...(options.maxRemovals === undefined ? [] : (["max-removals"] as const)),
    ...(options.maxShare === undefined ? [] : (["max-share"] as const)),
  ];
  const allowData = types(options.allowData);
  return {
    budget: { maxRemovals, maxShare, allowData, ...(typed.length > 0 ? { typed } : {}) },
    overrideProtection: new Set(types(options.overrideProtection)),
    noBackup: new Set(types(options.noBackup)),
    ...(options.quarantine === undefined ? {} : { quarantineMs: parseQuarantine(options.quarantine) }),
  };
}
