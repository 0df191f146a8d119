import type { JsonObject } from "../model/json.ts";
import type { World } from "./world.ts";

/** The kind of row that holds a metric's values. */
export const METRIC_ROWS = "cloudwatch.metric";

/** A metric that has the same value in every hour between two instants. */
export interface MetricRow extends JsonObject {
  /** Each hour's peak, and its sum. */
  readonly hourly: number;
  /** ISO; the first hour that has a data point. */
  readonly from: string;
  /** ISO; absent = it goes on. */
  readonly to: string | null;
}

/** What names a metric, as a row's key. */
export function metricKey(namespace: string, metric: string, dimensions: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return [namespace, metric, ...sorted.map(([name, value]) => `${name}=${value}`)].join("|");
}

/** A metric to be put into a world. */
export interface SeededMetric {
  readonly account: string;
  readonly region: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly hourly: number;
  readonly from: string;
  readonly to?: string;
}

/** Gives a world the values of a metric; without, AWS has no data of it. */
export function seedMetric(world: World, seeded: SeededMetric): void {
  const { account, region, namespace, metric, dimensions, hourly, from, to = null } = seeded;
  const regions = world.accounts[account]?.regions ?? {};
  regions[region] ??= {};
  const rows = regions[region];
  rows[METRIC_ROWS] ??= {};
  rows[METRIC_ROWS][metricKey(namespace, metric, dimensions)] = { hourly, from, to };
}
