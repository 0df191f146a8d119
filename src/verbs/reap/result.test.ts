import { describe, expect, it } from "vitest";
import { build, disk, HOUR, key, reapTrial, role } from "../../../tests/contract/builds.ts";
import { FAULTS } from "../../twin/faults.ts";
import { reapResult } from "./result.ts";

describe("what a reap reports", () => {
  it("tells of each instance what it was, and what went with it, directly or behind that", async () => {
    const trial = await reapTrial();
    const profile = await role(trial, trial.name("packer-"), ["ec2"], { profile: true });
    const zombie = await build(trial, { IamInstanceProfile: { Name: profile }, InstanceType: "c6i.xlarge" });
    const data = await disk(trial, zombie.id);
    const orphan = await key(trial, trial.name("packer_"));
    await trial.hours(3);
    const { plan, outcomes } = await trial.reap({ prices: true });
    const result = reapResult(plan, outcomes, Date.parse(plan.createdAt) + HOUR);
    const [instance] = result.instances;

    expect(result).toMatchObject({ account: "111111111111", mode: "live", deferred: [], errors: [], isNews: true });
    expect(instance).toMatchObject({
      target: { id: zombie.id },
      instanceType: "c6i.xlarge",
      state: "running",
      key: zombie.key,
      ageMs: 4 * HOUR,
      reason: `a build with key ${zombie.key} that is 3 hours old`,
      link: `https://console.aws.amazon.com/ec2/home?region=eu-west-1#InstanceDetails:instanceId=${zombie.id}`,
    });
    const removed = instance?.removed.map(({ id }) => id) ?? [];
    for (const id of [zombie.key, zombie.group, data, profile]) expect(removed).toContain(id);
    expect(removed.filter((id) => id === profile)).toHaveLength(2);
    expect(result.orphans).toEqual([{ type: "AWS::EC2::KeyPair", targets: [expect.objectContaining({ id: orphan })] }]);
    expect(Number(result.reclaimed?.hour)).toBeGreaterThan(0);
  });

  it("tells in a dry run what would go", async () => {
    const trial = await reapTrial();
    const zombie = await build(trial);
    await trial.hours(3);
    const result = reapResult(await trial.plan(), undefined, 0);

    expect(result).toMatchObject({ mode: "dry run", deferred: [], errors: [], reclaimed: undefined });
    expect(result.instances.map(({ target }) => target.id)).toEqual([zombie.id]);
  });

  it("tells what failed and what waits for it, and counts neither as removed", async () => {
    const trial = await reapTrial();
    const zombie = await build(trial);
    await trial.hours(3);
    trial.account.twin.faults = [{ ...FAULTS.denied, operation: "TerminateInstances" }];
    const { plan, outcomes } = await trial.reap({ prices: true });
    const result = reapResult(plan, outcomes, 0);

    expect([result.instances, result.orphans]).toEqual([[], []]);
    expect(result.errors).toEqual([expect.objectContaining({ reason: expect.stringMatching(/AccessDenied/) })]);
    expect(result.deferred.map(({ target }) => target.id).sort()).toEqual([zombie.key, zombie.group].sort());
    expect(result.reclaimed?.hour).toBe("0");
  });

  it("knows no console of a partition that it does not know, and is no news where nothing is", async () => {
    const trial = await reapTrial();
    const empty = reapResult(await trial.plan(), new Map(), 0);
    await build(trial);
    await trial.hours(3);
    const plan = await trial.plan();

    expect(empty.isNews).toBe(false);
    expect(reapResult({ ...plan, partition: "aws-iso" }, undefined, 0).instances[0]?.link).toBeUndefined();
    expect(reapResult({ ...plan, partition: "aws-cn" }, undefined, 0).instances[0]?.link).toContain("amazonaws.cn");
  });
});
