import type { Region } from "../../model/brand.ts";
import { dayOf } from "../../model/calendar.ts";
import type {
  Asked,
  Charged,
  CostMetric,
  CostResult,
  CostSource,
  Days,
  Granularity,
  GroupKey,
  SourceSplit,
  Verdict,
} from "../../model/cost.ts";
import { EvenkeelError, isError } from "../../model/errors.ts";
import type { VerbContext } from "../context.ts";
import { type BilledBaseline, billedBaseline, otherBaseline } from "./baseline.ts";
import type { CostContext } from "./context.ts";
import { judgeBy } from "./judge.ts";
import { scaledMembers } from "./members.ts";
import { type AskedDays, costDays } from "./period.ts";
import { rowsOf, splitOf, unallocatedIn } from "./rows.ts";

export interface CostRequest extends AskedDays {
  /** Instead of the baseline. */
  readonly snapshot?: string;
  readonly granularity: Granularity;
  readonly groupBy: readonly GroupKey[];
  readonly metric: CostMetric;
}

/** What a source is asked, whatever it is. */
export interface SourceQuestion {
  readonly days: Days;
  readonly granularity: Granularity;
  readonly groupBy: readonly GroupKey[];
  readonly metric: CostMetric;
  readonly judge: (charged: Charged) => Verdict;
}

/** What a source answers. */
export interface SourceAnswer {
  readonly source: CostSource;
  readonly split: SourceSplit;
  readonly asked?: Asked;
}

/** Where figures come from: bill files, or Cost Explorer. */
export interface BillSource {
  /** The days that there are; absent = not bounded by what is at hand. */
  readonly span?: Days;
  /** Whose charges there are; absent = those of one account alone. */
  accounts?(): Promise<readonly string[]>;
  /** Throws for what it can tell without a call that it has no answer to. */
  refuse?(question: Omit<SourceQuestion, "judge">): void;
  split(question: SourceQuestion): Promise<SourceAnswer>;
}

/**
 * What was spent in a period, split into what is in the baseline, what is not, and what can't be said. Changes nothing.
 * @throws EvenkeelError NO_BASELINE; USAGE for days that make no sense; what the source throws
 */
export async function cost(context: CostContext, source: BillSource, request: CostRequest): Promise<CostResult> {
  const { store, account, clock } = context;
  const { granularity, groupBy, metric } = request;
  const baseline = await billedBaseline(store, account, request.snapshot);
  const { name, startedAt } = baseline.header;
  const bounds = {
    now: clock.now(),
    baseline: dayOf(Date.parse(startedAt)),
    ...(source.span ? { bill: source.span } : {}),
  };
  const { days, notes } = costDays(request, bounds);
  const question = { days, granularity, groupBy, metric };
  source.refuse?.(question);
  const { notes: ofOthers, ...known } = await others(context, baseline, source);
  const judge = judgeBy({ account, ...known });
  const { split, ...answer } = await source.split({ ...question, judge });
  const total = splitOf(split.parts);
  if (total.total !== split.total)
    throw new EvenkeelError(
      "BUG",
      `the rows add up to ${total.total} ${split.currency}, the source says ${split.total}`,
    );
  return {
    account,
    baseline: { name, startedAt },
    days,
    granularity,
    metric,
    currency: split.currency,
    groupBy,
    ...answer,
    rows: rowsOf(split.parts, { days, granularity, now: clock.now() }),
    total,
    sourceTotal: split.total,
    unallocated: unallocatedIn(split.parts),
    malformed: split.malformed,
    notes: [...notes, ...ofOthers, ...split.notes],
  };
}

/** What else is known: the baselines of other accounts in the store, what has launched the instances of now, all regions. */
async function others({ store, account, accounts, verb }: CostContext, own: BilledBaseline, source: BillSource) {
  const baselines = new Map([[account, own]]);
  const notes: string[] = [];
  const strangers = accounts.filter((each) => each !== account);
  const charged = strangers.length === 0 ? [] : await source.accounts?.();
  for (const each of strangers.filter((one) => charged?.includes(one))) {
    const other = await otherBaseline(store, each);
    if (isError(other)) notes.push(`the charges of account ${each} are on no side: ${other.message}`);
    else if (other) baselines.set(each, other);
  }
  // Where a bill needs no more than the baseline nobody has to sign in.
  const signedIn = source.span && own.makers.size === 0 ? undefined : await verb();
  return {
    baselines,
    notes,
    members: signedIn ? await scaledMembers(signedIn, own) : new Map<string, string | null>(),
    everywhere: signedIn && (await regionsOf(signedIn)),
  };
}

async function regionsOf({ connection }: VerbContext): Promise<readonly Region[] | undefined> {
  try {
    return await connection.enabledRegions();
  } catch (error) {
    if (isError(error, "ACCESS_DENIED")) return undefined;
    throw error;
  }
}
