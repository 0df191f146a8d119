import { costsOf } from "../../engine/pricing.ts";
import { scan } from "../../engine/scan/scan.ts";
import { parseSelection } from "../../engine/selection.ts";
import { addDays } from "../../model/calendar.ts";
import type { Charged, CostSide, Days, Verdict } from "../../model/cost.ts";
import { type Coverage, type CoverageCell, incomplete } from "../../model/coverage.ts";
import { type Amount, amount, hourly, NOTHING, sum } from "../../model/money.ts";
import { once } from "../../model/once.ts";
import { redactor } from "../../model/redact.ts";
import type { ScannedResource } from "../../model/resource.ts";
import { secretKey } from "../../store/secret-key.ts";
import type { VerbContext } from "../context.ts";
import type { Doubt, Weigh, Weights, WeightsAbout } from "./explorer/allocated.ts";
import { EXPLORER_SERVICES } from "./explorer/services.ts";
import { GROUP_TAG } from "./makers.ts";

const HOUR_MS = 3_600_000;

/** A resource that is there now, with its side and its list price. */
interface Weighed {
  readonly resource: ScannedResource;
  readonly side: CostSide;
  /** Absent = it has no price, or a part of it has none. */
  readonly hourly?: Amount;
}

interface Seen {
  readonly resources: readonly Weighed[];
  readonly coverage: Coverage;
}

/**
 * Weighs the services of an account by what is there now: each resource by its list price for the hours that it has been there
 * in the period. The account is read and priced once, when a service is first asked for.
 */
export function weigher(context: VerbContext, judge: (charged: Charged) => Verdict): Weigh {
  const all = once(() => weighed(context, judge));
  return async (about) => {
    const { coverage, resources } = await all();
    // What was not seen has a weight, too.
    if (incomplete(coverage).some((cell) => isIn(cell, about)))
      return { doubt: "services whose resources could not all be read" };
    const own = resources.filter(({ resource }) => isAbout(resource, about));
    return weightsOf(about, own, context.clock.now());
  };
}

function isIn({ type, region }: Pick<CoverageCell, "type" | "region">, about: WeightsAbout): boolean {
  return about.types.includes(type) && (about.region === undefined || region === about.region);
}

function isAbout(resource: ScannedResource, about: WeightsAbout): boolean {
  return isIn(resource, about) && (about.account === undefined || resource.account === about.account);
}

function weightsOf({ days }: WeightsAbout, all: readonly Weighed[], now: number): Weights | Doubt {
  const there = all
    .map((each) => ({ ...each, hours: hoursIn(each.resource, days, now) }))
    .filter(({ hours }) => hours > 0);
  if (there.length === 0) return { doubt: "services of which no resource is there now" };
  // Of what may be on either side nobody knows how much it takes of the service's costs.
  if (there.some(({ side }) => side === "unallocated"))
    return { doubt: "services with resources that may be on either side" };
  const isPriced = there.every((each) => each.hourly !== undefined);
  const of = (side: CostSide) =>
    sum(
      there
        .filter((each) => each.side === side)
        .map((each) => hourly(isPriced ? (each.hourly ?? NOTHING) : amount("1"), String(each.hours), "hour")),
    );
  const isOneSided = new Set(there.map(({ side }) => side)).size === 1;
  const weights = { baseline: of("baseline"), notBaseline: of("notBaseline") };
  if (!isPriced) return { ...weights, sureness: "by count" };
  const explains = sum([weights.baseline, weights.notBaseline]);
  return { ...weights, explains, sureness: isOneSided ? "one side" : "by price" };
}

/** Whole hours in which it was there; all of the period where AWS tells no creation date. */
function hoursIn({ createdAt }: ScannedResource, { start, end }: Days, now: number): number {
  const from = Math.max(Date.parse(start), createdAt === undefined ? 0 : Date.parse(createdAt));
  const to = Math.min(Date.parse(addDays(end, 1)), now);
  return Math.max(0, Math.ceil((to - from) / HOUR_MS));
}

async function weighed(context: VerbContext, judge: (charged: Charged) => Verdict): Promise<Seen> {
  const { connection, store, host, clock, signal } = context;
  const type = [...new Set(Object.values(EXPLORER_SERVICES).flatMap(({ types }) => types))];
  const selection = parseSelection({ type })(await connection.enabledRegions());
  const redact = redactor(await secretKey(store));
  const { resources, coverage } = await scan({ connection, selection, redact, host, clock, signal });
  const costs = await costsOf(
    context,
    resources.map((resource) => ({ resource })),
  );
  const prices = new Map<string, Amount | undefined>();
  for (const { arn, id, region } of resources) {
    const cost = costs.get(arn);
    // A volume is priced with its instance, and billed apart from it.
    if (!cost || cost.countedWith !== undefined) continue;
    const { parts, unpriced } = cost;
    for (const part of new Set([id, ...parts.map(({ of = id }) => of), ...unpriced.map(({ of = id }) => of)])) {
      const own = parts.filter(({ of = id }) => of === part);
      // Without any part it costs nothing, as what is stopped.
      const isWhole = !unpriced.some(({ of = id }) => of === part);
      prices.set(`${region} ${part}`, isWhole ? sum(own.map((each) => each.hourly)) : undefined);
    }
  }
  const all = resources.map((resource): Weighed => {
    const { arn, account, region, tags } = resource;
    const scalingGroup = tags[GROUP_TAG];
    const charged = { resource: arn, product: "", kind: "usage", account, region } as const;
    const { side } = judge({ ...charged, ...(scalingGroup === undefined ? {} : { scalingGroup }) });
    const price = prices.get(`${region} ${resource.id}`);
    return { resource, side, ...(price === undefined ? {} : { hourly: price }) };
  });
  return { coverage, resources: all };
}
