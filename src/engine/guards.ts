import { EvenkeelError } from "../model/errors.ts";
import type { Plan } from "../model/plan.ts";
import type { ProtectRule } from "./protect-rules.ts";
import { removalBreaches } from "./removal-budget.ts";

/** Budgets and limits that a plan must keep within. What is absent does not limit. */
export interface GuardPolicy {
  /** Changes that one plan may make. */
  readonly maxSteps?: number | undefined;
  /** Share, above 0 to 1, of the scanned resources of one type that one plan may change. */
  readonly maxShare?: number | undefined;
  /** Removals that one plan may make; what it takes along counts. What was typed counts before it. */
  readonly maxRemovals?: number | undefined;
  /** What keeps a resource out of every plan, besides the tag `evenkeel:protect`. */
  readonly protect?: readonly ProtectRule[] | undefined;
  readonly accounts?: readonly string[] | undefined;
  readonly notAccounts?: readonly string[] | undefined;
  readonly regions?: readonly string[] | undefined;
  readonly notRegions?: readonly string[] | undefined;
  /** Parts of the alias, or ids, of accounts from which nothing is removed; absent = `prod`. */
  readonly protectedAccounts?: readonly string[] | undefined;
  /** Where they are written, for people: `/home/me/evenkeel.yaml`. */
  readonly from?: string | undefined;
}

/** A limit that a plan does not keep. */
export interface Breach {
  readonly guard: "max-steps" | "max-share" | "max-removals" | "allow-data" | "accounts" | "regions";
  readonly limit: string;
  readonly found: string;
  /** How a person who means it lifts the limit. */
  readonly lift: string;
}

/** What of a plan is not within the limits. Pure; what can't be judged is a breach. */
export function breachesOf(plan: Plan, policy: GuardPolicy): Breach[] {
  const places = [...accountBreaches(plan, policy), ...regionBreaches(plan, policy)];
  // A budget bounds how much is taken away; putting back what was saved must not be stopped half way by one.
  if (plan.verb === "resume" || plan.verb === "undo") return places;
  const shares = plan.budget ? removalBreaches(plan, policy) : shareBreaches(plan, policy);
  return [...places, ...stepBreaches(plan, policy), ...shares];
}

/** @throws EvenkeelError REFUSED naming each guard, its limit, what was found and how to lift it */
export function refuseBreaches(plan: Plan, policy: GuardPolicy = {}): void {
  const breaches = breachesOf(plan, policy);
  if (breaches.length === 0) return;
  const said = breaches.map(({ guard, limit, found }) => `guard ${guard} allows ${limit}; the plan ${found}`);
  throw new EvenkeelError("REFUSED", said.join("\n"), {
    hint: [...new Set(breaches.map(({ lift }) => lift))].join("\n"),
    state: "nothing was changed",
  });
}

const place = ({ from }: GuardPolicy) => (from ? ` in ${from}` : "");

function accountBreaches({ account }: Plan, policy: GuardPolicy): Breach[] {
  const { accounts, notAccounts } = policy;
  const refused = !(accounts?.includes(account) ?? true) || (notAccounts?.includes(account) ?? false);
  if (!refused) return [];
  const limit = accounts ? `only account ${accounts.join(", ")}` : `any account but ${(notAccounts ?? []).join(", ")}`;
  const lift = `change guards.accounts or guards.not-accounts${place(policy)}`;
  return [{ guard: "accounts", limit, found: `is of account ${account}`, lift }];
}

function regionBreaches({ steps }: Plan, policy: GuardPolicy): Breach[] {
  const { regions, notRegions } = policy;
  const named = [...new Set(steps.map(({ target }) => target.region as string))];
  const refused = named.filter(
    (region) => !(regions?.includes(region) ?? true) || (notRegions?.includes(region) ?? false),
  );
  if (refused.length === 0) return [];
  const limit = regions ? `only region ${regions.join(", ")}` : `any region but ${(notRegions ?? []).join(", ")}`;
  const lift = `narrow the plan with --regions, or change guards.regions or guards.not-regions${place(policy)}`;
  return [{ guard: "regions", limit, found: `has steps in ${refused.join(", ")}`, lift }];
}

function stepBreaches({ steps, budget }: Plan, policy: GuardPolicy): Breach[] {
  const { maxSteps } = policy;
  if (maxSteps === undefined || steps.length <= maxSteps) return [];
  const limit = `${maxSteps} ${maxSteps === 1 ? "change" : "changes"}`;
  // Verbs that remove have limits of their own to type.
  const typed = budget ? "" : `--max-steps ${steps.length} or `;
  const lift = `narrow the plan, or allow more with ${typed}guards.max-steps${place(policy)}`;
  return [{ guard: "max-steps", limit, found: `makes ${steps.length}`, lift }];
}

function shareBreaches({ steps, coverage }: Plan, policy: GuardPolicy): Breach[] {
  const { maxShare } = policy;
  if (maxShare === undefined) return [];
  const lift = `narrow the plan, or raise guards.max-share${place(policy)}`;
  const limit = `${percent(maxShare)} of a type`;
  return [...new Set(steps.map(({ target }) => target.type))].flatMap((type): Breach[] => {
    const wanted = steps.filter(({ target }) => target.type === type).length;
    const cells = coverage.filter((cell) => cell.type === type);
    const isKnown = cells.length > 0 && cells.every(({ status }) => status === "complete" || status === "unsupported");
    const total = cells.reduce((sum, { count }) => sum + count, 0);
    const breach = (found: string): Breach[] => [{ guard: "max-share", limit, found, lift }];
    if (!isKnown) return breach(`changes ${wanted} ${type}, and how many there are is not known`);
    if (wanted <= maxShare * total) return [];
    return breach(`changes ${wanted} of ${total} ${type} (${percent(wanted / total)})`);
  });
}

const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;
