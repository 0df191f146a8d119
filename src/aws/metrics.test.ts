import { describe, expect, it } from "vitest";
import { verbTrial } from "../../tests/contract/verbs.ts";
import type { Region } from "../model/brand.ts";
import { seedMetric } from "../twin/metrics.ts";
import { readSeries } from "./metrics.ts";

const REGION = "eu-west-1" as Region;
const query = (id: string, statistic: "Sum" | "Maximum" = "Maximum") => ({
  ...{ namespace: "Test", metric: "Load", statistic, dimensions: { Id: id } },
});

async function trial(ids: readonly string[], from = "2026-01-01T00:00:00.000Z") {
  const { context, twin } = await verbTrial();
  const { account } = context.connection;
  for (const [index, id] of ids.entries())
    seedMetric(twin.world, {
      ...{ account, region: REGION, namespace: "Test", metric: "Load" },
      ...{ dimensions: { Id: id }, hourly: index, from },
    });
  return { connection: context.connection, twin };
}

describe("reading metrics", () => {
  it("gives whole hours in the order asked, and nothing for a metric without data", async () => {
    const { connection } = await trial(["a", "b"]);
    const series = await readSeries(connection, REGION, 3, [query("b"), query("nobody"), query("a", "Sum")]);

    expect(series).toEqual([[1, 1, 1], [], [0, 0, 0]]);
  });

  it("begins where the data begins", async () => {
    const { connection } = await trial(["a"], "2026-01-13T08:30:00.000Z");

    expect(await readSeries(connection, REGION, 24, [query("a")])).toEqual([[0, 0]]);
  });

  it("asks 500 metrics a call, and puts pages together", async () => {
    const ids = Array.from({ length: 1100 }, (_, index) => `r${index}`);
    const { connection, twin } = await trial(ids);
    twin.log.length = 0;
    const series = await readSeries(
      connection,
      REGION,
      3,
      ids.map((id) => query(id)),
    );

    expect(series).toEqual(ids.map((_, index) => [index, index, index]));
    expect(twin.log.filter(({ operation }) => operation === "GetMetricData")).toHaveLength(3);
    const some = ids.slice(0, 7).map((id) => query(id));
    expect(await readSeries(connection, REGION, 3, some, 2)).toEqual(series.slice(0, 7));
  });
});
