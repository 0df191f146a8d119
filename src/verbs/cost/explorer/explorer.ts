import { currencyOf } from "../../../aws/pricing.ts";
import { daysOf, periodOf } from "../../../model/calendar.ts";
import type { Asked, CostPart, CostSource, Day, Malformed, SourceSplit } from "../../../model/cost.ts";
import { type EvenkeelError, isError } from "../../../model/errors.ts";
import { grouped } from "../../../model/grouped.ts";
import { sum } from "../../../model/money.ts";
import { allocated, RULE, type Weigh } from "./allocated.ts";
import { expectAskable, expectShareable, type WithResources } from "./askable.ts";
import { type Asking, type AskingMeans, asking } from "./asking.ts";
import { byResources, type Judge } from "./by-resources.ts";
import { type Cells, readCells } from "./cells.ts";
import type { ExplorerQuery } from "./query.ts";

export interface ExplorerMeans extends AskingMeans {
  readonly judge: Judge;
  /** Asked only when usage has to be shared out. */
  readonly weigh: Weigh;
}

/** What Cost Explorer says of a period, split, and what it took. */
export interface Explored {
  readonly split: SourceSplit;
  readonly source: CostSource;
  readonly asked: Asked;
}

const NONE: Malformed = { lines: 0, samples: [] };

/**
 * Asks Cost Explorer what was spent, and splits it: resource by resource where AWS tells resources, else by weights.
 * @throws EvenkeelError USAGE (a period that AWS does not keep, groups that it can't make), ACCESS_DENIED, UNSUPPORTED,
 * REFUSED (more requests than a person wants to pay)
 */
export async function explore(
  query: ExplorerQuery,
  withResources: WithResources,
  means: ExplorerMeans,
): Promise<Explored> {
  const { connection, judge, weigh } = means;
  const refusal = expectAskable(query, withResources, connection.clock.now());
  const asks = asking(means);
  const cells = await readCells(query, asks);
  const resources =
    withResources === "no" || refusal ? (refusal ?? "no") : await tried(query, cells, asks, judge, withResources);
  const isExact = Array.isArray(resources);
  const parts = isExact ? resources : await allocated(query, cells.cells, judge, weigh);
  const trouble = asks.trouble();
  return {
    split: {
      parts: merged(parts),
      total: cells.total,
      currency: cells.currency ?? currencyOf(connection.partition),
      malformed: NONE,
      notes: [
        ...(isError(resources) ? [fallenBack(resources)] : []),
        ...estimatedNote(query, cells.estimated),
        ...(trouble === undefined ? [] : [trouble]),
      ],
    },
    source: isExact ? { kind: "cost-explorer-resources" } : { kind: "cost-explorer", rule: RULE },
    asked: asks.asked(),
  };
}

/** The parts, or why AWS tells no resources. */
async function tried(
  query: ExplorerQuery,
  cells: Cells,
  asks: Asking,
  judge: Judge,
  withResources: WithResources,
): Promise<CostPart[] | EvenkeelError> {
  try {
    return await byResources(query, cells, asks, judge);
  } catch (error) {
    if (withResources === "only" || !isError(error, "ACCESS_DENIED", "USAGE", "AWS_REFUSED")) throw error;
    expectShareable(query, error);
    return error;
  }
}

function fallenBack({ message, details }: EvenkeelError): string {
  const hint = details.hint === undefined ? "" : `. To see resources: ${details.hint}`;
  return `usage is shared out, as Cost Explorer tells no resources: ${message}${hint}`;
}

function estimatedNote({ days, granularity }: ExplorerQuery, starts: readonly Day[]): string[] {
  const [first, last] = [starts[0], starts.at(-1)];
  if (!first || !last) return [];
  const { start } = daysOf(periodOf(first, granularity), granularity, days);
  const { end } = daysOf(periodOf(last, granularity), granularity, days);
  return [`AWS calls the costs of ${start} to ${end} estimated: they can still change until the bill is final`];
}

/** One of each period, group, side, reason and sureness. */
function merged(parts: readonly CostPart[]): CostPart[] {
  const alike = grouped(parts, ({ period, group, side, reason, sureness }) =>
    JSON.stringify([period, group, side, reason, sureness]),
  );
  return [...alike.values()].map((same) => ({ ...same[0], amount: sum(same.map(({ amount }) => amount)) }));
}
