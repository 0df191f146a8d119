import { CreateTagsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateGroupCommand, CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  AddTagsToResourceCommand,
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { describe, expect, it } from "vitest";
import { HERE } from "../../../tests/contract/account.ts";
import { DAY_MS, INSTANCE, launch, quarantineTrial } from "../../../tests/contract/quarantine.ts";
import { planOf } from "../../../tests/contract/removal-suite.ts";
import type { Plan } from "../../model/plan.ts";
import { QUARANTINE_TAG } from "../../model/quarantine.ts";
import type { ResourceType } from "../../model/resource.ts";
import { executeRemoval } from "./execute.ts";

const CLUSTER: ResourceType = "AWS::RDS::DBCluster";
const MEMBER: ResourceType = "AWS::RDS::DBInstance";
const ROLE: ResourceType = "AWS::IAM::Role";
const stepsOf = ({ steps }: Plan) => steps.map(({ operation, way, target }) => `${operation} ${way} ${target.id}`);
const reasonsOf = ({ kept }: Plan) => kept.map(({ reason }) => reason);

async function aurora({ send, twin }: Awaited<ReturnType<typeof quarantineTrial>>, name = "shop"): Promise<void> {
  const Engine = "aurora-postgresql";
  await send(RDSClient, new CreateDBClusterCommand({ DBClusterIdentifier: name, Engine, MasterUsername: "shop" }));
  const member = {
    DBInstanceIdentifier: `${name}-1`,
    DBClusterIdentifier: name,
    DBInstanceClass: "db.r6g.large",
    Engine,
  };
  await send(RDSClient, new CreateDBInstanceCommand(member));
  await twin.clock.sleep(DAY_MS);
}

describe("what a quarantine does", () => {
  it("does not delete what a pause would delete", async () => {
    const trial = await quarantineTrial();
    const { send, twin } = trial;
    const ExecutionRoleArn = "arn:aws:iam::111111111111:role/forecast";
    await send(SageMakerClient, new CreateModelCommand({ ModelName: "forecast", ExecutionRoleArn }));
    const variant = {
      VariantName: "all",
      ModelName: "forecast",
      InstanceType: "ml.m5.large",
      InitialInstanceCount: 1,
    } as const;
    const config = { EndpointConfigName: "forecast", ProductionVariants: [variant] };
    await send(SageMakerClient, new CreateEndpointConfigCommand(config));
    const endpoint = { EndpointName: "forecast", EndpointConfigName: "forecast" };
    await send(SageMakerClient, new CreateEndpointCommand(endpoint));
    await twin.clock.sleep(DAY_MS);
    trial.changes();
    const { plan } = await trial.quarantine("AWS::SageMaker::Endpoint", ["forecast"]);

    expect(stepsOf(plan)).toEqual(["quarantine tag forecast"]);
    expect(trial.changes()).toEqual(["TagResources"]);
  });

  it("keeps what can't have tags", async () => {
    const trial = await quarantineTrial();
    await trial.send(IAMClient, new CreateGroupCommand({ GroupName: "old" }));
    await trial.twin.clock.sleep(DAY_MS);
    const plan = await planOf(trial.context, "AWS::IAM::Group", ["old"], { quarantine: "7d" });
    expect([plan.steps, reasonsOf(plan)]).toEqual([
      [],
      ["it can't be put into quarantine: IAM groups can't have tags"],
    ]);
  });

  it("never overwrites somebody's own policy of its policy's name", async () => {
    for (const when of ["before the plan", "after the plan"]) {
      const trial = await quarantineTrial();
      const role = { RoleName: "old", AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[]}' };
      const trust = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" };
      const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
      await trial.send(IAMClient, new CreateRoleCommand({ ...role, AssumeRolePolicyDocument }));
      const own = { RoleName: "old", PolicyName: "evenkeel-quarantine", PolicyDocument: '{"Statement":[]}' };
      const write = () => trial.send(IAMClient, new PutRolePolicyCommand(own));
      if (when === "before the plan") await write();
      await trial.twin.clock.sleep(DAY_MS);
      const plan = await planOf(trial.context, ROLE, ["old"], { quarantine: "7d" });
      if (when === "before the plan") {
        expect(plan.steps).toEqual([]);
        expect(reasonsOf(plan)).toEqual([expect.stringMatching(/none of Evenkeel's$/)]);
        continue;
      }
      await write();
      trial.changes();
      const { outcomes } = await executeRemoval(trial.context, plan);
      expect([...outcomes.values()]).toEqual([
        { kind: "skipped", reason: expect.stringMatching(/none of Evenkeel's$/) },
      ]);
      expect(trial.changes()).toEqual([]);
    }
  });

  it("leaves what would go along untagged, and removes it with its owner later", async () => {
    const trial = await quarantineTrial();
    const id = await launch(trial);
    const plan = await planOf(trial.context, INSTANCE, [id], { quarantine: "7d" });
    const along = plan.kept.filter(({ goesWith }) => goesWith !== undefined);
    expect(along.length).toBeGreaterThan(0);
    expect(along.map(({ reason }) => reason)).toEqual(along.map(() => `goes with ${id}, which is in quarantine first`));
    expect(stepsOf(plan)).toEqual([`quarantine stop ${id}`]);
  });

  it("stops a cluster, tags its members, and removes both when the time is over", async () => {
    const trial = await quarantineTrial();
    await aurora(trial);
    const both = { [CLUSTER]: ["shop"], [MEMBER]: ["shop-1"] };
    const plan = await trial.together(both);
    expect(stepsOf(plan).sort()).toEqual(["quarantine stop shop", "quarantine tag shop-1"]);
    const { outcomes } = await executeRemoval(trial.context, plan);
    expect([...outcomes.values()]).toEqual([{ kind: "applied" }, { kind: "applied" }]);
    await trial.twin.clock.sleep(7 * DAY_MS);
    const late = await executeRemoval(trial.context, await trial.together(both));
    expect([...late.outcomes.values()].filter(({ kind }) => kind !== "applied" && kind !== "unchanged")).toEqual([]);
    expect(await trial.read(CLUSTER, "shop", HERE)).toBeUndefined();
  });

  it("keeps a member whose cluster is in quarantine first", async () => {
    const trial = await quarantineTrial();
    await aurora(trial);
    const over = { Key: QUARANTINE_TAG, Value: "2020-01-01T00:00:00.000Z" };
    const ResourceName = "arn:aws:rds:eu-west-1:111111111111:db:shop-1";
    await trial.send(RDSClient, new AddTagsToResourceCommand({ ResourceName, Tags: [over] }));
    const plan = await trial.together({ [CLUSTER]: ["shop"], [MEMBER]: ["shop-1"] });

    expect(stepsOf(plan)).toEqual(["quarantine stop shop"]);
    expect(reasonsOf(plan)).toEqual(["it waits for shop, which is in quarantine first"]);
  });

  it("keeps what is over while its user is only on its way into quarantine", async () => {
    const trial = await quarantineTrial();
    const id = await launch(trial);
    const over = { Key: QUARANTINE_TAG, Value: "2020-01-01T00:00:00Z" };
    await trial.send(EC2Client, new CreateTagsCommand({ Resources: [trial.subnet], Tags: [over] }));
    const plan = await trial.together({ [INSTANCE]: [id], "AWS::EC2::Subnet": [trial.subnet] });
    expect(stepsOf(plan)).toEqual([`quarantine stop ${id}`]);
    const bold = await planOf(trial.context, "AWS::EC2::Subnet", [trial.subnet]);
    expect(bold.steps).toEqual([]);
  });
});
