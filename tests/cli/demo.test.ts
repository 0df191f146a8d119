import { expect, it } from "vitest";
import { virtualClock } from "../../src/twin/clock.ts";
import { driftApart } from "../../src/twin/demo/drift.ts";
import { seedOf } from "../../src/twin/demo/seed.ts";
import { demoWorld } from "../../src/twin/demo/world.ts";
import { folder, start } from "./process.ts";

it("runs the demo to its end: a delta that names every drifted property, costs, findings, a pause, a resume that puts all back, a reap and a restore, an overload", async () => {
  const home = folder();
  const { code, stdout, stderr } = await start(["demo"], { PATH: process.env.PATH, HOME: home }, home).done;
  const world = await demoWorld();
  const drift = await driftApart(seedOf(world, "eu-west-1", "", virtualClock(world.startedAt)));
  const delta = stdout.slice(stdout.indexOf("$ evenkeel delta"));

  expect(code, stderr).toBe(0);
  expect(drift.length).toBeGreaterThan(15);
  for (const { says, resource, paths } of drift) {
    expect(stdout).toContain(says);
    expect(delta, says).toContain(resource);
    for (const path of paths) expect(delta, says).toContain(path);
  }
  const costs = stdout.slice(stdout.indexOf("$ evenkeel cost"), stdout.indexOf("$ evenkeel findings"));
  expect(costs).toMatch(/^Not baseline: \$104\.\d\d of \$\d/m);
  expect(costs).toMatch(/^exact, by resource, from Cost Explorer$/m);
  expect(costs).toMatch(/Compute +\$\d+\.\d+ +\$97\.92 /);
  expect(costs).toMatch(/Auto Scaling group\b.* of the baseline may have made/);
  expect(costs).toMatch(/asked with 1\d requests, for \$0\.1\d\./);
  const findings = stdout.slice(stdout.indexOf("$ evenkeel findings"), stdout.indexOf("$ evenkeel status"));
  for (const found of [/analytics +us-east-1/, /load-test-results +us-east-1/, /load-test +us-east-1/])
    expect(findings).toMatch(found);
  expect(stdout).toMatch(/steps? applied; record r-/);
  expect(stdout).toMatch(/record r-\S+ is closed/);
  expect(stdout).toMatch(/Now \$\d+\.\d+ an hour/);
  expect(stdout.slice(stdout.indexOf("$ evenkeel delta --snapshot before"))).toMatch(/Nothing changed/);
  const [reaped = "", restored = "", clean = ""] = ["reap", "restore", "delta --change added"].map((verb) =>
    stdout.slice(stdout.indexOf(`$ evenkeel ${verb}`)),
  );
  expect(reaped).toMatch(/packer_\w{8}-/);
  expect(restored).toMatch(/mallory/);
  expect(clean).toMatch(/^[^\n]*\n[^$]*Nothing changed/);
  const [half = "", end = ""] = ["shed status", "shed status --log"].map((verb) =>
    stdout.slice(stdout.indexOf(`$ evenkeel ${verb}\n`)),
  );
  expect(half).toMatch(/state +(shedding|holding|restoring): \d+ %/);
  expect(half).toMatch(/served by primary.*level.*alarm/s);
  expect(end).toMatch(/state +idle: nothing is shed/);
  expect(end).toMatch(/web-primary 100, web-canary 0, web-standby 0 +web-primary 100, web-canary 0/);
});
