import { readScope } from "../../catalog/scope.ts";
import type { Scan } from "../../engine/scan/scan.ts";
import { coverageIndex, provesAbsence } from "../../model/coverage.ts";
import { once } from "../../model/once.ts";
import type { ResourceType, ScannedResource } from "../../model/resource.ts";
import { resourceIndex } from "../../model/resource-index.ts";
import type { VerbContext } from "../context.ts";
import { idlenessBy, idleRuleOf } from "../status/idleness.ts";
import type { Idleness } from "../status/result.ts";
import { linkIndex } from "./links.ts";
import type { Unjudged } from "./result.ts";
import { countedWith, type FindingRule, type Judgement, type RuleWorld } from "./rule.ts";

/* Loads an SDK client, which most rules do without. */
const forwarding = once(() => import("../../catalog/elasticloadbalancingv2/forwarding.ts"));

/** A resource that a rule has found. */
export interface Found {
  readonly rule: FindingRule;
  readonly resource: ScannedResource;
  readonly reason: string;
}

/** What a rule made of a resource. */
type Verdict = Found | Unjudged;

export interface Judged {
  readonly found: readonly Found[];
  readonly unjudged: readonly Unjudged[];
}

/**
 * Asks each rule of each resource. A resource is found once, by the first rule in the registry's order, and with it
 * whatever is counted with it: volumes with their instance.
 * @param selected the resources that may be found; rules look at everything that was scanned
 */
export async function judgeAll(
  context: VerbContext,
  rules: readonly FindingRule[],
  { resources, coverage }: Scan,
  selected: readonly ScannedResource[],
): Promise<Judged> {
  const statusOf = coverageIndex(coverage);
  const isSeen = (type: ResourceType, { region }: ScannedResource) => provesAbsence(statusOf(type, region));
  const world = worldOf(context, resources);
  const asked = rules.flatMap((rule) =>
    selected.filter(({ type }) => rule.types.includes(type)).map((resource) => ({ rule, resource })),
  );
  const verdicts = await Promise.all(
    asked.map(async ({ rule, resource }): Promise<Verdict[]> => {
      const judgement = await rule.judge(resource, world);
      const unseen = rule.looksAt?.filter((type) => !isSeen(type, resource)) ?? [];
      return verdictOf(rule, resource, judgement, unseen);
    }),
  );
  const all = verdicts.flat();
  const found = await quietOnes(context, all.filter(isFound));
  return {
    found: firstOfEach(found.filter(isFound)),
    unjudged: [...all, ...found].filter((each): each is Unjudged => !isFound(each)),
  };
}

const isFound = (verdict: Verdict): verdict is Found => "reason" in verdict;

function worldOf({ connection, clock, signal }: VerbContext, resources: readonly ScannedResource[]): RuleWorld {
  return {
    now: clock.now(),
    find: resourceIndex(resources),
    linking: linkIndex(resources),
    health: async ({ region, arn }) => (await forwarding()).readHealth(readScope(connection, region, { signal }), arn),
  };
}

function verdictOf(
  rule: FindingRule,
  resource: ScannedResource,
  judgement: Judgement,
  unseen: readonly ResourceType[],
): Verdict[] {
  if (!judgement) return [];
  if ("unread" in judgement) return [unread(rule, resource, `${judgement.unread} could not be read`)];
  if (unseen.length === 0) return [{ rule, resource, reason: judgement.found }];
  return [unread(rule, resource, `${unseen.join(", ")} could not be completely read in ${resource.region}`)];
}

function unread({ id }: FindingRule, resource: ScannedResource, says: string): Unjudged {
  return { rule: id, target: targetOf(resource), kind: "unread", says };
}

export function targetOf({ arn, type, id, name, region }: ScannedResource) {
  return { arn, type, id, ...(name ? { name } : {}), region };
}

/** Those of rules that want quiet metrics are kept only where CloudWatch has them; what is too young or busy is not found. */
async function quietOnes(context: VerbContext, found: readonly Found[]): Promise<Verdict[]> {
  const metered = found.flatMap(({ rule: { quietDays }, resource }) => {
    const idle = quietDays === undefined ? undefined : idleRuleOf(resource);
    return idle && quietDays !== undefined ? [{ resource, rule: { ...idle, hours: quietDays * 24 } }] : [];
  });
  const otherwise = "`--exclude-rule` leaves out the rules that ask for it";
  const idleness: ReadonlyMap<string, Idleness> = await idlenessBy(context, metered, otherwise);
  return found.flatMap((each): Verdict[] => {
    const { rule, resource } = each;
    if (rule.quietDays === undefined) return [each];
    const { kind, says } = idleness.get(resource.arn) ?? { kind: "no data", says: "no metric tells of it" };
    const target = targetOf(resource);
    if (kind === "idle") return [{ ...each, reason: `${each.reason}: ${says}` }];
    if (kind === "unknown")
      return [{ rule: rule.id, target, kind: "unread", says: `its metrics could not be read: ${says}` }];
    return kind === "no data" ? [{ rule: rule.id, target, kind, says }] : [];
  });
}

function firstOfEach(found: readonly Found[]): Found[] {
  const taken = new Set<string>();
  return found.filter(({ rule, resource }) => {
    const { type, region, id } = resource;
    const key = `${type} ${region} ${id}`;
    if (taken.has(key)) return false;
    taken.add(key);
    for (const each of countedWith(rule, resource)) taken.add(`${rule.counts?.type} ${region} ${each}`);
    return true;
  });
}
