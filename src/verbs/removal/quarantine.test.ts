import {
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  CreateVolumeCommand,
  DeleteTagsCommand,
  EC2Client,
  ModifyInstanceAttributeCommand,
  RunInstancesCommand,
  StopInstancesCommand,
} from "@aws-sdk/client-ec2";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateStreamCommand, KinesisClient } from "@aws-sdk/client-kinesis";
import { CreateDBInstanceCommand, RDSClient, StopDBInstanceCommand } from "@aws-sdk/client-rds";
import { describe, expect, it } from "vitest";
import { HERE } from "../../../tests/contract/account.ts";
import { DAY_MS, dyingAt, INSTANCE, launch, quarantineTrial } from "../../../tests/contract/quarantine.ts";
import { planOf } from "../../../tests/contract/removal-suite.ts";
import { breachesOf } from "../../engine/guards.ts";
import type { Plan } from "../../model/plan.ts";
import { QUARANTINE_TAG } from "../../model/quarantine.ts";
import { executeContinue, prepareContinue } from "../runs/continue.ts";
import { runsOf } from "../runs/runs.ts";
import { executeUndo, prepareUndo } from "../runs/undo.ts";
import { executeRemoval } from "./execute.ts";
import { parseQuarantine } from "./quarantine.ts";

const HOUR_MS = DAY_MS / 24;
const WEEK = { quarantine: "7d" };
const stepsOf = ({ steps }: Plan) => steps.map(({ operation, way }) => (way ? `${operation} ${way}` : operation));
const reasonOf = ({ kept }: Plan, id: string) => kept.find(({ target }) => target.id === id)?.reason;
const ROLE = {
  RoleName: "left-behind",
  AssumeRolePolicyDocument: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
  }),
};

