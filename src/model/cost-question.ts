import type { CostMetric, Day, Days, Granularity } from "./cost.ts";
import type { Amount } from "./money.ts";

/** What Cost Explorer groups by. `TAG:KEY` = the value of a cost allocation tag. */
export type CostKey = CostDimension | `TAG:${string}`;
export type CostDimension = "SERVICE" | "RECORD_TYPE" | "REGION" | "LINKED_ACCOUNT" | "RESOURCE_ID";

/** A question to Cost Explorer. */
export interface CostQuestion {
  readonly days: Days;
  readonly granularity: Granularity;
  readonly metric: CostMetric;
  /** Two at most, which is AWS's limit. */
  readonly groupBy: readonly CostKey[];
  /** All must hold; of the values one. */
  readonly only: readonly { readonly key: CostDimension; readonly values: readonly string[] }[];
  /** Resource by resource: of one service, and of the last fourteen days. */
  readonly withResources: boolean;
}

/** A sum of one period and group. */
export interface CostLine {
  /** The day, or the first of the month. */
  readonly period: Day;
  /** One value for each group key, in their order; empty text = AWS has none. */
  readonly keys: readonly string[];
  readonly amount: Amount;
}

/** All of what Cost Explorer says to a question. */
export interface CostAnswer {
  readonly lines: readonly CostLine[];
  /** Of all sums, zero included. */
  readonly currencies: readonly string[];
  /** First days of what AWS calls estimated: it can still change. */
  readonly estimated: readonly Day[];
  /** Each was a request. */
  readonly pages: number;
}
