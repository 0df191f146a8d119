import { CloudWatchClient, type MetricDataQuery, paginateGetMetricData } from "@aws-sdk/client-cloudwatch";
import type { Region } from "../model/brand.ts";
import type { Connection } from "./connection.ts";

/** One series of hourly values. */
export interface SeriesQuery {
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: "Maximum" | "Sum";
  readonly dimensions: Readonly<Record<string, string>>;
}

/** The values that AWS has, newest first; hours without data are left out. Undefined = AWS gave only a part of them. */
export type Series = readonly number[] | undefined;

/**
 * AWS's greatest number of metrics a call; of data points it takes 100,800, and more come on further pages.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
const QUERIES_A_CALL = 500;
const HOUR_MS = 3_600_000;
const LATE_MS = 15 * 60_000;

/**
 * Reads the hourly values of many metrics of one region, in the order asked.
 * @param hours how many whole hours back from now
 * @param largestPage data points a page, for tests
 * @throws EvenkeelError what the call throws, ACCESS_DENIED (cloudwatch:GetMetricData) among them
 */
export async function readSeries(
  { client, clock }: Connection,
  region: Region,
  hours: number,
  queries: readonly SeriesQuery[],
  largestPage?: number,
): Promise<Series[]> {
  // The hour that has begun is not whole yet, and some services publish minutes late.
  const end = Math.floor((clock.now() - LATE_MS) / HOUR_MS) * HOUR_MS;
  const StartTime = new Date(end - hours * HOUR_MS);
  const cloudwatch = client(CloudWatchClient, region, "read");
  const paging = { client: cloudwatch, ...(largestPage ? { pageSize: largestPage } : {}) };
  const found: Series[] = [];
  for (const batch of batches(queries)) {
    const values = new Map<string, number[]>();
    const partial = new Set<string>();
    const input = { StartTime, EndTime: new Date(end), MetricDataQueries: batch.map(queryOf) };
    for await (const page of paginateGetMetricData(paging, input))
      for (const { Id = "", Values = [], StatusCode } of page.MetricDataResults ?? []) {
        values.set(Id, [...(values.get(Id) ?? []), ...Values]);
        // PartialData says that a further page has the rest, which then says Complete.
        if (StatusCode === "Complete") partial.delete(Id);
        else partial.add(Id);
      }
    found.push(...batch.map((_, index) => (partial.has(idOf(index)) ? undefined : values.get(idOf(index)))));
  }
  return found;
}

function batches(queries: readonly SeriesQuery[]): SeriesQuery[][] {
  return Array.from({ length: Math.ceil(queries.length / QUERIES_A_CALL) }, (_, index) =>
    queries.slice(index * QUERIES_A_CALL, (index + 1) * QUERIES_A_CALL),
  );
}

/** An id of a query begins with a small letter. */
const idOf = (index: number) => `q${index}`;

function queryOf({ namespace, metric, statistic, dimensions }: SeriesQuery, index: number): MetricDataQuery {
  return {
    Id: idOf(index),
    MetricStat: {
      Metric: {
        Namespace: namespace,
        MetricName: metric,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: HOUR_MS / 1000,
      Stat: statistic,
    },
  };
}
