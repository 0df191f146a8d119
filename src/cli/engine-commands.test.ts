import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { verbTrial } from "../../tests/contract/verbs.ts";
import { FAULTS } from "../twin/faults.ts";
import { commandLine } from "./trial.test-data.ts";

const NEVER = () => Promise.reject(new Error("nothing may be called"));

describe("what is malformed costs no call", () => {
  it.each([
    [["pause", "--batch-size", "0"], "--batch-size can't be 0"],
    [["pause", "--batch-size", "1.5"], "--batch-size can't be 1.5"],
    [["pause", "--max-steps", "0"], "--max-steps can't be 0"],
    [["resume", "--batch-size", "1001"], "--batch-size can't be 1001"],
    [["apply"], "give either PLAN or --continue RUN"],
    [["apply", "plan.json", "--continue", "pause-0-1"], "give either PLAN or --continue RUN"],
    [["apply", "--continue", "pause-0-1", "--max-steps", "-1"], "--max-steps can't be -1"],
    [["runs", "show"], "RUN is missing"],
    [["runs", "shw", "x"], "one argument too many"],
    [["explain"], "ARN"],
  ])("%s", async (argv, said) => {
    const { run } = commandLine({ connect: NEVER });
    const { code, stderr } = await run(...argv);

    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  });

  it.each([
    ["guards:\n  max-step: 5\n", 'evenkeel.yaml:2:3: there is no key "max-step"; did you mean "max-steps"?'],
    ["guards:\n  max-steps: 0\n", "evenkeel.yaml:2:14: guards.max-steps: must be at least 1"],
    ["guards:\n  max-share: 2\n", "evenkeel.yaml:2:14: guards.max-share: must be at most 1"],
    ["guards:\n  accounts: [12]\n", "evenkeel.yaml:2:14: guards.accounts.0: must be a string"],
    ["guards:\n  regions: [europe]\n", "guards.regions.0: must be a region code such as eu-west-1"],
    ["guards:\n  protect:\n    - tga: env\n", 'evenkeel.yaml:3:7: there is no key "tga"; known are tag'],
  ])("refuses %j in the configuration", async (text, said) => {
    const { run, folder } = commandLine({ connect: NEVER });
    writeFileSync(join(folder, "evenkeel.yaml"), text);
    const { code, stderr } = await run("pause", "--dry-run");

    expect(code).toBe(2);
    expect(stderr).toContain(said);
  });
});

describe("guards from the configuration", () => {
  it("refuse a plan, name the file, and are lifted by what was typed", async () => {
    const { context } = await verbTrial();
    const { run, folder } = commandLine({ connect: async () => context.connection });
    writeFileSync(join(folder, "evenkeel.yaml"), "guards:\n  max-steps: 1\n");
    const refused = await run("pause", "--dry-run", "--regions", "eu-west-1");
    const lifted = await run("pause", "--dry-run", "--regions", "eu-west-1", "--max-steps", "100");

    expect([refused.code, lifted.code]).toEqual([6, 0]);
    expect(refused.stderr).toMatch(/guard max-steps allows 1 change;/);
    expect(refused.stderr).toContain(join(folder, "evenkeel.yaml"));
  });
});

describe("plan files", () => {
  it("are refused with the place of what is wrong", async () => {
    const { context } = await verbTrial();
    const { run, folder } = commandLine({ connect: async () => context.connection });
    const file = join(folder, "plan.json");
    await run("pause", "--plan-out", file, "--regions", "eu-west-1");
    const { readFileSync } = await import("node:fs");
    writeFileSync(file, readFileSync(file, "utf8").replace('"operation": "pause"', '"operation": "explode"'));
    const shown = await run("plan", "show", file);

    expect(shown.code).toBe(4);
    expect(shown.stderr).toContain("steps[0].operation");
  });
});

describe("runs and explain", () => {
  it("say so where there is nothing", async () => {
    const { context } = await verbTrial();
    const { run } = commandLine({ connect: async () => context.connection });
    const none = await run("runs");
    const missing = await run("runs", "show", "pause-0123456789ab-1");
    const gone = await run("explain", `arn:aws:ec2:eu-west-1:${context.connection.account}:instance/i-00000000`);

    expect([none.code, missing.code, gone.code]).toEqual([0, 4, 4]);
    expect(none.stdout).toContain("There are no runs.");
    expect(missing.stderr).toContain("evenkeel runs");
    expect(gone.stderr).toContain("evenkeel delta");
  });
});

describe("evenkeel pause where not everything could be read", () => {
  it("ends with 5, and does not say that nothing is there to pause", async () => {
    const { context, twin } = await verbTrial();
    const { run } = commandLine({ connect: async () => context.connection });
    twin.faults = [{ ...FAULTS.denied, service: "rds", operation: "DescribeDBInstances" }];
    const { code, stderr } = await run("pause", "--dry-run", "--no-prices", "--type", "rds:db");

    expect(code).toBe(5);
    expect(stderr).toContain("Nothing that could be read can be paused.");
  });
});

describe("evenkeel iam policy", () => {
  it("lets the backup's bucket be used for pauses and resumes, and for nothing else", async () => {
    const { run } = commandLine({ connect: NEVER });
    const policy = (verb: string) =>
      run("iam", "policy", "--verb", verb, "--type", "ec2:instance", "--backup", "s3://copies/dev");

    expect((await policy("pause")).stdout).toContain("arn:aws:s3:::copies/dev/*");
    expect((await policy("resume")).stdout).toContain("arn:aws:s3:::copies/dev/*");
    expect((await policy("delta")).stdout).not.toContain("copies");
  });
});

describe("evenkeel types", () => {
  it("tells which verbs a type takes", async () => {
    const { run } = commandLine({ connect: NEVER });

    expect((await run("types", "ec2:instance")).stdout).toContain("snapshot, delta, status, pause, resume");
    expect((await run("types", "ec2:nat-gateway")).stdout).toMatch(/snapshot, delta, status, restore, reap$/m);
    expect((await run("types", "ec2:vpc")).stdout).toMatch(/snapshot, delta, restore, reap$/m);
  });
});
