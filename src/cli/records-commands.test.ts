import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EC2Client, StopInstancesCommand, type StopInstancesCommandInput } from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import { verbTrial } from "../../tests/contract/verbs.ts";
import type { Region } from "../model/brand.ts";
import type { Clock } from "../model/clock.ts";
import { commandLine } from "./trial.test-data.ts";

const NEVER = () => Promise.reject(new Error("nothing may be called"));
const DAY_MS = 24 * 3_600_000;
const READS = /^(Describe|List|Get|Head|Lookup)/;
const BASTION = ["--type", "ec2:instance", "--regions", "eu-west-1", "--tag", "Name=bastion", "--yes", "--no-prices"];

/** @param onSleep before each wait of the command line itself */
async function trial(onSleep: (ms: number) => Promise<unknown> = async () => undefined) {
  const { context, twin } = await verbTrial();
  const { now, sleep } = twin.clock;
  const clock: Clock = { now, sleep: (ms, signal) => onSleep(ms).then(() => sleep(ms, signal)) };
  const line = commandLine({ connect: async () => context.connection, clock });
  const folder = join(line.folder, "store", "accounts", context.connection.account);
  const paths = (kind: "records" | "runs", end: string) =>
    readdirSync(join(folder, kind))
      .filter((name) => name.endsWith(end))
      .map((name) => join(folder, kind, name));
  return { ...line, context, twin, paths, changes: () => twin.log.filter(({ operation }) => !READS.test(operation)) };
}

describe("what is malformed costs no call", () => {
  it.each([
    [["pause", "--expires", "0"], "--expires wants 1 to 365 days"],
    [["pause", "--on-expiry", "explode"], "it is one of remind, resume, keep"],
    [["pause", "--backup", "ftp://x"], "--backup names no store"],
    [["apply", "plan.json", "--backup", "s3://"], "--backup names no store"],
    [["resume", "--watch", "0"], "--watch can't be 0"],
    [["resume", "--due", "--record", "r-1"], "--due and --record exclude each other"],
    [["resume", "--due", "--accept"], "--due and --accept exclude each other"],
    [["resume", "--from", "s3:/x"], "--from names no store"],
    [["records", "--from", "https://x"], "--from names no store"],
  ])("%s", async (argv, said) => {
    const { run } = commandLine({ connect: NEVER });
    const { code, stderr } = await run(...argv);

    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  });
});

describe("expiry", () => {
  it("is shown, warned of when it is over, and its exit code is 7 where it is asked for", async () => {
    const { run, twin } = await trial();
    await run("pause", ...BASTION, "--expires", "2");
    const early = await run("records", "--due", "--exit-code");
    await twin.clock.sleep(2 * DAY_MS);
    const late = await run("records", "--due", "--exit-code");
    const plain = await run("records", "--due");
    const pause = await run("pause", "--dry-run", "--type", "ec2:instance");
    const runs = await run("runs");

    expect([early.code, late.code, plain.code]).toEqual([0, 7, 0]);
    expect(early.stdout).toContain("No pause record is overdue");
    expect(late.stdout).toMatch(/remind .*overdue/);
    for (const { stderr } of [late, pause, runs])
      expect(stderr).toMatch(/record r-\w+ is overdue since .*: evenkeel resume --record r-/);
  });

  it("says nothing of a record that is to be kept paused", async () => {
    const { run, twin } = await trial();
    await run("pause", ...BASTION, "--on-expiry", "keep");
    await twin.clock.sleep(30 * DAY_MS);
    const { code, stderr } = await run("records", "--exit-code");

    expect([code, stderr.includes("overdue")]).toEqual([0, false]);
  });

  it("resumes by schedule what is overdue and was meant to be, and nothing else", async () => {
    const { run, twin, changes } = await trial();
    await run("pause", ...BASTION, "--expires", "1", "--on-expiry", "resume");
    await run("pause", "--extend", "--type", "cloudwatch:alarm", "--expires", "1", "--yes", "--no-prices");
    const paused = changes().length;
    const early = await run("resume", "--due", "--yes");
    expect([early.code, changes().length]).toEqual([0, paused]);
    expect(early.stderr).toContain("nothing was changed");
    await twin.clock.sleep(DAY_MS);
    const due = await run("resume", "--due", "--yes", "--output", "json");
    const again = await run("resume", "--due", "--yes", "--output", "json");

    expect(due.code).toBe(0);
    expect(JSON.parse(due.stdout)).toMatchObject({ changes: 1, records: [{ closed: true }] });
    expect(JSON.parse(again.stdout)).toEqual({ changes: 0, records: [] });
    expect(
      changes()
        .slice(paused)
        .map(({ operation }) => operation),
    ).toEqual(["StartInstances"]);
    expect((await run("records")).stdout).toMatch(/overdue/);
  });

  it("after which nobody says yes changes nothing", async () => {
    const { run, twin, changes } = await trial();
    await run("pause", ...BASTION, "--expires", "1", "--on-expiry", "resume");
    await twin.clock.sleep(DAY_MS);
    const before = changes().length;

    expect((await run("resume", "--due")).code).toBe(130);
    expect(changes()).toHaveLength(before);
  });

  it("later than AWS's own restart is said before anybody is asked", async () => {
    const { run, changes } = await trial();
    const databases = ["pause", "--type", "AWS::RDS::DBInstance", "--no-prices"];
    const late = await run(...databases, "--expires", "10");
    const week = await run(...databases, "--expires", "7");

    expect(late.stderr).toMatch(/AWS starts \d+ .*again by itself after 7 days, before the record expires in 10/);
    expect(week.stderr).not.toContain("before the record expires");
    expect(changes()).toEqual([]);
  });
});

