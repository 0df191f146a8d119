import type { AccountId } from "../../../model/brand.ts";
import type { CostMetric, Days, Granularity, GroupKey } from "../../../model/cost.ts";
import type { CostKey, CostQuestion } from "../../../model/cost-question.ts";
import { EvenkeelError } from "../../../model/errors.ts";

/** What is asked of Cost Explorer. */
export interface ExplorerQuery {
  readonly days: Days;
  readonly granularity: Granularity;
  readonly groupBy: readonly GroupKey[];
  readonly metric: CostMetric;
  /** Only this account's costs: a management account sees those of all. */
  readonly account?: AccountId;
}

/** Group keys that every answer tells: each is by service, and a type follows from a resource. */
const ALWAYS: readonly GroupKey[] = ["service", "type"];

/**
 * What has to be asked for besides the service; undefined = nothing.
 * @throws EvenkeelError USAGE when it is more than one: AWS groups by two at most
 */
export function secondKey(groupBy: readonly GroupKey[]): CostKey | undefined {
  const [second, ...more] = new Set(groupBy.filter((key) => !ALWAYS.includes(key)));
  if (more.length > 0)
    throw new EvenkeelError("USAGE", "Cost Explorer groups by service and one more of region, account and a tag", {
      hint: "group by one of them, or take a bill file: `--bill`",
    });
  if (second === undefined || second === "service" || second === "type") return undefined;
  if (second === "region") return "REGION";
  return second === "account" ? "LINKED_ACCOUNT" : `TAG:${second.slice("tag:".length)}`;
}

export function questionOf(
  { days, granularity, metric, account }: ExplorerQuery,
  groupBy: readonly CostKey[],
  only: CostQuestion["only"] = [],
): CostQuestion {
  const accounts = account === undefined ? [] : [{ key: "LINKED_ACCOUNT" as const, values: [account] }];
  return { days, granularity, metric, groupBy, only: [...only, ...accounts], withResources: false };
}

/** What a sum is of. */
export interface Of {
  readonly service: string;
  /** The value of the second key; empty text = none. */
  readonly second: string;
  readonly type?: string | undefined;
}

/** The values of the group keys, in their order. */
export function groupOf(groupBy: readonly GroupKey[], { service, second, type = "" }: Of): string[] {
  return groupBy.map((key) => (key === "service" ? service : key === "type" ? type : second));
}