describe("a quarantine", () => {
  it("is one hour to a year", () => {
    expect(["1h", "12h", "7d", "365d"].map(parseQuarantine)).toEqual(
      [1 / 24, 0.5, 7, 365].map((days) => days * DAY_MS),
    );
    for (const text of ["", "0h", "7", "7 d", "-1d", "1w", "366d", "1.5d", "59m"])
      expect(() => parseQuarantine(text), text).toThrow(/1h to 365d/);
  });

  it("tags an instance, then stops it, and neither removes nor tags anything else", async () => {
    const trial = await quarantineTrial();
    const id = await launch(trial);
    const beside = await launch(trial);
    trial.changes();
    const { plan, outcomes } = await trial.quarantine(INSTANCE, [id]);

    expect(stepsOf(plan)).toEqual(["quarantine stop"]);
    expect([...outcomes.values()]).toEqual([{ kind: "applied" }]);
    expect(trial.changes()).toEqual(["CreateTags", "StopInstances"]);
    const until = plan.steps[0]?.saves.until;
    expect(Date.parse(String(until)) - Date.parse(plan.createdAt)).toBe(7 * DAY_MS);
    expect(await trial.read(INSTANCE, id, HERE)).toMatchObject({ state: "stopped", tags: { [QUARANTINE_TAG]: until } });
    expect(await trial.read(INSTANCE, beside, HERE)).toMatchObject({ state: "running", tags: {} });
  });

  it("keeps it until the time is over, and then removes it, with or without a further quarantine", async () => {
    for (const options of [{}, WEEK]) {
      const trial = await quarantineTrial();
      const id = await launch(trial);
      const { context } = trial;
      await trial.quarantine(INSTANCE, [id]);
      await trial.twin.clock.sleep(6 * DAY_MS);
      const early = await planOf(context, INSTANCE, [id], options);
      expect(early.steps).toEqual([]);
      expect(reasonOf(early, id)).toMatch(/^it is in quarantine until 20/);

      await trial.twin.clock.sleep(DAY_MS);
      const late = await planOf(context, INSTANCE, [id], options);
      expect(stepsOf(late)).toEqual(["remove"]);
      await executeRemoval(context, late);
      expect(await trial.read(INSTANCE, id, HERE)).toBeUndefined();
    }
  });

  it("is kept by a tag that makes no sense", async () => {
    for (const Value of ["", "soon", "2020-01-01", "2020-02-31T00:00:00Z", "1577836800"]) {
      const trial = await quarantineTrial();
      const id = await launch(trial);
      const tags = { Resources: [id], Tags: [{ Key: QUARANTINE_TAG, Value }] };
      await trial.send(EC2Client, new CreateTagsCommand(tags));
      for (const options of [{}, WEEK]) {
        const plan = await planOf(trial.context, INSTANCE, [id], options);
        expect(plan.steps).toEqual([]);
        expect(reasonOf(plan, id)).toMatch(/is no instant/);
      }
    }
  });

  it("starts anew where someone has taken the tag away", async () => {
    const trial = await quarantineTrial();
    const id = await launch(trial);
    await trial.quarantine(INSTANCE, [id]);
    await trial.send(EC2Client, new DeleteTagsCommand({ Resources: [id], Tags: [{ Key: QUARANTINE_TAG }] }));
    await trial.twin.clock.sleep(8 * DAY_MS);
    trial.changes();
    const { plan } = await trial.quarantine(INSTANCE, [id]);

    // Someone wants it stopped, for all that is known.
    expect(stepsOf(plan)).toEqual(["quarantine tag"]);
    expect(trial.changes()).toEqual(["CreateTags"]);
  });

  it("only tags what can't be stopped and started again", async () => {
    const trial = await quarantineTrial();
    const id = await launch(trial, { InstanceMarketOptions: { MarketType: "spot" } });
    const { plan } = await trial.quarantine(INSTANCE, [id]);

    expect(stepsOf(plan)).toEqual(["quarantine tag"]);
    expect(await trial.read(INSTANCE, id, HERE)).toMatchObject({ state: "running" });
  });

  it("never tags what a guard keeps, or what AWS protects", async () => {
    const trial = await quarantineTrial();
    const tagged = await launch(trial);
    const locked = await launch(trial, { DisableApiTermination: true });
    const protect = { Resources: [tagged], Tags: [{ Key: "evenkeel:protect", Value: "yes" }] };
    await trial.send(EC2Client, new CreateTagsCommand(protect));
    trial.changes();
    const { plan } = await trial.quarantine(INSTANCE, [tagged, locked]);

    expect(plan.steps).toEqual([]);
    expect(trial.changes()).toEqual([]);
    expect(reasonOf(plan, tagged)).toMatch(/evenkeel:protect/);
    expect(reasonOf(plan, locked)).toMatch(/termination protection/);
  });

  it("leaves alone what was protected, tagged or stopped since the plan", async () => {
    const changes = [
      (id: string) => new CreateTagsCommand({ Resources: [id], Tags: [{ Key: "owner", Value: "me" }] }),
      (id: string) => new ModifyInstanceAttributeCommand({ InstanceId: id, DisableApiTermination: { Value: true } }),
      (id: string) => new StopInstancesCommand({ InstanceIds: [id] }),
    ];
    for (const change of changes) {
      const trial = await quarantineTrial();
      const id = await launch(trial);
      const plan = await planOf(trial.context, INSTANCE, [id], WEEK);
      await trial.send(EC2Client, change(id) as CreateTagsCommand);
      trial.changes();
      const { outcomes } = await executeRemoval(trial.context, plan);
      expect([...outcomes.values()]).toEqual([
        { kind: "skipped", reason: expect.stringMatching(/^someone changed it/) },
      ]);
      expect(trial.changes()).toEqual([]);
    }
  });

  it("leaves alone a database that was stopped since the plan, which an undo would start", async () => {
    const trial = await quarantineTrial();
    const DBInstanceIdentifier = "left-behind";
    const asked = { DBInstanceIdentifier, DBInstanceClass: "db.t3.micro", Engine: "postgres", AllocatedStorage: 20 };
    const login = { MasterUsername: "me", MasterUserPassword: "12345678" };
    await trial.send(RDSClient, new CreateDBInstanceCommand({ ...asked, ...login }));
    await trial.twin.clock.sleep(DAY_MS);
    const plan = await planOf(trial.context, "AWS::RDS::DBInstance", [DBInstanceIdentifier], WEEK);
    await trial.send(RDSClient, new StopDBInstanceCommand({ DBInstanceIdentifier }));
    trial.changes();
    const { outcomes } = await executeRemoval(trial.context, plan);
    expect([...outcomes.values()].map(({ kind }) => kind)).toEqual(["skipped"]);
    expect(trial.changes()).toEqual([]);
  });

  it("leaves alone what got a user since the plan, and removes nothing that is used by what it only stops", async () => {
    const trial = await quarantineTrial();
    const type = "AWS::EC2::SecurityGroup";
    const asked = { VpcId: trial.vpc, GroupName: "old", Description: "old" };
    const { GroupId = "" } = await trial.send(EC2Client, new CreateSecurityGroupCommand(asked));
    const entering = await planOf(trial.context, type, [GroupId], WEEK);
    const leaving = await planOf(trial.context, type, [GroupId]);
    const launched = { ImageId: "ami-0123456789abcdef0", SubnetId: trial.subnet, SecurityGroupIds: [GroupId] };
    const run = new RunInstancesCommand({ ...launched, InstanceType: "t3.micro", MinCount: 1, MaxCount: 1 });
    const id = (await trial.send(EC2Client, run)).Instances?.[0]?.InstanceId ?? "";
    await trial.twin.clock.sleep(HOUR_MS / 2);
    const instance = await planOf(trial.context, INSTANCE, [id], WEEK);
    trial.changes();
    for (const plan of [entering, { ...leaving, steps: [...instance.steps, ...leaving.steps], kept: instance.kept }]) {
      const { outcomes } = await executeRemoval(trial.context, plan);
      const reason = expect.stringMatching(/uses it since the plan was made$/);
      const [, outcome] = [...outcomes].find(([step]) => step.endsWith(GroupId)) ?? [];
      expect(outcome).toEqual({ kind: "skipped", reason });
    }
    expect(trial.changes()).toEqual(["CreateTags", "StopInstances"]);
  });

  it("is finished by a continuation where it was killed between tag and stop", async () => {
    const trial = await quarantineTrial();
    const id = await launch(trial);
    const { context } = trial;
    const plan = await planOf(context, INSTANCE, [id], WEEK);
    await expect(executeRemoval(dyingAt(context, "StopInstances"), plan)).rejects.toThrow("killed");
    const until = plan.steps[0]?.saves.until;
    expect(await trial.read(INSTANCE, id, HERE)).toMatchObject({ state: "running", tags: { [QUARANTINE_TAG]: until } });

    const [run] = await runsOf(context, context.connection.account);
    const { outcomes } = await executeContinue(context, await prepareContinue(context, run?.id ?? ""));
    expect([...outcomes.values()]).toEqual([{ kind: "applied" }]);
    expect(await trial.read(INSTANCE, id, HERE)).toMatchObject({ state: "stopped", tags: { [QUARANTINE_TAG]: until } });
  });

  it("goes on with a stop of several rounds that was killed half way, and an undo puts back what was before", async () => {
    const trial = await quarantineTrial();
    const { context } = trial;
    const [type, StreamName] = ["AWS::Kinesis::Stream" as const, "old"];
    await trial.send(KinesisClient, new CreateStreamCommand({ StreamName, ShardCount: 8 }));
    await trial.twin.clock.sleep(DAY_MS);
    const shards = async () => (await trial.read(type, StreamName, HERE))?.configuration;
    const plan = await planOf(context, type, [StreamName], WEEK);
    expect(stepsOf(plan)).toEqual(["quarantine stop"]);
    await expect(executeRemoval(dyingAt(context, "UpdateShardCount", 2), plan)).rejects.toThrow("killed");
    await trial.twin.clock.sleep(HOUR_MS);

    const [run] = await runsOf(context, context.connection.account);
    const { outcomes } = await executeContinue(context, await prepareContinue(context, run?.id ?? ""));
    expect([...outcomes.values()]).toEqual([{ kind: "applied" }]);
    expect(await shards()).toMatchObject({ OpenShardCount: 1 });
    await trial.twin.clock.sleep(DAY_MS);
    await executeUndo(context, await prepareUndo(context, run?.id ?? ""));
    expect(await shards()).toMatchObject({ OpenShardCount: 8 });
  });

  it("takes a role all its rights", async () => {
    const trial = await quarantineTrial();
    await trial.send(IAMClient, new CreateRoleCommand(ROLE));
    await trial.twin.clock.sleep(DAY_MS);
    trial.changes();
    const { plan, outcomes } = await trial.quarantine("AWS::IAM::Role", ["left-behind"]);

    expect(stepsOf(plan)).toEqual(["quarantine deny"]);
    expect([...outcomes.values()]).toEqual([{ kind: "applied" }]);
    expect(trial.changes()).toEqual(["TagRole", "PutRolePolicy"]);
    expect(await trial.read("AWS::IAM::Role", "left-behind")).toMatchObject({
      configuration: { InlinePolicies: { "evenkeel-quarantine": { Statement: [{ Effect: "Deny", Action: "*" }] } } },
    });
    await trial.twin.clock.sleep(8 * DAY_MS);
    const late = await planOf(trial.context, "AWS::IAM::Role", ["left-behind"]);
    expect(stepsOf(late)).toEqual(["prepare detach", "remove"]);
  });

  it("counts as removals in the budget, and needs no leave to lose data", async () => {
    const trial = await quarantineTrial();
    const volume = new CreateVolumeCommand({ AvailabilityZone: "eu-west-1a", Size: 8 });
    const ids = [await trial.send(EC2Client, volume), await trial.send(EC2Client, volume)].map(
      (each) => each.VolumeId ?? "",
    );
    await trial.twin.clock.sleep(DAY_MS);
    const plan = await planOf(trial.context, "AWS::EC2::Volume", ids, { ...WEEK, maxRemovals: 1, allowData: [] });
    expect(stepsOf(plan)).toEqual(["quarantine tag", "quarantine tag"]);
    expect(breachesOf(plan, {}).map(({ guard }) => guard)).toEqual(["max-removals"]);

    const at = await planOf(trial.context, "AWS::EC2::Volume", ids, { allowData: [] });
    expect(breachesOf(at, {}).map(({ guard }) => guard)).toEqual(["allow-data"]);
  });

  it("stops a database, and takes no copy of it before it is removed", async () => {
    const trial = await quarantineTrial();
    const DBInstanceIdentifier = "left-behind";
    const asked = { DBInstanceIdentifier, DBInstanceClass: "db.t3.micro", Engine: "postgres", AllocatedStorage: 20 };
    await trial.send(
      RDSClient,
      new CreateDBInstanceCommand({ ...asked, MasterUsername: "me", MasterUserPassword: "12345678" }),
    );
    await trial.twin.clock.sleep(DAY_MS);
    trial.changes();
    const { plan, outcomes } = await trial.quarantine("AWS::RDS::DBInstance", [DBInstanceIdentifier]);

    expect(stepsOf(plan)).toEqual(["quarantine stop"]);
    expect([...outcomes.values()]).toEqual([{ kind: "applied" }]);
    expect(trial.changes()).toEqual(["TagResources", "StopDBInstance"]);
    await trial.twin.clock.sleep(7 * DAY_MS);
    const late = await planOf(trial.context, "AWS::RDS::DBInstance", [DBInstanceIdentifier]);
    await executeRemoval(trial.context, late);
    expect(await trial.read("AWS::RDS::DBInstance", DBInstanceIdentifier, HERE)).toBeUndefined();
  });

  it("keeps what can only go after something that is in quarantine first", async () => {
    const trial = await quarantineTrial();
    const group = await trial.send(
      EC2Client,
      new CreateSecurityGroupCommand({ VpcId: trial.vpc, GroupName: "old", Description: "old" }),
    );
    const GroupId = group.GroupId ?? "";
    await trial.quarantine("AWS::EC2::SecurityGroup", [GroupId]);
    await trial.twin.clock.sleep(8 * DAY_MS);
    const id = await launch(trial, { SecurityGroupIds: [GroupId] });
    const plan = await trial.together({ [INSTANCE]: [id], "AWS::EC2::SecurityGroup": [GroupId] });

    expect(stepsOf(plan)).toEqual(["quarantine stop"]);
    expect(reasonOf(plan, GroupId)).toBe(`it waits for ${id}, which is in quarantine first`);
    const { outcomes } = await executeRemoval(trial.context, plan);
    expect([...outcomes.values()]).toEqual([{ kind: "applied" }]);
    expect(await trial.read("AWS::EC2::SecurityGroup", GroupId, HERE)).toBeDefined();
  });
});
