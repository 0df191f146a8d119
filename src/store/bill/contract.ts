import type { IsoInstant } from "../../model/brand.ts";
import type { Charged, CostMetric, Days, Granularity, GroupKey, SourceSplit, Verdict } from "../../model/cost.ts";
import type { Amount } from "../../model/money.ts";

export interface BillQuery {
  readonly days: Days;
  readonly granularity: Granularity;
  readonly groupBy: readonly GroupKey[];
  readonly metric: CostMetric;
  /** Only lines in this currency; needed where there are several. */
  readonly currency?: string;
}

/** A resource, and how bills may name it: its ARN, its id, a bucket's name. */
export interface Spelled {
  readonly resource: string;
  readonly spellings: readonly string[];
}

/** What a resource cost in what began in an hour. */
export interface ResourceHour {
  readonly resource: string;
  readonly hour: IsoInstant;
  /** For how long that was: 1, or 24 where the bill tells days; absent = the bill does not tell. */
  readonly hours?: number;
  readonly amount: Amount;
  readonly currency: string;
}

/** Bill files, open. All its calls are made one after the other. */
export interface Bill {
  /** `CUR 2.0`, `legacy CUR`, `FOCUS`. */
  readonly format: string;
  readonly files: readonly string[];
  /** From the first to the last day on which something that is charged began. */
  readonly span: Days;
  /** Whose lines there are; none where the bill does not tell. */
  accounts(): Promise<readonly string[]>;
  /**
   * Sums up what was spent, split by what `judge` says of each distinct `Charged`.
   * @throws EvenkeelError USAGE when the bill lacks a column, or has several currencies
   */
  split(query: BillQuery, judge: (charged: Charged) => Verdict): Promise<SourceSplit>;
  /** What resources cost hour by hour, from an instant to before another one. */
  hoursOf(
    resources: readonly Spelled[],
    between: { readonly from: IsoInstant; readonly to: IsoInstant },
    metric: CostMetric,
  ): Promise<ResourceHour[]>;
  close(): Promise<void>;
}
