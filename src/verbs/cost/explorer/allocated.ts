import { daysOf } from "../../../model/calendar.ts";
import type { CostPart, CostSide, Days, Sureness } from "../../../model/cost.ts";
import { type Amount, minus, share, sign, sum } from "../../../model/money.ts";
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
  readonly sureness: Sureness;
}

/** @returns undefined = nothing is known of these resources */
export type Weigh = (about: WeightsAbout) => Promise<Weights | undefined>;

/** The rule in words, for who reads the figures. */
export const RULE =
  "each service's usage is shared by what its resources in the baseline and not in it cost by list prices, or by their number where there is no price";

const NOT_IN_CATALOG = "services whose resources are not in the catalog";
const NO_WEIGHTS = "services of which no resource is known that costs something";

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
    const about = aboutOf(query, cell);
    const weights = about && (await weigh(about));
    const shares = weights && shared(cell.amount, weights);
    if (!shares) {
      parts.push(part("unallocated", cell.amount, { reason: about ? NO_WEIGHTS : NOT_IN_CATALOG }));
      continue;
    }
    for (const side of ["baseline", "notBaseline"] as const)
      if (sign(shares[side]) !== 0) parts.push(part(side, shares[side], { sureness: weights.sureness }));
  }
  return parts;
}

/** @returns undefined = the weights are of nothing */
function shared(
  amount: Amount,
  { baseline, notBaseline }: Weights,
): Record<"baseline" | "notBaseline", Amount> | undefined {
  const whole = sum([baseline, notBaseline]);
  if (sign(whole) === 0) return undefined;
  const ofBaseline = share(amount, baseline, whole);
  return { baseline: ofBaseline, notBaseline: minus(amount, ofBaseline) };
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
