import type { Facts } from "../../catalog/contract.ts";
import type { AccountId, IsoInstant } from "../../model/brand.ts";
import type { CoverageCell } from "../../model/coverage.ts";
import type { Amount, Currency, PlanMoney, PricedPart, Rate, UnpricedPart } from "../../model/money.ts";
import type { Target } from "../../model/plan.ts";
import type { FindingRule } from "./rule.ts";

/** What the remedy of a finding ends. */
export interface FindingMoney {
  readonly currency: Currency;
  /** Absent = no part of it has a price. Never zero. */
  readonly hour?: Amount;
  /** With where each price is from. Of a change, what it costs now. */
  readonly parts: readonly PricedPart[];
  /** In no sum. */
  readonly unpriced: readonly UnpricedPart[];
  /** A sentence on reservations that may pay for it all the same. */
  readonly coveredBy?: string;
}

/** Something that costs money and is probably not needed. */
export interface Finding {
  readonly rule: FindingRule;
  readonly target: Target;
  readonly facts: Pick<Facts, "short" | "title">;
  /** Why, with the numbers. */
  readonly reason: string;
  /** Absent = nobody asked for prices. */
  readonly money?: FindingMoney;
  /** Why nothing is recommended: a tag or a rule protects it, a record or a quarantine holds it. */
  readonly protected?: string;
  /** The rule's, for this one; absent = it is protected. */
  readonly command?: string;
}

/** Something of which a rule could not tell whether it is a finding. */
export interface Unjudged {
  readonly rule: string;
  readonly target: Target;
  /**
   * `unread`: AWS did not let it be read, or not completely; `no data`: CloudWatch has no value for every hour, so that nobody
   * can tell; `unpriced`: whether the change is cheaper is not known.
   */
  readonly kind: "unread" | "no data" | "unpriced";
  readonly says: string;
}

export interface FindingsTotal {
  readonly findings: number;
  /** Absent = nobody asked for prices, or nothing has one. */
  readonly saves?: Rate;
  /** Parts without a price. */
  readonly unpriced: number;
}

export interface RuleFindings {
  readonly rule: FindingRule;
  /** The dearest first, what has no price last. */
  readonly findings: readonly Finding[];
  readonly total: FindingsTotal;
}

/** What costs money and is probably not needed, now. */
export interface FindingsResult {
  readonly account: AccountId;
  readonly at: IsoInstant;
  /** The rules that were asked. */
  readonly asked: readonly string[];
  /** The rules that found something, by what it comes to. */
  readonly rules: readonly RuleFindings[];
  /** Of all of them. */
  readonly total: FindingsTotal;
  /** Findings of which nothing is recommended; in no sum. */
  readonly kept: readonly Finding[];
  readonly unjudged: readonly Unjudged[];
  /** Left out because they come to less than was asked for. */
  readonly below: number;
  /** Absent = nobody asked for prices, or nothing was found. */
  readonly prices?: { readonly currency: Currency; readonly source: string } & Pick<PlanMoney, "pricesOf">;
  /** What could not be completely read: what is there was not looked at. */
  readonly unseen: readonly CoverageCell[];
}
