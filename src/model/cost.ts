import type { AccountId, IsoInstant } from "./brand.ts";
import type { Amount } from "./money.ts";
import type { ResourceType } from "./resource.ts";

/** A day of the calendar, UTC: `2026-02-28`. All of AWS's bills count by UTC. */
export type Day = string & { readonly __brand: "Day" };

/**
 * What a sum counts. `unblended` = what is charged when it is charged; `amortized` = upfront and recurring fees of
 * reservations and Savings Plans spread over what they cover; `net` = unblended after discounts.
 * Source: Cost Explorer user guide, "Advanced options for cost analysis".
 */
export const COST_METRICS = ["unblended", "amortized", "net"] as const;
export type CostMetric = (typeof COST_METRICS)[number];

export const GRANULARITIES = ["daily", "monthly"] as const;
export type Granularity = (typeof GRANULARITIES)[number];

/** What rows are made of. `tag:KEY` = the value of a cost allocation tag. */
export type GroupKey = "service" | "region" | "account" | "type" | `tag:${string}`;

/** Whole days; the end is the last day that counts. */
export interface Days {
  readonly start: Day;
  readonly end: Day;
}

/** What kind of charge a line of a bill is, in one word for all formats. */
export const CHARGE_KINDS = [
  "usage",
  "tax",
  "support",
  "transfer",
  "fee",
  "credit",
  "refund",
  "discount",
  "other",
] as const;
export type ChargeKind = (typeof CHARGE_KINDS)[number];

/** What a line of a bill tells of the resource that it charges for, whatever its format. */
export interface Charged {
  /** As the bill names it: an ARN, a bare id (`i-0abc`), a bucket's name; absent = the line names none. */
  readonly resource?: string;
  /** AWS's product code (`AmazonEC2`) or, where the source has only that, the service's name. */
  readonly product: string;
  readonly account?: string;
  /** Region code; absent = none, or not told. */
  readonly region?: string;
  readonly kind: ChargeKind;
  /** Tag `aws:autoscaling:groupName`: the group whose instances come and go. */
  readonly scalingGroup?: string;
}

/** Which side of the split: in the baseline, certainly not in it, or neither can be said. */
export type CostSide = "baseline" | "notBaseline" | "unallocated";

/** Where a line belongs, and why. */
export interface Verdict {
  readonly side: CostSide;
  /** For people, short, the same text for all lines of the same reason. Given for `unallocated` and where an owner decided. */
  readonly reason?: string;
  /** Absent = its kind is not in the catalog. */
  readonly type?: ResourceType;
}

/** A sum, split. The three add up to `total` exactly. */
export interface Split {
  readonly baseline: Amount;
  readonly notBaseline: Amount;
  readonly unallocated: Amount;
  readonly total: Amount;
}

/** How a row was split where the source names no resources: nothing to share, by list prices, by the number of resources. */
export type Sureness = "one side" | "by price" | "by count";

/** One period of one group. */
export interface CostRow extends Split {
  /** The period, cut to the days asked for. */
  readonly days: Days;
  /** One value for each group key, in their order; empty text = the bill has none. */
  readonly group: readonly string[];
  /** Its last days can still grow: AWS tells them late. */
  readonly isIncomplete: boolean;
  /** The least sure of what it is made of; absent = exact, by resource. */
  readonly sureness?: Sureness;
}

/** Where the figures are from. Of bill files and Cost Explorer with resources they are exact; of Cost Explorer alone shared out. */
export type CostSource =
  | { readonly kind: "bill"; readonly files: readonly string[]; readonly format: string }
  | { readonly kind: "cost-explorer-resources" }
  | { readonly kind: "cost-explorer"; readonly rule: string };

/** A part of what could not be given to a side. */
export interface Unallocated {
  readonly reason: string;
  readonly amount: Amount;
}

/** What of the source could not be read, and so is in no sum. */
export interface Malformed {
  readonly lines: number;
  /** The first few: file, line number where known, what is wrong with it. */
  readonly samples: readonly { readonly file: string; readonly line?: number; readonly problem: string }[];
}

/** Requests to Cost Explorer, of which each page is one and costs a cent. */
export interface Asked {
  readonly requests: number;
  /** Answers that were kept from the last day. */
  readonly kept: number;
  readonly price: Amount;
}

/** What was spent in a period, split by the baseline. */
export interface CostResult {
  readonly account: AccountId;
  readonly baseline: { readonly name: string; readonly startedAt: IsoInstant };
  readonly days: Days;
  readonly granularity: Granularity;
  readonly metric: CostMetric;
  readonly currency: string;
  readonly groupBy: readonly GroupKey[];
  readonly source: CostSource;
  /** By period, then the dearest first. */
  readonly rows: readonly CostRow[];
  /** Of all rows. */
  readonly total: Split;
  /** What the source itself says, summed apart from the rows; the same as `total.total`, or it is a bug. */
  readonly sourceTotal: Amount;
  /** The dearest first; they add up to `total.unallocated`. */
  readonly unallocated: readonly Unallocated[];
  readonly malformed: Malformed;
  readonly asked?: Asked;
  /** Sentences that a reader of the figures must know: young baseline, days not told yet, what the metric can't say. */
  readonly notes: readonly string[];
}

/** What a source gives: a sum of one period and group on one side for one reason. Rows are made of them. */
export interface CostPart {
  /** The first day of its period: the day itself, or the first of its month. */
  readonly period: Day;
  /** One value for each group key, in their order; empty text = the source has none. */
  readonly group: readonly string[];
  readonly side: CostSide;
  readonly reason?: string;
  readonly sureness?: Sureness;
  readonly amount: Amount;
}

/** What a source says of a period, split. */
export interface SourceSplit {
  readonly parts: readonly CostPart[];
  /** Summed by the source itself, apart from the parts. */
  readonly total: Amount;
  readonly currency: string;
  readonly malformed: Malformed;
  readonly notes: readonly string[];
}
