import type { Reservable } from "../aws/reservations.ts";
import type { JsonObject } from "../model/json.ts";
import type { PriceQuery } from "../model/price.ts";
import type { ResourceType, ScannedResource } from "../model/resource.ts";
import type { PauseState } from "./contract.ts";

/**
 * A part of what a resource costs. Whatever certainly or possibly costs stands here: with a price to look up, as unpriced
 * with the reason, or as other resources that are counted with this one (the volumes of an instance).
 */
export type Charge = PricedCharge | UnpricedCharge | IncludedCharge;

interface Part {
  /** `compute`, `storage`, `address`. */
  readonly part: string;
  /** Whether a pause ends it. */
  readonly stops: boolean;
}

export interface PricedCharge extends Part {
  readonly price: PriceQuery;
  /** Decimal text: units a `per` (3 shards an hour, 100 GB-months a month). */
  readonly units: string;
  readonly per: "hour" | "month";
  /** What a reservation that may pay for it would be of: `m5.large`. */
  readonly reservable?: { readonly kind: Reservable; readonly type: string };
}

export interface UnpricedCharge extends Part {
  readonly unpriced: string;
}

export interface IncludedCharge {
  readonly part: string;
  readonly includes: { readonly type: ResourceType; readonly ids: readonly string[] };
}

/**
 * What a resource costs now, as it was scanned: a stopped instance has no compute.
 * @param state what its pause captured, for what the listing lacks
 */
export type Charges = (resource: ScannedResource, state?: PauseState) => readonly Charge[];

/** It costs nothing of its own: what it makes or calls is counted there. */
export const free: Charges = () => [];

/** A number of a configuration; undefined where there is none. */
export function numberAt(configuration: JsonObject, member: string): number | undefined {
  const value = configuration[member];
  return typeof value === "number" ? value : undefined;
}

/** A text of a configuration; empty where there is none. */
export function textAt(configuration: JsonObject, member: string): string {
  const value = configuration[member];
  return typeof value === "string" ? value : "";
}
