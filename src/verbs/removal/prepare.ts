import { factsOf } from "../../catalog/registry.ts";
import { lookAround } from "../../engine/look-around.ts";
import type { Relations } from "../../engine/relations.ts";
import { refuseProtectedAccount } from "../../engine/removal-budget.ts";
import { instant } from "../../model/brand.ts";
import type { Coverage } from "../../model/coverage.ts";
import { EvenkeelError } from "../../model/errors.ts";
import type { Plan } from "../../model/plan.ts";
import { quarantineOf } from "../../model/quarantine.ts";
import { redactor } from "../../model/redact.ts";
import type { Resource } from "../../model/resource.ts";
import type { Selection } from "../../model/selection.ts";
import { secretKey } from "../../store/secret-key.ts";
import type { VerbContext } from "../context.ts";
import { guardsOf } from "./guarded.ts";
import { lockedParts } from "./locked-parts.ts";
import { priced } from "./money.ts";
import type { RemovalLimits } from "./options.ts";
import { type Candidate, planRemoval } from "./plan.ts";
import { stillIn, withQuarantine } from "./quarantine.ts";
import { quarantineWays } from "./quarantine-ways.ts";
import { readOne, removableOf } from "./read-one.ts";

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
  /** What the verb changes in the plan of what can go now. */
  readonly amend?: (plan: Plan, judged: Judged) => Plan;
}

/** What a plan was made of. */
export interface Judged {
  readonly candidates: readonly Candidate[];
  readonly relations: Relations;
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
      ? (wanted.amend?.(planned, { candidates, relations }) ?? planned)
      : withQuarantine(planned, {
          until: instant(now + limits.quarantineMs),
          ways: await waysOf(context, planned, candidates, now),
          candidates,
          relations,
        });
  return wanted.prices ? priced(context, plan, relations.resources) : plan;
}

/** Of what the plan would remove and what has not been in quarantine. */
function waysOf(context: VerbContext, { steps }: Plan, candidates: readonly Candidate[], now: number) {
  const removed = new Set<string>(steps.map(({ target }) => target.arn));
  const entering = candidates
    .flatMap((each) => removableOf(each) ?? [])
    .filter(({ resource: { arn, tags } }) => removed.has(arn) && quarantineOf(tags, now).kind === "none");
  return quarantineWays(context, entering);
}
