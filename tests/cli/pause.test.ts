import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SANDBOX_KEY } from "../../src/twin/demo/world.ts";
import { cliTrial, start } from "./process.ts";

const BASTION = ["--type", "ec2:instance", "--regions", "eu-west-1", "--tag", "Name=bastion"];
const READS = /^(Describe|List|Get|Head|Lookup)/;

describe("pause, apply and resume on the command line", () => {
  it("prints the plan and changes nothing in a dry run", async () => {
    const { run, twin } = await cliTrial();
    const { code, stdout } = await run("pause", "--dry-run");

    expect(code).toBe(0);
    expect(stdout).toContain("bastion");
    expect(twin.log.filter(({ operation }) => !READS.test(operation))).toEqual([]);
  });

  it("says how to go on with the very plan that was looked at", async () => {
    const { run } = await cliTrial();
    const pause = await run("pause", "--dry-run", ...BASTION, "--tag", "Name=bas'tion");
    const bastion = await run("pause", ...BASTION, "--dry-run");
    const brake = await run("brake", "--dry-run", "--region", "eu-west-1");

    expect(pause.stderr).not.toContain("Next:");
    expect(bastion.stderr).toContain(`Next: evenkeel pause ${BASTION.join(" ")}\n`);
    expect(brake.stderr).toContain("Next: evenkeel brake --region eu-west-1\n");
  });

  it("takes no answer for a no", async () => {
    const { run, twin } = await cliTrial();
    const { code, stderr } = await run("pause", ...BASTION);

    expect(code).toBe(130);
    expect(stderr).toContain("Nothing was changed");
    expect(twin.log.filter(({ operation }) => !READS.test(operation))).toEqual([]);
  });

  it("applies exactly the steps that the plan shows", async () => {
    const { run, twin, home } = await cliTrial();
    const file = join(home, "plan.json");
    await run("pause", ...BASTION, "--plan-out", file);
    const shown = JSON.parse((await run("plan", "show", file, "--output", "json")).stdout);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { code } = await run("apply", file, "--yes");
    const changes = twin.log.filter(({ operation }) => !READS.test(operation));

    expect(code).toBe(0);
    expect(changes.map(({ input }) => (input as { InstanceIds: string[] }).InstanceIds)).toEqual(
      shown.plan.steps.map(({ target }: { target: { id: string } }) => [target.id]),
    );
  });

  it("refuses a plan that was edited, is another account's, or is none", async () => {
    const trial = await cliTrial();
    const file = join(trial.home, "plan.json");
    await trial.run("pause", ...BASTION, "--plan-out", file);
    const sandbox = { ...trial.env, AWS_ACCESS_KEY_ID: SANDBOX_KEY };
    const foreign = await start(["apply", file, "--yes"], sandbox, trial.home).done;
    writeFileSync(file, readFileSync(file, "utf8").replace('"stage": 4', '"stage": 1'));
    const edited = await trial.run("apply", file, "--yes");
    const none = await trial.run("apply", join(trial.home, "nothing.json"), "--yes");

    expect([foreign.code, edited.code, none.code]).toEqual([6, 6, 4]);
    expect(trial.twin.log.filter(({ operation }) => !READS.test(operation))).toEqual([]);
  });

  it("finishes what is in flight at the first Ctrl-C, and resume puts it back", async () => {
    const trial = await cliTrial();
    const { child, done } = start(["pause", ...BASTION, "--yes"], trial.env, trial.home);
    while (!trial.twin.log.some(({ operation }) => operation === "StopInstances"))
      await new Promise((resolve) => setTimeout(resolve, 10));
    child.kill("SIGINT");
    const stopped = await done;
    const back = await trial.run("resume", "--yes", "--output", "json");

    expect(stopped.code).toBe(130);
    expect(stopped.stdout).toContain("applied");
    expect(back.code).toBe(0);
    expect(JSON.parse(back.stdout)).toMatchObject({ closed: true });
  });

  it("refuses a second pause with 6, and says 4 where nothing is paused", async () => {
    const { run } = await cliTrial();
    const nothing = await run("resume", "--yes");
    expect((await run("pause", ...BASTION, "--yes")).code).toBe(0);
    const again = await run("pause", ...BASTION, "--yes");
    const back = await run("resume", "--yes");

    expect([nothing.code, again.code, back.code]).toEqual([4, 6, 0]);
    expect(again.stderr).toContain("evenkeel resume");
    expect(back.stdout).toContain("identical");
  });
});
