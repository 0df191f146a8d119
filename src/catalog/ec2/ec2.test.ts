import {
  CreateLaunchTemplateCommand,
  CreateRouteTableCommand,
  CreateVpcCommand,
  EC2Client,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
} from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { redactor } from "../../model/redact.ts";
import type { ResourceType, ScannedResource } from "../../model/resource.ts";
import { factsOf, loadEntry } from "../registry.ts";
import { toResource } from "../resource.ts";
import { readScope } from "../scope.ts";
import { defaultNetwork, rowsOf } from "./ec2.trial.ts";

async function scanned(account: TestAccount, type: ResourceType): Promise<ScannedResource[]> {
  const facts = factsOf(type);
  if (!facts) throw new Error(`no facts of ${type}`);
  const { account: id, partition } = account.connection;
  const where = { account: id, partition, region: HERE, redact: redactor(Buffer.from("key of this test")) };
  const scope = readScope(account.connection, HERE, { signal: new AbortController().signal });
  const found: ScannedResource[] = [];
  for await (const each of (await loadEntry(type)).list(scope)) found.push(toResource(facts, each, where));
  return found;
}

describe("the entries of EC2", () => {
  it("see the same instance, as old as before, after a stop and a start", async () => {
    const account = await testAccount();
    await defaultNetwork(account);
    const launch = { ImageId: "ami-0123456789abcdef0", MinCount: 1, MaxCount: 1 };
    const { Instances = [] } = await account.send(EC2Client, new RunInstancesCommand(launch));
    const InstanceIds = Instances.map((each) => each.InstanceId ?? "");
    const [before] = await scanned(account, "AWS::EC2::Instance");
    await account.twin.clock.sleep(3_600_000);
    await account.send(EC2Client, new StopInstancesCommand({ InstanceIds }));
    await account.twin.clock.sleep(60_000);
    const [stopped] = await scanned(account, "AWS::EC2::Instance");
    await account.send(EC2Client, new StartInstancesCommand({ InstanceIds }));
    await account.twin.clock.sleep(60_000);
    const [after] = await scanned(account, "AWS::EC2::Instance");

    expect([before?.state, stopped?.state, after?.state]).toEqual(["running", "stopped", "running"]);
    expect([stopped?.fingerprint, after?.fingerprint]).toEqual([before?.fingerprint, before?.fingerprint]);
    expect(after?.createdAt).toBe(before?.createdAt);
    expect(after?.observed.LaunchTime).not.toBe(before?.observed.LaunchTime);
  });

  it("store no user data of a launch template, in either of its versions", async () => {
    const account = await testAccount();
    const UserData = Buffer.from("export DB_PASSWORD=hunter2").toString("base64");
    const template = { LaunchTemplateName: "orders", LaunchTemplateData: { UserData } };
    await account.send(EC2Client, new CreateLaunchTemplateCommand(template));
    const [resource] = await scanned(account, "AWS::EC2::LaunchTemplate");

    expect(JSON.stringify(resource)).not.toContain(UserData);
    const stored = { LaunchTemplateData: { UserData: expect.stringMatching(/^redacted:/) } };
    expect(resource?.configuration).toMatchObject({ DefaultVersion: stored, LatestVersion: stored });
  });

  it("take routes that BGP brings for no change of a route table", async () => {
    const account = await testAccount();
    const { vpc } = await defaultNetwork(account);
    await account.send(EC2Client, new CreateRouteTableCommand({ VpcId: vpc }));
    const before = await scanned(account, "AWS::EC2::RouteTable");
    for (const table of rowsOf(account, "ec2.route-table"))
      (table.Routes as object[]).push({
        DestinationCidrBlock: "192.168.0.0/16",
        GatewayId: "vgw-0123456789abcdef0",
        Origin: "EnableVgwRoutePropagation",
        State: "active",
      });
    const after = await scanned(account, "AWS::EC2::RouteTable");

    expect(after.map((each) => each.fingerprint)).toEqual(before.map((each) => each.fingerprint));
  });

  it("leave out what another account shares", async () => {
    const account = await testAccount();
    await account.send(EC2Client, new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
    for (const vpc of rowsOf(account, "ec2.vpc")) vpc.OwnerId = "999999999999";

    expect(await scanned(account, "AWS::EC2::VPC")).toEqual([]);
  });
});
