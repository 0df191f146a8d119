import { type Costly, costsOf } from "../../engine/pricing.ts";
import type { Arn } from "../../model/brand.ts";
import { type Costs, minus, sign, sum } from "../../model/money.ts";
import type { ScannedResource } from "../../model/resource.ts";
import type { FindResource } from "../../model/resource-index.ts";
import type { VerbContext } from "../context.ts";
import { type Found, targetOf } from "./judging.ts";
import type { FindingMoney, Unjudged } from "./result.ts";
import { countedWith } from "./rule.ts";

/** Found things with their money. What turns out to cost nothing, or to save nothing, is in neither list. */
export interface Valued {
  readonly found: readonly (Found & { readonly money: FindingMoney })[];
  readonly unjudged: readonly Unjudged[];
}

/** Looks up what each remedy ends, at list prices. Never throws for what AWS says: what has no price says why. */
export async function valued(context: VerbContext, all: readonly Found[], find: FindResource): Promise<Valued> {
  const costly = all.flatMap((each) => [each.resource, ...partsOf(each, find), ...changed(each)]);
  // Of two that count the same volume only one counts it.
  const costs = await costsOf(context, [...new Map(costly.map((each) => [each.arn, each])).values()].map(costlyOf));
  const found: (Found & { readonly money: FindingMoney })[] = [];
  const unjudged: Unjudged[] = [];
  for (const each of all) {
    const money = moneyOf(each, costs);
    if (money === undefined) continue;
    if ("says" in money) unjudged.push({ rule: each.rule.id, target: targetOf(each.resource), ...money });
    else found.push({ ...each, money });
  }
  return { found, unjudged };
}

const costlyOf = (resource: ScannedResource): Costly => ({ resource });

function partsOf({ rule, resource }: Found, find: FindResource): ScannedResource[] {
  const { counts } = rule;
  if (!counts) return [];
  return countedWith(rule, resource).flatMap((id) => (find(counts.type, resource.region, id) as ScannedResource) ?? []);
}

/** The same resource as its remedy would make it, under a name that nothing has. */
function changed({ rule: { saves }, resource }: Found): ScannedResource[] {
  if (saves.kind !== "change") return [];
  const { arn, id, configuration } = resource;
  return [{ ...resource, arn: changedArn(arn), id: `${id} changed`, configuration: saves.to(configuration) }];
}

const changedArn = (arn: Arn): Arn => `${arn} changed` as Arn;

type Outcome = FindingMoney | Pick<Unjudged, "kind" | "says"> | undefined;

function moneyOf({ rule: { saves }, resource }: Found, costs: ReadonlyMap<Arn, Costs>): Outcome {
  const own = costs.get(resource.arn);
  if (!own) return undefined;
  if (saves.kind === "change") return differenceOf(own, costs.get(changedArn(resource.arn)));
  const ends = endsOf(
    own,
    saves.kind === "pause" ? ({ stops }) => stops : ({ part }) => saves.parts?.includes(part) ?? true,
  );
  // A type that nobody has taught its prices has one part with another name than the rule's.
  const { parts, unpriced } =
    ends.parts.length + ends.unpriced.length > 0 ? ends : { parts: [], unpriced: own.unpriced };
  if (parts.length + unpriced.length === 0) return undefined;
  const { currency, coveredBy } = own;
  const hour = parts.length > 0 ? { hour: sum(parts.map(({ hourly }) => hourly)) } : {};
  return { currency, parts, unpriced, ...hour, ...(coveredBy === undefined ? {} : { coveredBy }) };
}

function endsOf(
  { parts, unpriced }: Costs,
  ends: (part: { readonly part: string; readonly stops: boolean }) => boolean,
) {
  return { parts: parts.filter(ends), unpriced: unpriced.filter(ends) };
}

/** A change is worth it only where both sides have their prices. */
function differenceOf(now: Costs, then: Costs | undefined): Outcome {
  const [missing] = [...now.unpriced, ...(then?.unpriced ?? [])];
  if (!then || missing)
    return { kind: "unpriced", says: `whether it would cost less is not known: ${missing?.reason}` };
  const total = ({ parts }: Costs) => sum(parts.map(({ hourly }) => hourly));
  const hour = minus(total(now), total(then));
  return sign(hour) > 0 ? { currency: now.currency, hour, parts: now.parts, unpriced: [] } : undefined;
}
