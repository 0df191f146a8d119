import type { ChargeKind } from "../../../model/cost.ts";

/*
 * What Cost Explorer's dimension RECORD_TYPE says. The values are those of bills, some of them in words.
 * Source: CUR user guide, "lineItem/LineItemType"; Cost Management user guide, "Charge type" filter.
 */
const RECORDS: readonly (readonly [RegExp, ChargeKind])[] = [
  [/^(Usage|DiscountedUsage|SavingsPlanCoveredUsage)$/, "usage"],
  [/^Tax$/, "tax"],
  [/^Support/, "support"],
  [/^Credit$/, "credit"],
  [/^Refund$/, "refund"],
  // It takes back what usage covered by a Savings Plan is shown with.
  [/Discount$|^SavingsPlanNegation$/, "discount"],
  [/Fee$|^(Recurring|Upfront|Subscription)\b|fee$/, "fee"],
];

export function kindOfRecord(recordType: string): ChargeKind {
  return RECORDS.find(([pattern]) => pattern.test(recordType))?.[1] ?? "other";
}

/** Services that are a kind of charge by themselves, whatever their record type. */
const SERVICES: readonly (readonly [RegExp, ChargeKind])[] = [
  [/^Tax$/, "tax"],
  [/^AWS (Premium )?Support/, "support"],
  [/^AWS Data Transfer$/, "transfer"],
];

/** @param record of the line's record type */
export function kindOf(service: string, record: ChargeKind): ChargeKind {
  if (record !== "usage" && record !== "fee" && record !== "other") return record;
  return SERVICES.find(([pattern]) => pattern.test(service))?.[1] ?? record;
}
