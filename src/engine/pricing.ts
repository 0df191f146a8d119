import pLimit from "p-limit";
import type { Connection } from "../aws/connection.ts";
import { patience } from "../aws/patience.ts";
import { type PriceBook, priceBook } from "../aws/price-book.ts";
import { currencyOf } from "../aws/pricing.ts";
import type { Charge, PricedCharge } from "../catalog/charges.ts";
import type { PauseState } from "../catalog/contract.ts";
import { loadEntry } from "../catalog/registry.ts";
import type { Host } from "../io/host.ts";
import type { Arn } from "../model/brand.ts";
import { type Costs, hourly, type PricedPart, type UnpricedPart } from "../model/money.ts";
import { once } from "../model/once.ts";
import type { ScannedResource } from "../model/resource.ts";
import type { Store } from "../store/store.ts";
import { type Covered, reservations } from "./reservations.ts";

/** A resource whose costs are asked for, with what its pause captured. */
export interface Costly {
  readonly resource: ScannedResource;
  readonly state?: PauseState | undefined;
}

export interface PricingContext {
  readonly connection: Connection;
  readonly store: Store;
  readonly host: Host;
  readonly signal: AbortSignal;
}

/** Resources priced at once; the price book and the governor set the pace. */
const AT_ONCE = 256;
/** For all look-ups together: what has not come by then is unpriced. */
const PATIENCE_MS = 20_000;

/**
 * What each resource costs, by ARN. Resources that belong to another one here (volumes to their instance) are counted with
 * that one. Whatever can't be priced says why; nothing but a cancellation is thrown.
 */
export async function costsOf(context: PricingContext, all: readonly Costly[]): Promise<ReadonlyMap<Arn, Costs>> {
  const { connection, store, host, signal } = context;
  const charged = new Map(
    await Promise.all(
      all.map(async (each) => [keyOf(each.resource), { ...each, charges: await chargesOf(each) }] as const),
    ),
  );
  const over = new AbortController();
  // Counts from the first question to AWS: what is read from the store first may take its time.
  const late = once(() => patience(connection.clock, PATIENCE_MS, over.signal));
  const book = priceBook(connection, store, { signal, late });
  const means = { book, covered: reservations(connection, { signal, late }), charged, signal };
  const currency = currencyOf(connection.partition);
  const owners = ownersIn(charged);
  const limit = pLimit(AT_ONCE);
  const costs = async (key: string, { resource, charges }: Charged): Promise<readonly [Arn, Costs]> => {
    const countedWith = owners.get(key)?.resource.id;
    if (countedWith !== undefined) return [resource.arn, { currency, parts: [], unpriced: [], countedWith }];
    const own = charges.map((charge): Owned => ({ resource, charge }));
    const others = [...new Set(includedKeys(resource, charges))].flatMap((each): Owned[] => {
      const part = owners.get(each)?.resource === resource ? charged.get(each) : undefined;
      if (!part) return [];
      return part.charges.map((charge) => ({ resource: part.resource, charge, of: part.resource.id }));
    });
    return [resource.arn, { currency, ...(await pricedParts([...own, ...others], means)) }];
  };
  try {
    const priced = await Promise.all([...charged].map(([key, each]) => limit(() => costs(key, each))));
    tellTrouble(host, await book.close());
    return new Map(priced);
  } finally {
    over.abort();
  }
}

/** A resource with its charges. */
interface Charged extends Costly {
  readonly charges: readonly Charge[];
}

/** Who each included resource is counted with: the first that includes it, as a volume can hang on several instances. */
function ownersIn(charged: ReadonlyMap<string, Charged>): ReadonlyMap<string, Charged> {
  const owners = new Map<string, Charged>();
  for (const each of charged.values())
    for (const key of includedKeys(each.resource, each.charges))
      if (charged.has(key) && !owners.has(key)) owners.set(key, each);
  return owners;
}

function tellTrouble(host: Host, trouble: string | undefined): void {
  if (trouble === undefined) return;
  host.tell({
    kind: "warning",
    text: `prices could not be read from AWS: ${trouble}`,
    hint: "what has no stored price is listed as unpriced; `--no-prices` does not ask for any",
  });
}

/** A charge with the resource that causes it; `of` = its id, where it is counted with another. */
interface Owned {
  readonly resource: ScannedResource;
  readonly charge: Charge;
  readonly of?: string | undefined;
}

interface Means {
  readonly book: PriceBook;
  readonly covered: Covered;
  readonly charged: ReadonlyMap<string, unknown>;
  readonly signal: AbortSignal;
}

async function pricedParts(
  whole: readonly Owned[],
  { book, covered, charged, signal }: Means,
): Promise<Pick<Costs, "parts" | "unpriced" | "coveredBy">> {
  const parts: PricedPart[] = [];
  const unpriced: UnpricedPart[] = [];
  const sentences = new Set<string>();
  for (const { resource, charge, of } of whole) {
    const { part } = charge;
    const mine = of === undefined ? {} : { of };
    if ("includes" in charge) {
      const missing = includedKeys(resource, [charge]).filter((key) => !charged.has(key)).length;
      const are = missing === 1 ? "is" : "are";
      const reason = `${missing} of them ${are} not in the selection or could not be read`;
      if (missing > 0) unpriced.push({ part, ...mine, stops: false, reason });
    } else if ("unpriced" in charge) unpriced.push({ part, ...mine, stops: charge.stops, reason: charge.unpriced });
    else {
      const { stops } = charge;
      const found = await book.price(charge.price, resource.region);
      if (found.kind === "unpriced") unpriced.push({ part, ...mine, stops, reason: found.reason });
      else parts.push({ part, ...mine, hourly: hourlyOf(charge, found.price), stops, price: found.price });
      const sentence = charge.reservable && (await covered(charge.reservable, resource.region));
      if (sentence) sentences.add(sentence);
    }
    signal.throwIfAborted();
  }
  return { parts, unpriced, ...(sentences.size > 0 ? { coveredBy: [...sentences].join("; ") } : {}) };
}

const hourlyOf = ({ units, per }: PricedCharge, { amount }: { amount: PricedPart["hourly"] }) =>
  hourly(amount, units, per);

/** A type that nobody has taught its prices is unpriced, as is one whose charges stumble over an odd configuration. */
async function chargesOf({ resource, state }: Costly): Promise<readonly Charge[]> {
  const unknown = (unpriced: string): Charge[] => [{ part: "all of it", stops: false, unpriced }];
  try {
    const { charges } = await loadEntry(resource.type);
    return charges ? charges(resource, state) : unknown("what this type costs is not known yet");
  } catch (error) {
    return unknown(`what it costs could not be told: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function includedKeys({ region }: ScannedResource, charges: readonly Charge[]): string[] {
  return charges.flatMap((charge) =>
    "includes" in charge ? charge.includes.ids.map((id) => `${charge.includes.type} ${region} ${id}`) : [],
  );
}

function keyOf({ type, region, id }: ScannedResource): string {
  return `${type} ${region} ${id}`;
}
