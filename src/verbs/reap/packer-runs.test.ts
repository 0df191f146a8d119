import { EC2Client, StopInstancesCommand, TerminateInstancesCommand } from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import { ACCOUNT } from "../../../tests/contract/account.ts";
import {
  build,
  group,
  HOUR,
  instance,
  key,
  present,
  reapTrial,
  reasonOf,
  role,
} from "../../../tests/contract/builds.ts";
import { FAULTS } from "../../twin/faults.ts";
import { executeRemoval } from "../removal/execute.ts";
import { reapResult } from "./result.ts";

const READS = /^(Describe|List|Get|Head|Lookup)/;

describe("a run of the packer policy", () => {
  it("tells of a build under way how old it is", async () => {
    const trial = await reapTrial();
    const { id } = await build(trial);
    await trial.hours(1);

    expect(reasonOf(await trial.plan(), id)).toBe("it is 1 hour old; builds are left alone for 2 hours");
  });

  it("takes exactly the limit for old enough, and not a second less", async () => {
    const trial = await reapTrial();
    const { id } = await build(trial);
    const asked = { packer: { maxInstanceAge: 3 } };
    await trial.account.twin.clock.sleep(3 * HOUR - 1000);
    const before = await trial.plan(asked);
    await trial.account.twin.clock.sleep(1000);
    const at = await trial.plan(asked);

    expect(before.steps.map(({ target }) => target.id)).not.toContain(id);
    expect(at.steps.map(({ target }) => target.id)).toContain(id);
  });

  it("knows the age of an instance that was started again", async () => {
    const trial = await reapTrial();
    const { id } = await build(trial, { KeyName: await key(trial, "packer_x") });
    await trial.hours(3);
    await trial.account.send(EC2Client, new StopInstancesCommand({ InstanceIds: [id] }));
    const [row] = Object.values(
      trial.account.twin.world.accounts[ACCOUNT]?.regions["eu-west-1"]?.["ec2.instance"] ?? {},
    );
    Object.assign(row ?? {}, { LaunchTime: new Date(trial.account.twin.clock.now()).toISOString() });

    expect((await trial.plan()).steps.map(({ target }) => target.id)).toContain(id);
  });

  it("leaves what a zombie that is on its way out holds to the next run", async () => {
    const trial = await reapTrial();
    const zombie = await build(trial);
    await trial.hours(3);
    await trial.account.send(EC2Client, new TerminateInstancesCommand({ InstanceIds: [zombie.id] }));
    const first = await trial.plan();
    await trial.hours(1);
    const second = await trial.reap();

    expect(first.steps).toEqual([]);
    expect(reasonOf(first, zombie.id)).toMatch(/on its way out/);
    expect(reasonOf(first, zombie.key)).toMatch(/uses it, and stays/);
    expect(second.plan.steps.map(({ target }) => target.id).sort()).toEqual([zombie.key, zombie.group].sort());
    expect([...second.outcomes.values()].map(({ kind }) => kind)).toEqual(["applied", "applied"]);
  });

  it("leaves what a zombie holds whose end is not confirmed to the next run, and only that", async () => {
    const trial = await reapTrial();
    const slow = await build(trial);
    const quick = await build(trial);
    await trial.hours(3);
    const { twin } = trial.account;
    const push = twin.log.push.bind(twin.log);
    twin.log.push = (...calls) => {
      const [{ operation, input } = { operation: "", input: {} }] = calls;
      const ends = operation === "TerminateInstances" && JSON.stringify(input).includes(slow.id);
      const moves = twin.world.accounts[ACCOUNT]?.regions["eu-west-1"]?.["ec2.instance-move"];
      if (ends) Object.assign(moves?.[slow.id] ?? {}, { until: twin.clock.now() + HOUR });
      return push(...calls);
    };
    const started = twin.clock.now();
    const { plan, outcomes } = await trial.reap();
    const minutes = (twin.clock.now() - started) / 60_000;
    const result = reapResult(plan, outcomes, twin.clock.now());
    const there = await present(trial);
    await trial.hours(2);
    await trial.reap();
    const later = await present(trial);

    expect(minutes).toBeGreaterThan(5);
    expect(minutes).toBeLessThan(8);
    expect(result.instances.map(({ target }) => target.id)).toEqual([quick.id]);
    expect(result.deferred.map(({ target }) => target.id).sort()).toEqual(Object.values(slow).sort());
    for (const id of Object.values(slow)) expect(there).toContain(id);
    for (const id of Object.values(quick)) expect(there).not.toContain(id);
    for (const id of Object.values(slow)) expect(later).not.toContain(id);
  });

  it("ends where one good run would, when a run before it has failed", async () => {
    const world = async () => {
      const trial = await reapTrial();
      await build(trial, {
        IamInstanceProfile: { Name: await role(trial, trial.name("packer-"), ["ec2"], { profile: true }) },
      });
      await build(trial);
      await key(trial, trial.name("packer_"));
      await trial.hours(4);
      return trial;
    };
    const [good, bad] = [await world(), await world()];
    await good.reap();
    bad.account.twin.faults = [
      { ...FAULTS.denied, operation: "DeleteSecurityGroup", times: 1 },
      { ...FAULTS.denied, operation: "DeleteKeyPair", skip: 1, times: 1 },
    ];
    const first = await bad.reap();
    bad.account.twin.faults = [];
    await bad.reap();

    expect([...first.outcomes.values()].filter(({ kind }) => kind === "failed")).toHaveLength(2);
    expect([...(await present(bad))].sort()).toEqual([...(await present(good))].sort());
  });

  it("removes nothing that a listing which failed may use", async () => {
    const trial = await reapTrial();
    const zombie = await build(trial);
    const orphan = await key(trial, trial.name("packer_"));
    const loose = await group(trial, trial.name("packer_"));
    await trial.hours(3);
    trial.account.twin.faults = [{ ...FAULTS.denied, operation: "DescribeLaunchTemplates" }];
    const { plan } = await trial.reap();

    expect(plan.steps.map(({ target }) => target.type)).toEqual(["AWS::EC2::Instance"]);
    for (const id of [zombie.key, zombie.group, orphan, loose])
      expect(reasonOf(plan, id), id).toMatch(/AWS::EC2::LaunchTemplate in eu-west-1 was not completely seen/);
    expect(trial.host.texts("warning").join()).toMatch(/could not be completely read/);
    expect(reapResult(plan, new Map(), 0).degraded.map(({ type }) => type)).toContain("AWS::EC2::LaunchTemplate");
  });

  it.each([["DescribeInstances"], ["DescribeNetworkInterfaces"]])(
    "removes no group or address while %s fails",
    async (operation) => {
      const trial = await reapTrial();
      const loose = await group(trial, trial.name("packer_"));
      await trial.hours(3);
      trial.account.twin.faults = [{ ...FAULTS.denied, operation }];

      expect((await trial.plan()).steps.map(({ target }) => target.id)).not.toContain(loose);
    },
  );

  it("looks again before it removes: what has come into use since the plan stays", async () => {
    const trial = await reapTrial();
    const orphan = await key(trial, trial.name("packer_"));
    const loose = await group(trial, trial.name("packer_"));
    await trial.hours(3);
    const plan = await trial.plan();
    await instance(trial, { KeyName: orphan, groups: [loose] });
    const { outcomes } = await executeRemoval(trial.context, plan);

    expect([...outcomes.values()].map(({ kind }) => kind)).toEqual(["skipped", "skipped"]);
    const there = await present(trial);
    for (const id of [orphan, loose]) expect(there).toContain(id);
  });

  it("goes on in batches when one fails", async () => {
    const trial = await reapTrial();
    for (let number = 0; number < 3; number++) await key(trial, trial.name("packer_"));
    await trial.hours(3);
    const plan = await trial.plan();
    const { twin } = trial.account;
    const middle = plan.steps[1]?.target.id;
    twin.faults = [{ ...FAULTS.denied, operation: "DeleteKeyPair", skip: 1, times: 1 }];
    const { outcomes } = await executeRemoval(trial.context, plan, { batchSize: 2 });

    expect([...outcomes.values()].map(({ kind }) => kind).sort()).toEqual(["applied", "applied", "failed"]);
    expect([...(await present(trial))].filter((id) => id.startsWith("packer_"))).toEqual([middle]);
  });

  it("changes nothing while it plans, keeps nothing but the key of the hashes, and tells no secret", async () => {
    const trial = await reapTrial();
    const secret = Buffer.from("password=hunter2-very-secret").toString("base64");
    await build(trial, { UserData: secret });
    await trial.hours(3);
    trial.account.twin.log.length = 0;
    const plan = await trial.plan({ prices: true });
    const { twin } = trial.account;
    const changes = twin.log.filter(({ operation }) => !READS.test(operation));
    const { objects } = trial.context.store as unknown as { objects: Map<string, Buffer> };
    const kept = [...objects.keys()].filter((path) => !path.includes("prices/"));
    const { outcomes } = await executeRemoval(trial.context, plan);
    const told = JSON.stringify([
      plan,
      reapResult(plan, outcomes, 0),
      trial.host.messages,
      [...objects.values()].map(String),
    ]);

    expect(changes).toEqual([]);
    expect(kept).toHaveLength(1);
    expect(told).not.toMatch(/hunter2|PRIVATE KEY/);
    expect(told).not.toContain(secret);
  });

  it("keeps to the selected regions, types and ids", async () => {
    const trial = await reapTrial();
    const one = await build(trial);
    await build(trial);
    await trial.hours(3);
    const elsewhere = await trial.plan({ selection: { regions: ["us-east-1"] } });
    const instances = await trial.plan({ selection: { type: ["ec2:instance"] } });
    const single = await trial.plan({ selection: { id: [one.id] } });

    expect([...elsewhere.steps, ...elsewhere.kept]).toEqual([]);
    expect(new Set(instances.steps.map(({ target }) => target.type))).toEqual(new Set(["AWS::EC2::Instance"]));
    expect(single.steps.map(({ target }) => target.id)).toEqual([one.id]);
  });

  it("refuses another account's plan", async () => {
    const trial = await reapTrial();
    await build(trial);
    await trial.hours(3);
    const plan = await trial.plan();

    await expect(executeRemoval(trial.context, { ...plan, account: "222222222222" as never })).rejects.toMatchObject({
      code: "REFUSED",
    });
  });
});
