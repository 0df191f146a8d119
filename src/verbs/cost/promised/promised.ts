import { type AccountId, type IsoInstant, instant } from "../../../model/brand.ts";
import { addDays } from "../../../model/calendar.ts";
import type { CostMetric, Days } from "../../../model/cost.ts";
import { grouped } from "../../../model/grouped.ts";
import { type Amount, minus, sum } from "../../../model/money.ts";
import type { Bill, Spelled } from "../../../store/bill/contract.ts";
import type { OfflineContext } from "../../context.ts";
import { type Measured, measure, type Unmeasured } from "./measure.ts";
import { type Stay, staysOf } from "./stays.ts";

/** What past pauses have promised, held against a bill. */
export interface PromisedResult {
  readonly account: AccountId;
  readonly metric: CostMetric;
  readonly currency: string;
  readonly bill: { readonly format: string; readonly files: readonly string[]; readonly span: Days };
  /** The oldest pause first. */
  readonly measured: readonly Measured[];
  /** In no sum. */
  readonly unmeasured: readonly Unmeasured[];
  readonly total: { readonly promised: Amount; readonly shown: Amount; readonly difference: Amount };
  /** Runs that could not be read. */
  readonly damaged: readonly string[];
}

/**
 * Compares what the plans of past pauses promised to save with what the bill shows: the paused hours against the week before.
 * Changes nothing, calls nobody.
 */
export async function promised(
  context: OfflineContext,
  bill: Bill,
  { account, metric }: { readonly account: AccountId; readonly metric: CostMetric },
): Promise<PromisedResult> {
  const { stays, damaged } = await staysOf(context, account);
  const { format, files, span } = bill;
  const between = { from: instant(span.start), to: instant(addDays(span.end, 1)) };
  const hours = grouped(await bill.hoursOf(spelledIn(stays), between, metric), ({ resource }) => resource);
  const all = stays.map((stay) => {
    const after = endBefore(stay, stays);
    const own = hours.get(stay.target.arn) ?? [];
    return measure(stay, { span, hours: own, ...(after === undefined ? {} : { after }) });
  });
  const measured = all.filter((each) => "shown" in each);
  const sums = { promised: sum(measured.map((each) => each.promised)), shown: sum(measured.map((each) => each.shown)) };
  return {
    account,
    metric,
    currency: stays.flatMap(({ money }) => money?.currency ?? [])[0] ?? "USD",
    bill: { format, files, span },
    measured,
    unmeasured: all.filter((each) => "reason" in each),
    total: { ...sums, difference: minus(sums.shown, sums.promised) },
    damaged,
  };
}

/** A resource with everything that its promise was of: a group's instances, an instance's volumes. */
function spelledIn(stays: readonly Stay[]): Spelled[] {
  const spellings = new Map<string, Set<string>>();
  for (const { target, money } of stays) {
    const of = spellings.get(target.arn) ?? new Set([target.id]);
    for (const part of money?.parts ?? []) if (part.of !== undefined) of.add(part.of);
    spellings.set(target.arn, of);
  }
  return [...spellings].map(([resource, of]) => ({ resource, spellings: [...of] }));
}

function endBefore({ target, from }: Stay, stays: readonly Stay[]): IsoInstant | undefined {
  const ends = stays.flatMap((each) => (each.target.arn === target.arn && each.from < from ? (each.to ?? []) : []));
  return ends.sort().at(-1);
}
