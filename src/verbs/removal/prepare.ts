import { UNPROTECT } from "../../catalog/contract.ts";
import { factsOf } from "../../catalog/registry.ts";
import { type Looking, lookAround } from "../../engine/look-around.ts";
import { refuseProtectedAccount, USUAL_BUDGET } from "../../engine/removal-budget.ts";
import { type Removable, readRemovable } from "../../engine/removal-executor.ts";
import { parseTypes } from "../../engine/selection.ts";
import { instant } from "../../model/brand.ts";
import type { Coverage } from "../../model/coverage.ts";
import { EvenkeelError, isError } from "../../model/errors.ts";
import { type Budget, type Plan, targetOf } from "../../model/plan.ts";
import { quarantineOf } from "../../model/quarantine.ts";
import { redactor } from "../../model/redact.ts";
import type { Resource, ResourceType } from "../../model/resource.ts";
import type { Selection } from "../../model/selection.ts";
import { secretKey } from "../../store/secret-key.ts";
import type { VerbContext } from "../context.ts";
import { guardsOf } from "./guarded.ts";
import { priced } from "./money.ts";
import { type Candidate, planRemoval, type RemovalPolicy } from "./plan.ts";
import { parseQuarantine, removableOf, stillIn, withQuarantine } from "./quarantine.ts";
import { quarantineWays } from "./quarantine-ways.ts";

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

/** What a verb wants to be removed, and why. */
export interface Wanted {
  readonly verb: string;
  readonly selection: Selection;
  readonly coverage: Coverage;
  readonly resources: readonly { readonly resource: Resource; readonly reason: string; readonly alone?: string }[];
  /** Look up what it saves. */
  readonly prices?: boolean | undefined;
  /** Why one that is not wanted must not go along with its owner either. */
  readonly stays: (resource: Resource) => string | undefined;
}

/**
 * Looks at what is wanted and at everything around it, and plans. Changes nothing.
 * @throws EvenkeelError REFUSED for a protected account
 */
export async function prepareRemoval(context: VerbContext, wanted: Wanted, limits: RemovalLimits): Promise<Plan> {
  const { connection, store, clock, signal, guards } = context;
  await refuseProtectedAccount(connection, guards?.protectedAccounts);
  const looking = { connection, clock, redact: redactor(await secretKey(store)), signal };
  const targets = wanted.resources.map(({ resource }) => resource);
  const relations = await lookAround(looking, targets);
  const guarded = await guardsOf(context, relations, looking.redact);
  const candidates = await Promise.all(
    wanted.resources.map(async (each): Promise<Candidate> => {
      const facts = factsOf(each.resource.type);
      if (!facts) throw new EvenkeelError("BUG", `scanned a type without facts: ${each.resource.type}`);
      if (!facts.removal || each.alone !== undefined) return { ...each, facts };
      return { ...each, facts, found: await readOne(looking, each.resource) };
    }),
  );
  const now = clock.now();
  const read = new Map<string, Resource>(
    candidates.flatMap((each) => {
      const resource = removableOf(each)?.resource;
      return resource ? [[resource.arn, resource]] : [];
    }),
  );
  const locked = await lockedParts(looking, { candidates, relations, ...limits });
  const stays = (resource: Resource) =>
    guarded(resource) ??
    stillIn(read.get(resource.arn) ?? resource, now) ??
    locked.get(resource.arn) ??
    wanted.stays(resource);
  const { account, partition } = connection;
  const { verb, selection, coverage } = wanted;
  const policy = { verb, account, partition, selection, coverage, now, relations, stays, ...limits };
  const planned = planRemoval(candidates, policy);
  const plan =
    limits.quarantineMs === undefined
      ? planned
      : withQuarantine(planned, {
          until: instant(now + limits.quarantineMs),
          ways: await waysOf(context, planned, candidates, now),
          candidates,
          relations,
        });
  return wanted.prices ? priced(context, plan, relations.resources) : plan;
}

/**
 * Why parts that would only go along stay, by ARN: AWS's own protection, which their owner's service need not heed.
 * Source: EC2 user guide, "Change instance termination protection" (Auto Scaling terminates them all the same).
 */
async function lockedParts(
  looking: Looking,
  {
    candidates,
    relations,
    overrideProtection,
  }: Pick<RemovalPolicy, "relations" | "overrideProtection"> & { readonly candidates: readonly Candidate[] },
): Promise<ReadonlyMap<string, string>> {
  const judged = new Set<string>(candidates.flatMap((each) => (each.found ? [each.resource.arn] : [])));
  const parts = new Set(candidates.flatMap(({ resource, alone }) => (alone ? [] : relations.belowOf(resource.arn))));
  const others = [...parts].flatMap((arn) => (judged.has(arn) ? [] : (relations.resource(arn) ?? [])));
  const reasons = await Promise.all(
    others.map(async (part): Promise<[string, string][]> => {
      const facts = factsOf(part.type);
      // What has no such switch need not be read.
      if (!facts?.removal?.preparations?.[UNPROTECT] || overrideProtection.has(part.type)) return [];
      const found = await readOne(looking, part);
      if (found === "gone") return [];
      if ("unread" in found) return [[part.arn, `whether it is protected could not be read: ${found.unread}`]];
      const { guardedBy } = found.state;
      return guardedBy
        ? [[part.arn, `its ${guardedBy} is on; --override-protection ${facts.short} would remove it all the same`]]
        : [];
    }),
  );
  return new Map(reasons.flat());
}

/** Of what the plan would remove and what has not been in quarantine. */
function waysOf(context: VerbContext, { steps }: Plan, candidates: readonly Candidate[], now: number) {
  const removed = new Set<string>(steps.map(({ target }) => target.arn));
  const entering = candidates
    .flatMap((each) => removableOf(each) ?? [])
    .filter(({ resource: { arn, tags } }) => removed.has(arn) && quarantineOf(tags, now).kind === "none");
  return quarantineWays(context, entering);
}

async function readOne(
  looking: Parameters<typeof readRemovable>[0],
  resource: Resource,
): Promise<Removable | { readonly unread: string } | "gone"> {
  try {
    return (await readRemovable(looking, targetOf(resource))) ?? "gone";
  } catch (error) {
    if (!isError(error) || error.code === "CANCELLED") throw error;
    return { unread: error.message };
  }
}
