import type { IsoInstant, Region } from "./brand.ts";
import { canonical, sha256 } from "./canonical.ts";
import type { Amount, Currency } from "./money.ts";

/** What is looked for in AWS's price list: one product, in the region where the resource is. */
export interface PriceQuery {
  /** `AmazonEC2`, `AWSELB`. */
  readonly serviceCode: string;
  /** Product attributes that must be equal, and `productFamily`. */
  readonly filters: Readonly<Record<string, string>>;
  /** The usage type without the prefix that most regions put before it (`EU-NatGateway-Hours`). */
  readonly usage?: string;
  /** Units that the quantity may be counted in, as the list spells them; letter case does not matter. */
  readonly units: readonly string[];
}

/** A price of the list, with where and when it was read. */
export interface Price {
  readonly amount: Amount;
  readonly currency: Currency;
  readonly unit: string;
  readonly serviceCode: string;
  readonly region: Region;
  readonly sku: string;
  /** When AWS published the list. */
  readonly publishedAt?: IsoInstant;
  /** When it was read from AWS. */
  readonly fetchedAt: IsoInstant;
}

export type Priced =
  | { readonly kind: "price"; readonly price: Price }
  | { readonly kind: "unpriced"; readonly reason: string };

/** The same for equal queries. */
export function priceKey(query: PriceQuery): string {
  const { serviceCode, filters, usage = "", units } = query;
  return sha256(canonical({ serviceCode, filters, usage, units: [...units] })).slice(0, 32);
}

/** How the price list spells hours. */
export const HOUR_UNITS = ["Hrs", "Hours", "Hour", "Hourly"] as const;
/** How it spells a gigabyte kept for a month. */
export const GB_MONTH_UNITS = ["GB-Mo", "GB-month", "GB-Month"] as const;
