import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { verbTrial } from "../../tests/contract/verbs.ts";
import type { CostResult } from "../model/cost.ts";
import { EvenkeelError, EXIT } from "../model/errors.ts";
import { commandLine } from "./trial.test-data.ts";

/** The demo's. */
const ACCOUNT = "111122223333";

const HEADING =
  "line_item_usage_start_date,line_item_usage_end_date,line_item_line_item_type,line_item_currency_code,line_item_product_code,line_item_usage_account_id,product_region_code,line_item_resource_id,line_item_usage_type,line_item_unblended_cost";

/** A line of CUR 2.0. */
function line(
  day: string,
  resource: string,
  cost: string,
  { type = "Usage", product = "AmazonEC2", account = ACCOUNT } = {},
): string {
  return [
    `${day}T00:00:00Z`,
    `${day}T01:00:00Z`,
    type,
    "USD",
    product,
    account,
    "eu-west-1",
    resource,
    "BoxUsage",
    cost,
  ].join(",");
}

/** The demo account with its baseline of 2026-01-13, a bill, and the command line. */
async function account(lines: (instance: string) => readonly string[], signedIn = true) {
  const { context } = await verbTrial();
  const { run, folder } = commandLine({
    connect: async () => context.connection,
    clock: context.clock,
  });
  expect((await run("snapshot", "create", "base")).code).toBe(EXIT.done);
  const exported = await run("snapshot", "export", "base");
  const instance = /arn:aws:ec2:eu-west-1:[0-9]+:instance.(i-[0-9a-f]+)/.exec(exported.stdout)?.[1] ?? "";
  const bill = join(folder, "bill.csv");
  await writeFile(bill, `${[HEADING, ...lines(instance)].join("\n")}\n`);
  return { run, bill, folder, instance, signedIn };
}

const jsonOf = (stdout: string) => JSON.parse(stdout) as CostResult;

/** Loading DuckDB and listing an account take their time on a busy machine. */
const PATIENT = { timeout: 60_000 };

describe("evenkeel cost --bill", PATIENT, () => {
  const usual = (instance: string) => [
    line("2026-01-13", instance, "1.10"),
    line("2026-01-14", instance, "1.10"),
    line("2026-01-14", `arn:aws:sqs:eu-west-1:${ACCOUNT}:new`, "0.0000004", { product: "AWSQueueService" }),
    line("2026-01-14", "", "0.25", { type: "Tax" }),
    line("2026-01-15", instance, "9"),
  ];

  it("splits the days that were asked for, the last one counted, to the last digit", async () => {
    const { run, bill } = await account(usual);
    const { code, stdout } = await run("cost", "--bill", bill, "--end-date", "2026-01-14", "--output", "json");

    expect(code).toBe(EXIT.done);
    expect(jsonOf(stdout)).toMatchObject({
      account: ACCOUNT,
      days: { start: "2026-01-13", end: "2026-01-14" },
      total: { baseline: "2.2", notBaseline: "0.0000004", unallocated: "0.25", total: "2.4500004" },
      sourceTotal: "2.4500004",
      unallocated: [{ reason: "tax", amount: "0.25" }],
      source: { kind: "bill" },
    });
  });

  it("groups by service and type, by day", async () => {
    const { run, bill } = await account(usual);
    const { stdout } = await run(
      "cost",
      "--bill",
      bill,
      "--granularity",
      "daily",
      "--group-by",
      "service,type",
      "--output",
      "csv",
    );
    const rows = stdout
      .trimEnd()
      .split("\r\n")
      .map((row) => row.split(",").slice(0, 8).join(" "));

    expect(rows).toEqual([
      "start end service type baseline notBaseline unallocated total",
      "2026-01-13 2026-01-13 AmazonEC2 AWS::EC2::Instance 1.1 0 0 1.1",
      "2026-01-14 2026-01-14 AmazonEC2 AWS::EC2::Instance 1.1 0 0 1.1",
      "2026-01-14 2026-01-14 AmazonEC2  0 0 0.25 0.25",
      "2026-01-14 2026-01-14 AWSQueueService AWS::SQS::Queue 0 0.0000004 0 0.0000004",
      "2026-01-15 2026-01-15 AmazonEC2 AWS::EC2::Instance 9 0 0 9",
    ]);
  });

  it("says what of the bill could not be read, and ends with exit code 5", async () => {
    const { run, bill } = await account((instance) => [
      line("2026-01-13", instance, "1"),
      line("2026-01-13", instance, "much"),
    ]);
    const { code, stdout } = await run("cost", "--bill", bill);

    expect(code).toBe(EXIT.partial);
    expect(stdout).toMatch(/1 line/);
  });

  it("is a page with charts", async () => {
    const { run, bill } = await account(usual);
    const { stdout } = await run("cost", "--bill", bill, "--output", "html");
    expect(stdout).toMatch(/^<!doctype html>/i);
  });

  it("needs nobody to be signed in, where the store has one account and no groups to ask about", async () => {
    const { bill, folder } = await account(usual);
    const connect = () => Promise.reject(new EvenkeelError("NO_CREDENTIALS", "nobody is signed in"));
    const { run } = commandLine({ connect, env: { EVENKEEL_STORE: `file:${join(folder, "store")}` } });
    const { code, stdout } = await run("cost", "--bill", bill, "--output", "json");

    expect(code).toBe(EXIT.done);
    expect(jsonOf(stdout).total.baseline).toBe("11.2");
  });
});

describe("evenkeel cost refuses", PATIENT, () => {
  it.each([
    [["--group-by", "colour"], EXIT.usage, /none of service, region/],
    [["--group-by", "service,service"], EXIT.usage, /twice/],
    [["--bill", "x.csv", "--resources"], EXIT.usage, /exclude each other/],
    [["--currency", "EUR"], EXIT.usage, /for bill files/],
    [["--granularity", "hourly"], EXIT.usage, /hourly/],
  ])("%j before any call", async (argv, code, message) => {
    const { run } = commandLine();
    const ran = await run("cost", ...argv);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toMatch(message);
  });

  it("a store without a baseline, with exit code 4", async () => {
    const { context } = await verbTrial();
    const { run } = commandLine({ connect: async () => context.connection });
    const { code, stderr } = await run("cost");
    expect(code).toBe(EXIT.notFound);
    expect(stderr).toMatch(/snapshot create/);
  });

  it.each([
    ["no such file", "nowhere.csv", /nowhere.csv/],
    ["a file that is no bill", "evenkeel.yaml", /evenkeel.yaml/],
  ])("%s, with exit code 2", async (_, name, message) => {
    const { run, folder } = await account(() => []);
    await writeFile(join(folder, "evenkeel.yaml"), "regions: [eu-west-1]\n");
    const { code, stderr } = await run("cost", "--bill", join(folder, name));
    expect(code).toBe(EXIT.usage);
    expect(stderr).toMatch(message);
  });

  it("days that make no sense, with exit code 2", async () => {
    const { run, bill } = await account((instance) => [line("2026-01-13", instance, "1")]);
    const { code, stderr } = await run("cost", "--bill", bill, "--start-date", "2026-02-30");
    expect(code).toBe(EXIT.usage);
    expect(stderr).toMatch(/no day of the calendar/);
  });
});
