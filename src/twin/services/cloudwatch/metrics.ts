import type { GetMetricDataCommandInput, MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import { METRIC_ROWS, type MetricPoint, type MetricRow, metricKey, minutesOf, statisticOf } from "../../metrics.ts";
import { AwsFault, type Call, page, type Stored } from "../../service.ts";

/** Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const MOST_QUERIES = 500;
const MOST_POINTS = 100_800;
const HOUR_MS = 3_600_000;

interface Point {
  readonly id: string;
  readonly at: string;
  readonly value: number;
}

/** Values of the world's metrics, newest first. A metric that nobody has seeded has no data, and is no error. */
export function getMetricData(input: Stored<GetMetricDataCommandInput>, call: Call): object {
  const queries = input.MetricDataQueries ?? [];
  if (queries.length > MOST_QUERIES)
    throw new AwsFault("ValidationError", "The collection MetricDataQueries must not have a size greater than 500.");
  const ids = queries.map(({ Id }) => Id ?? "");
  if (new Set(ids).size < ids.length)
    throw new AwsFault("ValidationError", "The values for parameter id are not unique.");
  const wrong = ids.find((id) => !/^[a-z][A-Za-z0-9_]*$/.test(id));
  if (wrong !== undefined)
    throw new AwsFault("ValidationError", `The value ${wrong} for parameter Id is not matching.`);
  const points = queries.flatMap((query) => pointsOf(query, input, call));
  const request = { token: input.NextToken, max: input.MaxDatapoints };
  const { items, next } = page(points, request, { max: MOST_POINTS });
  const last = items.at(-1);
  const later = new Set(last ? points.slice(points.indexOf(last) + 1).map(({ id }) => id) : []);
  const told = input.NextToken === undefined ? ids : [...new Set(items.map(({ id }) => id))];
  return {
    MetricDataResults: told.map((id) => {
      const own = items.filter((point) => point.id === id);
      return {
        Id: id,
        Label: queries.find(({ Id }) => Id === id)?.MetricStat?.Metric?.MetricName,
        Timestamps: own.map(({ at }) => at),
        Values: own.map(({ value }) => value),
        StatusCode: later.has(id) ? "PartialData" : "Complete",
      };
    }),
    NextToken: next,
    Messages: [],
  };
}

function pointsOf(query: Stored<MetricDataQuery>, input: Stored<GetMetricDataCommandInput>, call: Call): Point[] {
  const { Id: id = "", MetricStat: stat } = query;
  const { Namespace = "", MetricName = "", Dimensions = [] } = stat?.Metric ?? {};
  const dimensions = Object.fromEntries(Dimensions.map(({ Name = "", Value = "" }) => [Name, Value]));
  const key = metricKey(Namespace, MetricName, dimensions);
  const period = (stat?.Period ?? 60) * 1000;
  const [begin, end] = [Date.parse(input.StartTime ?? ""), Math.min(Date.parse(input.EndTime ?? ""), call.millis())];
  const minutes = minutesOf(call, key, begin, end);
  if (minutes) return periodsOf(minutes, period, begin).map((point) => ({ id, ...point(stat?.Stat ?? "") }));
  const row = call.table<MetricRow>(METRIC_ROWS).get(key);
  if (!row) return [];
  const first = Math.max(begin, Date.parse(row.from));
  const last = row.to === null ? end : Math.min(end, Date.parse(row.to));
  const value = stat?.Stat === "Sum" ? (row.hourly * period) / HOUR_MS : row.hourly;
  const points: Point[] = [];
  for (let at = end - period; at >= begin; at -= period)
    if (at + period > first && at < last) points.push({ id, at: new Date(at).toISOString(), value });
  return points;
}

type Told = (statistic: string) => Omit<Point, "id">;

/** Minutes put together to periods, newest first. */
function periodsOf(minutes: readonly MetricPoint[], period: number, begin: number): Told[] {
  const periods = new Map<number, MetricPoint[]>();
  for (const minute of minutes) {
    const at = begin + Math.floor((minute.at - begin) / period) * period;
    periods.set(at, [...(periods.get(at) ?? []), minute]);
  }
  const all = [...periods].map(([at, points]): Told => {
    return (statistic) => ({ at: new Date(at).toISOString(), value: statisticOf(points, statistic) ?? 0 });
  });
  return all.reverse();
}
