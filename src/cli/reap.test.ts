import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { verbTrial } from "../../tests/contract/verbs.ts";
import { commandLine } from "./trial.test-data.ts";

const NEVER = () => Promise.reject(new Error("nothing may be called"));

describe("evenkeel reap", () => {
  it.each([
    [["--policy", "paker"], 'there is no policy "paker"'],
    [["--max-instance-age", "0"], "can't be 0: it is a whole number of hours from 1 to 168"],
    [["--max-instance-age", "169"], "can't be 169"],
    [["--max-resource-age", "0"], "can't be 0: it is a whole number of hours from 1"],
    [["--key-pattern", ""], "can't be empty"],
    [["--batch-size", "0"], "--batch-size can't be 0"],
    [["--max-share", "0"], "--max-share can't be 0"],
  ])("refuses %j without a call", async (argv, said) => {
    const { run } = commandLine({ connect: NEVER });
    const { code, stderr } = await run("reap", ...argv);

    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  });

  it.each([
    [
      "policies:\n  packer:\n    match: {type: [ec2:volume]}\n    action: remove\n",
      "evenkeel.yaml:3:5: policies.packer: is built in",
    ],
    [
      "policies:\n  a:\n    match: {type: [ec2:volum]}\n    action: remove\n",
      "policies.a.match.type.0: no resource type",
    ],
    ["policies:\n  a:\n    match: {type: []}\n    action: remove\n", "policies.a.match.type: must not be empty"],
    ["policies:\n  a:\n    match: {type: [ec2:volume], name: /(/}\n    action: remove\n", "is no regular expression"],
    [
      "policies:\n  a:\n    match: {type: [ec2:volume], age: 3}\n    action: remove\n",
      "policies.a.match.age: must be a string",
    ],
    ["policies:\n  a:\n    match: {type: [ec2:volume], age: 3w}\n    action: remove\n", '"3w" is no age'],
    ["policies:\n  a:\n    match: {type: [ec2:volume], tag: [x]}\n    action: remove\n", 'did you mean "tags"?'],
    [
      "policies:\n  a:\n    match: {type: [ec2:volume], unused: false}\n    action: remove\n",
      "policies.a.match.unused",
    ],
    [
      "policies:\n  a:\n    match: {type: [ec2:volume], cost: {above: 1}}\n    action: remove\n",
      "policies.a.match.cost.above",
    ],
    [
      "policies:\n  a:\n    match: {type: [ec2:volume]}\n    action: delete\n",
      "must be one of remove, quarantine, report",
    ],
    ["policies:\n  a:\n    match: {type: [ec2:volume]}\n", "policies.a.action"],
    ["policies:\n  a:\n    action: remove\n", "policies.a.match"],
    [
      "policies:\n  a:\n    match: {type: [ec2:volume]}\n    action: quarantine\n",
      "policies.a.quarantine: goes with action: quarantine",
    ],
    [
      "policies:\n  a:\n    match: {type: [ec2:volume]}\n    action: quarantine\n    quarantine: 7\n",
      "policies.a.quarantine: must be a string",
    ],
  ])("refuses %j in the configuration", async (text, said) => {
    const { run, folder } = commandLine({ connect: NEVER });
    writeFileSync(join(folder, "evenkeel.yaml"), text);
    const { code, stderr } = await run("reap", "--dry-run");

    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  });

  it("plans, removes and finds nothing more", async () => {
    const { context, twin } = await verbTrial();
    const { run } = commandLine({ connect: async () => context.connection, clock: twin.clock });
    const dry = await run("reap", "--dry-run", "--output", "json");
    const { plan } = JSON.parse(dry.stdout);
    const unconfirmed = await run("reap", "--yes");
    const done = await run("reap", "--yes", "--account", context.connection.account);
    const again = await run("reap", "--yes", "--account", context.connection.account);

    expect([dry.code, plan.verb, unconfirmed.code, done.code, again.code]).toEqual([0, "reap", 6, 0, 0]);
    expect(
      plan.steps.filter(({ target }: { target: { type: string } }) => target.type === "AWS::EC2::Instance"),
    ).toHaveLength(2);
    expect(again.stderr).toContain("There is nothing to remove.");
  }, 20_000);

  it("tells of each instance what goes with it, before and after", async () => {
    const { context, twin } = await verbTrial();
    const { run } = commandLine({ connect: async () => context.connection, clock: twin.clock });
    const dry = await run("reap", "--dry-run");
    const done = await run("reap", "--yes", "--account", context.connection.account, "--output", "json");
    const { reap } = JSON.parse(done.stdout);

    expect(dry.stdout).toMatch(/Instances \(2\).*c6i.xlarge, was running.*ec2:key-pair +packer_.*besides \(2\)/s);
    expect([reap.mode, reap.instances.length, reap.errors, reap.deferred]).toEqual(["live", 2, [], []]);
    expect(reap.orphans.map(({ type }: { type: string }) => type)).toEqual([
      "AWS::IAM::InstanceProfile",
      "AWS::IAM::Role",
    ]);
    expect(Number(reap.reclaimed.hour)).toBeGreaterThan(0);
  }, 20_000);

  it("names only limits that can be typed", async () => {
    const { context, twin } = await verbTrial();
    const { run, folder } = commandLine({ connect: async () => context.connection, clock: twin.clock });
    writeFileSync(join(folder, "evenkeel.yaml"), "guards: { max-steps: 1 }\n");
    const { code, stderr } = await run("reap", "--max-removals", "1", "--dry-run");

    expect([code, stderr]).toEqual([6, expect.stringMatching(/allow more with guards.max-steps in /)]);
    expect(stderr).toMatch(/allows 1 removal;.*--max-removals 8/s);
    expect(stderr).not.toContain("--max-steps");
  });

  it("takes a policy of the configuration", async () => {
    const { context, twin } = await verbTrial();
    const { run, folder } = commandLine({ connect: async () => context.connection, clock: twin.clock });
    const text =
      "policies:\n  keys:\n    match:\n      type: [ec2:key-pair]\n      name: packer_*\n    action: report\n";
    writeFileSync(join(folder, "evenkeel.yaml"), text);
    const { code, stdout } = await run("reap", "--policy", "keys", "--dry-run", "--output", "json");
    const { plan } = JSON.parse(stdout);

    expect([code, plan.steps]).toEqual([0, []]);
    expect(plan.kept.map(({ reason }: { reason: string }) => reason)).toEqual(Array(2).fill("policy keys reports it"));
  });
});
