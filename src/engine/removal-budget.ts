import type { Connection } from "../aws/connection.ts";
import { factsOf } from "../catalog/registry.ts";
import { EvenkeelError } from "../model/errors.ts";
import { type Budget, type Kept, type Operation, type Plan, reachOf, type Target } from "../model/plan.ts";
import type { ResourceType } from "../model/resource.ts";
import type { Breach, GuardPolicy } from "./guards.ts";

/** What a plan of removals may do without being told otherwise. */
export const USUAL_BUDGET: Budget = { maxRemovals: 50, maxShare: 0.2, allowData: [] };

/** Accounts in whose alias one of these stands refuse removals altogether. */
export const PROTECTED_ACCOUNTS: readonly string[] = ["prod"];

/** What of a plan of removals goes beyond its budget. Pure. */
export function removalBreaches(plan: Plan, policy: GuardPolicy = {}): Breach[] {
  if (!plan.budget) return [];
  // A quarantine takes something away, too, and the removal after it is as good as decided; but no data is lost by it.
  // What is marked the next run removes: a limit that it would break is told before it has waited.
  const taken = targetsOf(plan, ["remove", "quarantine", "mark"]);
  const limits = limitsOf(plan.budget, policy);
  return [
    ...countBreach(taken, limits, policy),
    ...shareBreaches(taken, plan, limits, policy),
    ...dataBreach(removedBy(plan), plan.budget),
  ];
}

type Limits = Pick<Budget, "maxRemovals" | "maxShare">;

/** What was typed counts before what is written down, and that before what is usual. */
function limitsOf({ maxRemovals, maxShare, typed = [] }: Budget, policy: GuardPolicy): Limits {
  return {
    maxRemovals: typed.includes("max-removals") ? maxRemovals : (policy.maxRemovals ?? maxRemovals),
    maxShare: typed.includes("max-share") ? maxShare : (policy.maxShare ?? maxShare),
  };
}

/** Everything that goes by a plan: what it removes, and what that takes along but for an instance's own disks and interfaces. */
export function removedBy(plan: Plan): Target[] {
  return targetsOf(plan, ["remove"]);
}

function targetsOf(plan: Plan, operations: readonly Operation[]): Target[] {
  const reach = reachOf(plan, operations);
  const removed = plan.steps.filter(({ operation }) => operations.includes(operation)).map(({ target }) => target);
  const along = plan.kept.filter(({ target, goesWith }) => goesWith !== undefined && reach.has(target.arn));
  const types = new Map([...removed, ...along.map(({ target }) => target)].map(({ arn, type }) => [arn, type]));
  return [...removed, ...along.filter((each) => !isInBorn(each, types)).map(({ target }) => target)];
}

/**
 * AWS itself says of each whether it goes with its instance (DeleteOnTermination) or its VPC (the default group); and what
 * a service makes for another resource is a part of that.
 */
function isInBorn({ target, goesWith }: Kept, types: ReadonlyMap<string, ResourceType>): boolean {
  const removal = factsOf(target.type)?.removal;
  // Of what holds data a service's own is the exception.
  if (removal?.serviceManaged && !removal.holdsData) return true;
  const owner = types.get(goesWith ?? "") ?? "";
  const isSaid = (type: string, other: string) =>
    factsOf(type)?.links.some((link) => "where" in link && link.where !== undefined && link.to === other) ?? false;
  return isSaid(owner, target.type) || isSaid(target.type, owner);
}

const orIn = (key: string, { from }: GuardPolicy) => ` or guards.${key}${from ? ` in ${from}` : ""}`;

function countBreach(gone: readonly Target[], { maxRemovals }: Limits, policy: GuardPolicy): Breach[] {
  if (gone.length <= maxRemovals) return [];
  const lift = `narrow the plan, or allow more with --max-removals ${gone.length}${orIn("max-removals", policy)}`;
  const limit = `${maxRemovals} ${maxRemovals === 1 ? "removal" : "removals"}`;
  return [{ guard: "max-removals", limit, found: `makes ${gone.length}`, lift }];
}

function shareBreaches(
  gone: readonly Target[],
  { coverage }: Plan,
  { maxShare }: Limits,
  policy: GuardPolicy,
): Breach[] {
  const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;
  return [...new Set(gone.map(({ type }) => type))].flatMap((type): Breach[] => {
    const wanted = gone.filter((each) => each.type === type).length;
    const total = coverage.reduce((sum, cell) => (cell.type === type ? sum + cell.count : sum), 0);
    if (total > 0 && wanted <= maxShare * total) return [];
    const share = total > 0 ? wanted / total : 1;
    const found = `removes ${wanted} of ${total} ${type} (${percent(share)})`;
    const wide = Math.min(100, Math.ceil(share * 100));
    const lift = `narrow the plan, or allow more with --max-share ${wide}${orIn("max-share", policy)}`;
    return [{ guard: "max-share", limit: `${percent(maxShare)} of a type`, found, lift }];
  });
}

function dataBreach(gone: readonly Target[], { allowData }: Budget): Breach[] {
  const types = [...new Set(gone.map(({ type }) => type))].filter(
    (type) => factsOf(type)?.removal?.holdsData && !allowData.includes(type),
  );
  if (types.length === 0) return [];
  const names = types.map((type) => factsOf(type)?.short ?? type).sort();
  const found = `removes ${names.join(", ")}`;
  const lift = `look at what would be lost, then name them: ${names.map((name) => `--allow-data ${name}`).join(" ")}; or leave them out with --exclude-type`;
  return [{ guard: "allow-data", limit: "no type that holds data unless it is named", found, lift }];
}

/**
 * @param patterns parts of an alias, or account ids
 * @throws EvenkeelError REFUSED when the account is one of those, or when its alias can't be read
 */
export async function refuseProtectedAccount(
  connection: Connection,
  patterns: readonly string[] = PROTECTED_ACCOUNTS,
): Promise<void> {
  if (patterns.length === 0) return;
  const { account } = connection;
  const refusal = (why: string, hint: string) =>
    new EvenkeelError("REFUSED", `guard protected-accounts: ${why}`, { hint, state: "nothing was changed" });
  const lift = "sign in to another account, or change guards.protected-accounts in evenkeel.yaml";
  if (patterns.includes(account)) throw refusal(`nothing is removed from account ${account}`, lift);
  const aliases = await connection.aliases();
  if (!aliases)
    throw refusal(
      `whether account ${account} is protected is not known: its alias could not be read`,
      "allow iam:ListAccountAliases, or set guards.protected-accounts to [] in evenkeel.yaml",
    );
  const isMeant = (alias: string, pattern: string) => alias.toLowerCase().includes(pattern.toLowerCase());
  const alias = aliases.find((each) => patterns.some((pattern) => isMeant(each, pattern)));
  if (alias !== undefined) throw refusal(`nothing is removed from account ${account} (${alias})`, lift);
}
