import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SANDBOX, SANDBOX_KEY, STAGING } from "../../src/twin/demo/world.ts";
import { FAULTS } from "../../src/twin/faults.ts";
import { cliTrial, start } from "./process.ts";

const QUEUES = ["--type", "sqs:queue", "--regions", "eu-west-1"];

describe("the command line at its edges", () => {
  it("ends with 2, the nearest names and no call for an unknown type or a malformed filter", async () => {
    const { run, twin } = await cliTrial();
    const type = await run("snapshot", "create", "--type", "ec2:instanse");
    const tag = await run("delta", "--tag", "env");
    const option = await run("snapshot", "list", "--srot", "name");

    expect([type.code, tag.code, option.code]).toEqual([2, 2, 2]);
    expect(type.stderr).toContain("ec2:instance");
    expect(tag.stderr).toContain("env=");
    expect(option.stderr).toContain("--sort");
    expect(twin.log).toEqual([]);
  });

  it("ends with 5 and the missing IAM action when a listing is denied", async () => {
    const { run, twin } = await cliTrial();
    twin.faults = [{ ...FAULTS.denied, service: "sqs", operation: "ListQueues" }];
    const { code, stderr, stdout } = await run(
      "snapshot",
      "create",
      "--type",
      "sqs:queue",
      "--type",
      "sns:topic",
      "--regions",
      "eu-west-1",
    );

    expect(code).toBe(5);
    expect(stderr + stdout).toContain("sqs:ListQueues");
  });

  it("ends with 5 when parts of resources may not be read, and never calls them changed", async () => {
    const { run, twin } = await cliTrial();
    await run("snapshot", "create", "whole", "--type", "s3:bucket");
    twin.faults = [{ ...FAULTS.denied, service: "s3", operation: "GetBucketPolicy" }];
    const dim = await run("snapshot", "create", "dim", "--type", "s3:bucket");
    const delta = await run("delta", "--snapshot", "whole", "--output", "json");

    expect([dim.code, delta.code]).toEqual([5, 5]);
    expect(dim.stderr).toContain("s3:GetBucketPolicy");
    expect(JSON.parse(delta.stdout).counts).toMatchObject({ modified: 0, deleted: 0 });
  });

  it("ends with 4 and the command to use when there is no baseline or no such snapshot", async () => {
    const { run } = await cliTrial();
    const none = await run("delta");
    await run("snapshot", "create", "monday", ...QUEUES);
    const misspelt = await run("delta", "--snapshot", "mondya");

    expect([none.code, misspelt.code]).toEqual([4, 4]);
    expect(none.stderr).toContain("evenkeel snapshot create");
    expect(misspelt.stderr).toContain("monday");
  });

  it("ends with 6 for a snapshot of another account, a taken name and the active one's deletion", async () => {
    const trial = await cliTrial();
    await trial.run("snapshot", "create", "monday", ...QUEUES);
    const taken = await trial.run("snapshot", "create", "monday", ...QUEUES);
    const active = await trial.run("snapshot", "delete", "monday", "--yes");
    const sandbox = { ...trial.env, AWS_ACCESS_KEY_ID: SANDBOX_KEY };
    const foreign = await start(["delta", "--snapshot", "monday"], sandbox, trial.home).done;

    expect([taken.code, active.code, foreign.code]).toEqual([6, 6, 6]);
    expect(foreign.stderr).toContain(STAGING);
    expect(existsSync(join(trial.home, "store/accounts", SANDBOX))).toBe(false);
  });

  it("names the line of a corrupt snapshot and the newest intact one", async () => {
    const { run, home } = await cliTrial();
    await run("snapshot", "create", "good", ...QUEUES);
    await run("snapshot", "create", "bad", ...QUEUES);
    const file = join(home, "store/accounts", STAGING, "snapshots/bad.jsonl");
    const text = readFileSync(file, "utf8");

    writeFileSync(file, text.slice(0, -40));
    const truncated = await run("delta");
    writeFileSync(file, text.replace("VisibilityTimeout", "VisibilityTimeouts"));
    const edited = await run("delta");

    expect([truncated.code, edited.code]).toEqual([4, 4]);
    expect(truncated.stderr).toMatch(/line \d+/);
    expect(truncated.stderr).toContain("good");
    expect(edited.stderr).toContain("digest");
  });

  it("says that an HTML page is not AWS, at once", async () => {
    const { run, twin } = await cliTrial();
    twin.faults = [FAULTS.html];
    const { code, stderr } = await run("delta");

    expect(code).toBe(1);
    expect(stderr).toMatch(/HTML/);
    expect(stderr).toMatch(/proxy/i);
    expect(twin.log.length).toBe(1);
  });

  it("ends with 3 and names the profile that gives no credentials", async () => {
    const { env, home } = await cliTrial();
    const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...without } = env;
    const { code, stderr } = await start(["whoami", "--profile", "no-such-profile"], without, home).done;

    expect(code).toBe(3);
    expect(stderr).toContain("no-such-profile");
  });

  it("tells the SDK's warnings as its own, as JSON where JSON is wanted", async () => {
    const { env, home } = await cliTrial();
    const { stderr } = await start(["whoami", "--profile", "other", "--output", "json"], env, home).done;

    for (const line of stderr
      .trim()
      .split("\n")
      .filter((each) => each !== ""))
      expect(() => JSON.parse(line)).not.toThrow();
  });

  it("ends with 3 and what to do when credentials have expired", async () => {
    const { run, twin } = await cliTrial();
    twin.faults = [FAULTS.expired];
    const { code, stderr } = await run("snapshot", "create");

    expect(code).toBe(3);
    expect(stderr).toMatch(/sign in again/i);
  });

  it("keeps what was seen when credentials expire in mid-scan, and ends with 5", async () => {
    const { run, twin } = await cliTrial();
    twin.faults = [{ ...FAULTS.expired, skip: 30 }];
    const { code, stderr, stdout } = await run("snapshot", "create", "half");

    expect(code).toBe(5);
    expect(stderr + stdout).toMatch(/expired/i);
  });

  it("leaves no half-written file when it is interrupted in mid-scan", async () => {
    const trial = await cliTrial({ latencyMs: 150 });
    const { child, done } = start(["snapshot", "create", "never"], trial.env, trial.home);
    while (trial.twin.log.length < 20) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill("SIGINT");
    const { code, stderr } = await done;

    expect(code).toBe(130);
    expect(stderr).toContain("No snapshot was saved");
    const accounts = join(trial.home, "store/accounts");
    expect(
      existsSync(accounts)
        ? readdirSync(accounts, { recursive: true }).filter((file) => String(file).includes("never"))
        : [],
    ).toEqual([]);
  });

  it("tells pipelines by exit code 7 that something changed, and only then", async () => {
    const { run, twin } = await cliTrial();
    await run("snapshot", "create", "monday", ...QUEUES);
    const quiet = await run("delta", "--exit-code", "--output", "json");
    const queues = twin.world.accounts[STAGING]?.regions["eu-west-1"]?.["sqs.queue"] ?? {};
    delete queues.orders;
    const loud = await run("delta", "--exit-code", "--output", "json");

    expect([quiet.code, loud.code]).toEqual([0, 7]);
    expect(JSON.parse(quiet.stdout)).toMatchObject({ changes: 0 });
    expect(JSON.parse(loud.stdout)).toMatchObject({ changes: 1 });
  });
});
