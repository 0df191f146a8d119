import { instant, type Region } from "../model/brand.ts";
import { amount, type Currency, sign } from "../model/money.ts";
import type { Priced, PriceQuery } from "../model/price.ts";

/* What the Price List API answers with: products with their terms, each as a JSON text. */

interface Dimension {
  readonly unit?: string;
  readonly beginRange?: string;
  readonly pricePerUnit?: Readonly<Record<string, string>>;
}

interface Product {
  readonly product?: { readonly sku?: string; readonly attributes?: Readonly<Record<string, string>> };
  readonly terms?: {
    readonly OnDemand?: Readonly<Record<string, { readonly priceDimensions?: Readonly<Record<string, Dimension>> }>>;
  };
  readonly publicationDate?: string;
}

/** Regions write their own letters before the usage type, us-east-1 mostly none; KMS writes the region's code. */
const PREFIX = "(?:EU-|[A-Z]{3,4}\\d-|[a-z]{2}(?:-[a-z]+)+-\\d-)?";

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * The one price that all products which match come to.
 * @param texts products as the API gives them
 * @param at where the price holds, in what it is paid, and now
 */
export function priceOf(
  texts: readonly string[],
  query: PriceQuery,
  at: { readonly region: Region; readonly currency: Currency; readonly now: number },
): Priced {
  const usage = query.usage === undefined ? undefined : new RegExp(`^${PREFIX}${escaped(query.usage)}$`);
  const products = texts
    .map((text) => JSON.parse(text) as Product)
    .filter(({ product }) => !usage || usage.test(product?.attributes?.usagetype ?? ""));
  if (products.length === 0) return unpriced("the price list has no such product in this region");
  const rates = products.map((product) => rateOf(product, query, at.currency));
  const [first] = rates;
  if (rates.length > 1 && rates.some((each) => !each || each.amount !== first?.amount))
    return unpriced(`${products.length} products match in the price list, at different prices`);
  if (!first) return unpriced(`the price list has no on-demand price in ${at.currency} by ${query.units[0]}`);
  const [{ product, publicationDate } = {}] = products;
  return {
    kind: "price",
    price: {
      ...first,
      currency: at.currency,
      serviceCode: query.serviceCode,
      region: at.region,
      sku: product?.sku ?? "",
      ...(publicationDate ? { publishedAt: instant(publicationDate) } : {}),
      fetchedAt: instant(at.now),
    },
  };
}

/**
 * The first tier that costs: a free one before it (25 units of a table's throughput) is the whole account's and may long
 * be used up. Upfront fees stand in other terms; a price of nothing is none.
 */
function rateOf({ terms }: Product, { units }: PriceQuery, currency: Currency) {
  const wanted = units.map((unit) => unit.toLowerCase());
  const dimensions = Object.values(terms?.OnDemand ?? {}).flatMap(({ priceDimensions }) =>
    Object.values(priceDimensions ?? {}),
  );
  return dimensions
    .filter(({ unit = "" }) => wanted.includes(unit.toLowerCase()))
    .toSorted((a, b) => Number(a.beginRange ?? 0) - Number(b.beginRange ?? 0))
    .map(({ unit = "", pricePerUnit }) => ({ unit, amount: amount(pricePerUnit?.[currency] ?? "0") }))
    .find((each) => sign(each.amount) > 0);
}

function unpriced(reason: string): Priced {
  return { kind: "unpriced", reason };
}