describe("a damaged record", () => {
  it("is told with what is left and what to do, and is resumed from its copy", async () => {
    const { run, paths } = await trial();
    await run("pause", ...BASTION);
    const [path = ""] = paths("records", ".json");
    writeFileSync(path, readFileSync(path, "utf8").slice(0, 200));
    const listed = await run("records");
    const status = await run("status", "--type", "ec2:instance", "--no-prices", "--no-idle");
    const home = await run("home");
    const resumed = await run("resume", "--yes");

    expect(listed.stdout).toContain("an intact copy is there");
    expect(status.stdout).toMatch(/paused .*bastion .*stopped; in r-\w+/);
    expect(status.stdout).toMatch(/r-\w+ {2}1 resource, expires .*\n {4}damaged: .*; `evenkeel records` tells/);
    expect(home.stdout).toMatch(/Paused +1 resource,/);
    expect(listed.stderr).toMatch(/The plan that run pause-\w+-1 keeps is an intact copy/);
    expect(resumed.stderr).toContain("is damaged");
    expect([resumed.code, resumed.stdout]).toEqual([0, expect.stringContaining("closed")]);
  });

  it("of which a part is left is resumed as far as that, with 5, and the rest is named", async () => {
    const { run, paths } = await trial();
    await run("pause", "--type", "cloudwatch:alarm", "--yes", "--no-prices");
    const [path = ""] = paths("records", ".json");
    const lines = readFileSync(path, "utf8").split("\n");
    writeFileSync(path, lines.slice(0, 4).join("\n"));
    rmSync(paths("runs", ".plan.json")[0] ?? "");
    const resumed = await run("resume", "--yes");
    const listed = await run("records", "--output", "json");
    const [record] = JSON.parse(listed.stdout).records;

    expect(resumed.code).toBe(5);
    expect(resumed.stderr).toMatch(/The pause has also begun with:\n\s+arn:aws:/);
    expect(resumed.stderr).toContain("evenkeel runs show pause-");
    expect(record).toMatchObject({ armed: true, state: expect.stringContaining("a part of it can be read") });
    expect(record.damage.rest.length).toBeGreaterThan(0);
    expect((await run("resume", "--yes", "--accept")).code).toBe(0);
  });
});

describe("a backup", () => {
  it("from the configuration takes each record, is listed, and is resumed from when the store is lost", async () => {
    const { run, folder } = await trial();
    const backup = join(folder, "backup");
    writeFileSync(join(folder, "evenkeel.yaml"), `backup: file:${backup}\n`);
    await run("pause", ...BASTION);
    rmSync(join(folder, "store"), { recursive: true });
    const none = await run("resume", "--yes");
    const listed = await run("records", "--from", `file:${backup}`);
    const resumed = await run("resume", "--yes", "--from", `file:${backup}`);
    const shown = await run("config", "show");

    expect([none.code, listed.code, resumed.code]).toEqual([4, 0, 0]);
    expect(listed.stdout).toMatch(/r-\w+ .* armed/);
    expect((await run("records", "--from", `file:${backup}`)).stdout).toMatch(/closed/);
    expect(shown.stdout).toMatch(/backup\s+file:.*evenkeel\.yaml:1/);
  });

  it("that can't be written keeps everything as it is: exit code 1", async () => {
    const { run, folder, changes } = await trial();
    mkdirSync(join(folder, "backup"));
    writeFileSync(join(folder, "backup", "accounts"), "a file in the way");
    const { code, stderr } = await run("pause", ...BASTION, "--backup", `file:${join(folder, "backup")}`);

    expect([code, changes()]).toEqual([1, []]);
    expect(stderr).toMatch(/could not be copied to its backup/);
    expect(stderr).toMatch(/nothing was changed/i);
    expect((await run("records")).stdout).toContain("There are no pause records");
  });
});

describe("resume --watch", () => {
  it("ends with 0 where all stays", async () => {
    const { run } = await trial();
    await run("pause", ...BASTION);
    const { code, stdout } = await run("resume", "--yes", "--watch", "10");

    expect(code).toBe(0);
    expect(stdout).toContain("Watched for 10 minutes: 1 of 1 resource stayed as put back");
  });

  it("ends with 5 and the fields where something falls back", async () => {
    let fallBack: (() => Promise<unknown>) | undefined;
    const { run, context, twin } = await trial(async (ms) => {
      const stop = ms === 30_000 ? fallBack : undefined;
      if (stop) fallBack = undefined;
      await stop?.();
    });
    await run("pause", ...BASTION);
    const { input } = twin.log.find(({ operation }) => operation === "StopInstances") ?? { input: {} };
    const ec2 = context.connection.client(EC2Client, "eu-west-1" as Region, "write");
    fallBack = () => ec2.send(new StopInstancesCommand(input as StopInstancesCommandInput));
    const { code, stdout, stderr } = await run("resume", "--yes", "--watch", "30", "--output", "json");

    expect(code).toBe(5);
    expect(JSON.parse(stdout)).toMatchObject({ closed: true, watched: { fallen: [{ now: "stopped" }] } });
    expect(stderr).toContain("did not stay as it was put back: it is stopp");
  });
});
