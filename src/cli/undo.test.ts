import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { HERE } from "../../tests/contract/account.ts";
import { INSTANCE, launch, quarantineTrial } from "../../tests/contract/quarantine.ts";
import { planOf } from "../../tests/contract/removal-suite.ts";
import { QUARANTINE_TAG } from "../model/quarantine.ts";
import { commandLine } from "./trial.test-data.ts";

async function quarantined() {
  const trial = await quarantineTrial();
  const { context, twin } = trial;
  const id = await launch(trial);
  const cli = commandLine({ connect: async () => context.connection, clock: twin.clock });
  const path = join(cli.folder, "plan.json");
  writeFileSync(path, JSON.stringify(await planOf(context, INSTANCE, [id], { quarantine: "7d" })));
  const { account } = context.connection;
  const applied = await cli.run("apply", path, "--yes", "--account", account);
  const listed = JSON.parse((await cli.run("runs", "--output", "json")).stdout);
  return { ...trial, ...cli, id, applied, runId: String(listed.runs[0].id) };
}

describe("evenkeel runs undo", () => {
  it.each([
    [["undo"], "RUN is missing"],
    [["show", "restore-0123456789ab-1", "--dry-run"], "--dry-run belongs to"],
  ])("refuses %j without a call", async (argv, said) => {
    const { run } = commandLine({ connect: () => Promise.reject(new Error("nothing may be called")) });
    const { code, stderr } = await run("runs", ...argv);
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  });

  it("plans, asks, takes back, and has nothing to do the second time", async () => {
    const { run, runId, applied, id, read, changes } = await quarantined();
    expect(applied.code).toBe(0);
    changes();
    const dry = await run("runs", "undo", runId, "--dry-run");
    const unasked = await run("runs", "undo", runId);
    expect([dry.code, unasked.code]).toEqual([0, 130]);
    expect(dry.stdout).toContain("started again, out of quarantine");
    expect(changes()).toEqual([]);

    const done = await run("runs", "undo", runId, "--yes");
    expect([done.code, done.stdout]).toEqual([0, expect.stringContaining("1 of 1 step applied")]);
    expect((await read(INSTANCE, id, HERE))?.tags).not.toHaveProperty(QUARANTINE_TAG);
    const again = await run("runs", "undo", runId, "--yes");
    expect([again.code, again.stderr]).toEqual([0, expect.stringContaining("can be taken back")]);
  });

  it("refuses an account that is not the caller's", async () => {
    const { run, runId } = await quarantined();
    const { code, stderr } = await run("runs", "undo", runId, "--yes", "--account", "222222222222");
    expect([code, stderr]).toEqual([6, expect.stringContaining("222222222222")]);
  });
});
