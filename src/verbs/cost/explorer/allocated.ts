import { daysOf } from "../../../model/calendar.ts";
import type { CostPart, CostSide, Days, Sureness } from "../../../model/cost.ts";
import { type Amount, minus, NOTHING, share, sign, sum } from "../../../model/money.ts";
import type { ResourceType } from "../../../model/resource.ts";
import { chargedOf, type Judge } from "./by-resources.ts";
import type { Cell } from "./cells.ts";
import { type ExplorerQuery, groupOf } from "./query.ts";
import { EXPLORER_SERVICES, productOf } from "./services.ts";

/** What of a service the resources are asked for. */
export interface WeightsAbout {
  /** As Cost Explorer calls it. */
  readonly service: string;
  /** AWS's product code, or the service's name where it is not known. */
  readonly product: string;
  /** Types of the catalog that its usage is charged for; never empty. */
  readonly types: readonly ResourceType[];
  readonly days: Days;
  /** Only there; absent = wherever. */
  readonly region?: string;
  /** Only this account's; absent = not told. */
  readonly account?: string;
}

/** What a service's resources weigh on each side: what they cost by list prices, or how many they are. Neither is negative. */
export interface Weights {
  readonly baseline: Amount;
  readonly notBaseline: Amount;
  /** What all of them cost by list prices in these days: more than that is of what is gone. Absent = not all have a price. */
  readonly explains?: Amount;
  readonly sureness: Sureness;
}

/** Why nothing can be weighed, in a few words. */
export interface Doubt {
  readonly doubt: string;
}

export type Weigh = (about: WeightsAbout) => Promise<Weights | Doubt>;

/** The rule in words, for who reads the figures. */
export const RULE =
  "each service's usage is shared by what its resources in the baseline and not in it cost by list prices, or by their number where there is no price; what is more than they cost by list prices is unallocated";

/** Each cell on its side: usage shared by weights to the last digit, the rest as a judge has it of a line without a resource. */
export async function allocated(
  query: ExplorerQuery,
  cells: readonly Cell[],
  judge: Judge,
  weigh: Weigh,
): Promise<CostPart[]> {
  const parts: CostPart[] = [];
  for (const cell of cells) {
    const part = (side: CostSide, amount: Amount, more: Partial<CostPart> = {}): CostPart => ({
      period: cell.period,
      group: groupOf(query.groupBy, cell),
      side,
      amount,
      ...more,
    });
    if (cell.kind !== "usage") {
      const { type: _, ...verdict } = judge(chargedOf(query, cell));
      parts.push({ ...part(verdict.side, cell.amount), ...verdict });
      continue;
    }
    const shares = await sharesOf(cell, aboutOf(query, cell), weigh);
    for (const side of ["baseline", "notBaseline"] as const)
      if (sign(shares[side]) !== 0) parts.push(part(side, shares[side], { sureness: shares.sureness }));
    if (sign(shares.rest) !== 0) parts.push(part("unallocated", shares.rest, { reason: shares.doubt }));
  }
  return parts;
}

/** A cell's amount on both sides, and what is on none, with the reason. The three add up to it. */
interface Shares extends Weights, Doubt {
  readonly rest: Amount;
}

async function sharesOf({ amount }: Cell, about: WeightsAbout | undefined, weigh: Weigh): Promise<Shares> {
  const none = { baseline: NOTHING, notBaseline: NOTHING, rest: amount, sureness: "by count" } as const;
  const weights = about ? await weigh(about) : { doubt: "services whose resources are not in the catalog" };
  if ("doubt" in weights) return { ...none, ...weights };
  const whole = sum([weights.baseline, weights.notBaseline]);
  if (sign(whole) === 0) return { ...none, doubt: "services whose resources cost nothing by list prices" };
  const { explains = amount } = weights;
  const known = sign(minus(amount, explains)) > 0 ? explains : amount;
  const baseline = share(known, weights.baseline, whole);
  return {
    ...weights,
    baseline,
    notBaseline: minus(known, baseline),
    rest: minus(amount, known),
    doubt: "more than what is there now costs by list prices",
  };
}

function aboutOf(query: ExplorerQuery, cell: Cell): WeightsAbout | undefined {
  const { types } = EXPLORER_SERVICES[cell.service] ?? {};
  if (!types) return undefined;
  const { region, account } = chargedOf(query, cell);
  return {
    service: cell.service,
    product: productOf(cell.service),
    types,
    days: daysOf(cell.period, query.granularity, query.days),
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
  };
}
