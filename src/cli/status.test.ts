import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { verbTrial } from "../../tests/contract/verbs.ts";
import { EXIT } from "../model/errors.ts";
import { STATUS_COLUMNS } from "../report/status/record.ts";
import { FAULTS } from "../twin/faults.ts";
import { commandLine } from "./trial.test-data.ts";

/** Of the trial's terminal. */
const WIDTH = 80;

async function account(terminal = false) {
  const { context, twin } = await verbTrial();
  const { run } = commandLine({ connect: async () => context.connection, terminal });
  return { run, twin };
}

describe("evenkeel status", () => {
  it("prints one line a resource, the sums, what could be done, and what comes next", async () => {
    const { run } = await account(true);
    const { code, stdout, stderr } = await run("status");

    expect(code).toBe(EXIT.done);
    expect(stdout).toContain("What could be done");
    expect(stdout).toMatch(/^all /m);
    expect(stderr).toMatch(/Next: evenkeel pause --type rds:cluster --region us-east-1 --id analytics --dry-run/);
  });

  it("is no wider than the terminal, but for what is copied", async () => {
    const { run } = await account(true);
    const { stdout } = await run("status", "--no-color");
    const wide = stdout.split("\n").filter((line) => stringWidth(line) > WIDTH && !line.includes("evenkeel "));

    expect(wide).toEqual([]);
  });

  // Without prices: a store on disk takes real time, in which a virtual clock runs out of patience with the price list.
  it("prints the same rows as JSON and as CSV", async () => {
    const { run } = await account();
    const json = await run("status", "--no-prices", "--output", "json");
    const csv = await run("status", "--no-prices", "--output", "csv");
    const { rows } = JSON.parse(json.stdout) as { rows: Record<string, string | null>[] };
    const [heading, ...lines] = csv.stdout.trimEnd().split("\r\n");

    expect(heading).toBe(STATUS_COLUMNS.join(","));
    expect(lines).toHaveLength(rows.length);
    for (const [index, line] of lines.entries()) {
      expect(line).toContain(`,${rows[index]?.arn},`);
      expect(line).toContain(`,${rows[index]?.idle ?? ""},`);
    }
  });

  it("makes no call to CloudWatch or the price list that is not wanted", async () => {
    const { run, twin } = await account();
    const { code } = await run("status", "--no-prices", "--no-idle");

    expect(code).toBe(EXIT.done);
    expect(twin.log.filter(({ operation }) => /GetMetricData|GetProducts|Reserved/.test(operation))).toEqual([]);
  });

  it("ends with 5 where something could not be read, and with 2 before any call where it was typed wrong", async () => {
    const { run, twin } = await account();
    twin.faults = [{ ...FAULTS.denied, service: "rds", operation: "DescribeDBInstances" }];
    const denied = await run("status", "--type", "rds:db", "--output", "csv");
    expect(denied.code).toBe(EXIT.partial);
    expect(denied.stderr).toContain("rds:DescribeDBInstances");

    twin.log.length = 0;
    expect((await run("status", "--type", "ec2:instanze")).code).toBe(EXIT.usage);
    expect(twin.log).toEqual([]);
  });
});
