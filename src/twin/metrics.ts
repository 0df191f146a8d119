import type { JsonObject } from "../model/json.ts";
import { AwsFault, type Call, type Table } from "./service.ts";
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

/** Values of one minute, as CloudWatch keeps them. */
export interface MetricPoint {
  /** When the minute began, milliseconds. */
  readonly at: number;
  readonly sum: number;
  readonly count: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** The minutes of a metric that have data, oldest first. */
interface PointsRow {
  readonly points: MetricPoint[];
}

const pointRows = (call: Call): Table<PointsRow> => call.table<PointsRow>("cloudwatch.metric-points");

/** Adds a value to the minute in which it falls. Values come in the order of time. */
export function recordValue(call: Call, key: string, at: number, value: number): void {
  const { points } = pointRows(call).get(key) ?? pointRows(call).put(key, { points: [] });
  const minute = Math.floor(at / 60_000) * 60_000;
  const last = points.at(-1);
  if (last?.at !== minute) {
    points.push({ at: minute, sum: value, count: 1, minimum: value, maximum: value });
    return;
  }
  points[points.length - 1] = {
    at: minute,
    sum: last.sum + value,
    count: last.count + 1,
    minimum: Math.min(last.minimum, value),
    maximum: Math.max(last.maximum, value),
  };
}

/** The minutes of a metric from one instant to before another; undefined = it has no minutes at all. */
export function minutesOf(call: Call, key: string, from: number, to: number): MetricPoint[] | undefined {
  const points = pointRows(call).get(key)?.points;
  if (!points) return undefined;
  let begin = points.length;
  while (begin > 0 && (points[begin - 1]?.at ?? 0) >= from) begin -= 1;
  return points.slice(begin).filter(({ at }) => at < to);
}

const STATISTICS: Readonly<Record<string, (all: readonly MetricPoint[]) => number>> = {
  Sum: (all) => all.reduce((sum, each) => sum + each.sum, 0),
  SampleCount: (all) => all.reduce((sum, each) => sum + each.count, 0),
  Average: (all) => (STATISTICS.Sum?.(all) ?? 0) / (STATISTICS.SampleCount?.(all) ?? 1),
  Minimum: (all) => Math.min(...all.map(({ minimum }) => minimum)),
  Maximum: (all) => Math.max(...all.map(({ maximum }) => maximum)),
};

/** One value of several minutes; undefined = there is no data. @throws AwsFault for percentiles and the like */
export function statisticOf(points: readonly MetricPoint[], statistic: string): number | undefined {
  const compute = STATISTICS[statistic];
  if (!compute) throw new AwsFault("UnknownOperation", `The twin does not simulate the statistic ${statistic}.`, 501);
  return points.length > 0 ? compute(points) : undefined;
}
