import { afterAll, beforeAll, expect, it } from "vitest";
import { virtualClock } from "../../src/twin/clock.ts";
import { createTwin } from "../../src/twin/twin.ts";
import { startServer } from "../../src/twin/wire/server.ts";
import { emptyWorld } from "../../src/twin/world.ts";
import { ACCOUNT } from "../contract/account.ts";
import { COMPUTE, charge, NOW, units } from "../contract/explorer-trial.ts";
import { type Aws, openAws } from "../moto/awscli.ts";
import { describeMoto } from "../moto/describe-moto.ts";

interface Answer {
  readonly NextPageToken?: string;
  readonly ResultsByTime: readonly {
    readonly TimePeriod: { readonly Start: string; readonly End: string };
    readonly Total: Readonly<Record<string, { readonly Amount: string; readonly Unit: string }>>;
    readonly Groups: readonly {
      readonly Keys: readonly string[];
      readonly Metrics: Readonly<Record<string, { readonly Amount: string; readonly Unit: string }>>;
    }[];
    readonly Estimated: boolean;
  }[];
}

/** Forty resources on two days: several pages. */
const CHARGES = Array.from({ length: 40 }, (_, at) =>
  charge({ day: `2026-03-${10 + (at % 2)}`, resource: `i-${at}`, amount: `${at}.000000000${at % 10}` }),
);

describeMoto("awscli's `aws ce` on the twin, over HTTP", () => {
  const world = { ...emptyWorld([ACCOUNT], NOW), charges: CHARGES };
  Object.assign(world.accounts[ACCOUNT] ?? {}, { costsByResource: true });
  const twin = createTwin({ world, clock: virtualClock(NOW), strict: true });
  const stops: (() => Promise<unknown>)[] = [];
  let aws: Aws;
  beforeAll(async () => {
    const server = await startServer(twin, { port: 0 });
    stops.push(() => server.close());
    aws = await openAws(server.url, "us-east-1");
    stops.unshift(() => aws.close());
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
  });
  const period = ["--time-period", "Start=2026-03-10,End=2026-03-12", "--metrics", "UnblendedCost"];
  const ask = async (command: string, ...more: (string | object)[]) =>
    (await aws.call(`ce ${command}`, ...period, ...more)) as Answer;

  it("reads a total and the groups, which add up to it", async () => {
    const total = await ask("get-cost-and-usage", "--granularity", "MONTHLY");
    expect(total.ResultsByTime).toHaveLength(1);
    const { Total, TimePeriod, Estimated } = total.ResultsByTime[0] ?? {};
    expect(TimePeriod).toEqual({ Start: "2026-03-10", End: "2026-03-12" });
    expect(Estimated).toBe(true);
    expect(units([Total?.UnblendedCost?.Amount ?? ""])).toBe(units(CHARGES.map(({ amount }) => amount)));

    const groups = await ask(
      "get-cost-and-usage",
      "--granularity",
      "DAILY",
      "--group-by",
      "Type=DIMENSION,Key=SERVICE",
      "Type=TAG,Key=team",
    );
    expect(groups.ResultsByTime.map(({ Groups }) => Groups.map(({ Keys }) => Keys))).toEqual([
      [[COMPUTE, "team$"]],
      [[COMPUTE, "team$"]],
    ]);
  });

  it("follows the pages of resources", async () => {
    const filter = { Dimensions: { Key: "SERVICE", Values: [COMPUTE] } };
    const request = ["--granularity", "DAILY", "--filter", filter, "--group-by", "Type=DIMENSION,Key=RESOURCE_ID"];
    const pages: Answer[] = [];
    for (let token: string | undefined = ""; token !== undefined; token = pages.at(-1)?.NextPageToken)
      pages.push(
        await ask("get-cost-and-usage-with-resources", ...request, ...(token ? ["--next-page-token", token] : [])),
      );

    const groups = pages.flatMap(({ ResultsByTime }) => ResultsByTime.flatMap(({ Groups }) => Groups));
    expect(pages.length).toBeGreaterThan(2);
    expect(new Set(groups.map(({ Keys }) => Keys[0])).size).toBe(40);
    expect(units(groups.map(({ Metrics }) => Metrics.UnblendedCost?.Amount ?? ""))).toBe(
      units(CHARGES.map(({ amount }) => amount)),
    );
  });

  it("is refused in AWS's words", async () => {
    await expect(
      ask("get-cost-and-usage", "--granularity", "DAILY", "--filter", {
        Dimensions: { Key: "RESOURCE_ID", Values: ["i-0"] },
      }),
    ).rejects.toMatchObject({ code: "ValidationException" });
    await expect(
      aws.call(
        "ce get-cost-and-usage --granularity DAILY --metrics UnblendedCost --time-period Start=2024-01-01,End=2024-02-01",
      ),
    ).rejects.toMatchObject({ code: "ValidationException", message: expect.stringContaining("14 months") });
  });

  it("has found no gap in the twin", () => {
    expect(twin.errors).toEqual([]);
    expect([...twin.unknownOperations]).toEqual([]);
  });
});
