import { expect, it } from "vitest";
import { cliTrial, environment, folder, start } from "./process.ts";

it("shows a killed pause as interrupted, goes on with it, and resumes all of it", async () => {
  const trial = await cliTrial();
  const changes = () => trial.twin.log.filter(({ operation }) => /^(Suspend|Stop|Put|Update)/.test(operation)).length;
  let interrupted = 0;
  for (const count of [1, 2, 4]) {
    const home = folder();
    const env = environment(trial.url, home);
    const cli = (...args: string[]) => start(args, env, home).done;
    const enough = changes() + count;
    const { child, done } = start(["pause", "--type", "compute", "--yes"], env, home);
    // By what it has done and not by the clock, so that a busy machine kills it at the same places.
    const timer = setInterval(() => changes() >= enough && child.kill("SIGKILL"), 2);
    await done;
    clearInterval(timer);
    const [newest] = JSON.parse((await cli("runs", "--output", "json")).stdout).runs;
    if (newest && newest.state !== "finished") {
      interrupted += 1;
      const on = await cli("apply", "--continue", newest.id, "--yes", "--output", "json");
      expect(on.code, on.stderr).toBe(0);
      const { state, attempts, begins } = JSON.parse((await cli("runs", "show", newest.id, "--output", "json")).stdout);
      expect(state).toBe("finished");
      expect(begins.length).toBe(newest.begins.length + 1);
      const applied = attempts.filter(({ outcome }: { outcome?: { kind: string } }) => outcome?.kind === "applied");
      expect(applied.length).toBe(JSON.parse(on.stdout).outcomes.length);
      expect(applied.some(({ requestIds }: { requestIds: string[] }) => requestIds.length > 0)).toBe(true);
      expect((await cli("apply", "--continue", newest.id, "--yes")).code).toBe(6);
    }
    const back = await cli("resume", "--yes");
    // 4: it was killed before anything was paused.
    expect([0, 4], back.stderr).toContain(back.code);
  }
  expect(interrupted).toBe(3);
}, 120_000);

it("pauses batch by batch", async () => {
  const { run, twin } = await cliTrial();
  const { code } = await run("pause", "--type", "ec2:instance,autoscaling:group", "--batch-size", "1", "--yes");
  const stops = twin.log.filter(({ operation }) => operation === "StopInstances");

  expect(code).toBe(0);
  for (const { input } of stops) expect((input as { InstanceIds: string[] }).InstanceIds).toHaveLength(1);
});
