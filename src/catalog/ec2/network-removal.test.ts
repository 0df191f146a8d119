import {
  AllocateAddressCommand,
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateNetworkAclCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  CreateVpcPeeringConnectionCommand,
  DescribeInstancesCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSpotInstanceRequestsCommand,
  EC2Client,
  ReplaceNetworkAclAssociationCommand,
} from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import { HERE, type Sendable, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { memoryStore } from "../../../tests/contract/memory-store.ts";
import { scan } from "../../engine/scan/scan.ts";
import { memoryHost } from "../../io/memory.ts";
import { redactor } from "../../model/redact.ts";
import type { Resource } from "../../model/resource.ts";
import type { VerbContext } from "../../verbs/context.ts";
import { executeRemoval } from "../../verbs/removal/execute.ts";
import { parseRemoval } from "../../verbs/removal/options.ts";
import { prepareRemoval } from "../../verbs/removal/prepare.ts";
import { FACTS } from "../registry.ts";
import { defaultNetwork, launched, ownNetwork } from "./ec2.trial.ts";

const TYPES = FACTS.map(({ type }) => type).filter((type) => type.startsWith("AWS::EC2::"));

async function trial() {
  const account = await testAccount();
  await defaultNetwork(account);
  const { connection, twin } = account;
  const { signal } = new AbortController();
  const context: VerbContext = { connection, host: memoryHost(), clock: twin.clock, signal, store: memoryStore() };
  const selection = { types: TYPES, regions: [HERE] };
  const seen = () => scan({ ...context, selection, redact: redactor(Buffer.from("key")) });
  const arns = async () => (await seen()).resources.map(({ arn }) => arn).sort();

  /** Removes what is wanted, with all the rest of the account in sight. */
  const remove = async (
    wanted: (resource: Resource) => boolean,
    stays: (resource: Resource) => string | undefined = () => undefined,
  ) => {
    await twin.clock.sleep(3_600_000);
    const { resources, coverage } = await seen();
    const limits = parseRemoval({ maxShare: 1, maxRemovals: 200, allowData: ["storage", "compute"] });
    const asked = resources.filter(wanted).map((resource) => ({ resource, reason: "the test wants it" }));
    twin.log.length = 0;
    const plan = await prepareRemoval(
      context,
      { verb: "restore", selection, coverage, resources: asked, stays },
      limits,
    );
    const { outcomes } = await executeRemoval(context, plan);
    return {
      plan,
      failed: [...outcomes].filter(([, { kind }]) => kind !== "applied"),
      log: twin.log.map(({ operation }) => operation).filter((operation) => !/^(Describe|Get|List)/.test(operation)),
    };
  };
  return { account, arns, remove };
}

/** A network with everything in it that holds something else. */
async function crowded(account: TestAccount): Promise<void> {
  const send = <I extends object, O>(command: Sendable<I, O>) => account.send(EC2Client, command);
  const { vpc: VpcId, subnet: SubnetId } = await ownNetwork(account);
  const { InternetGatewayId } = (await send(new CreateInternetGatewayCommand({}))).InternetGateway ?? {};
  await send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId }));
  const group = { VpcId, GroupName: "web", Description: "orders" };
  const { GroupId = "" } = await send(new CreateSecurityGroupCommand(group));
  const { AllocationId } = await send(new AllocateAddressCommand({}));
  const { NatGatewayId } = (await send(new CreateNatGatewayCommand({ SubnetId, AllocationId }))).NatGateway ?? {};
  const { RouteTables } = await send(
    new DescribeRouteTablesCommand({ Filters: [{ Name: "vpc-id", Values: [VpcId] }] }),
  );
  const everywhere = { DestinationCidrBlock: "0.0.0.0/0" };
  // The main route table goes with the VPC, and yet leads to what must go before that.
  const main = RouteTables?.[0]?.RouteTableId;
  await send(new CreateRouteCommand({ RouteTableId: main, GatewayId: InternetGatewayId, ...everywhere }));
  const { RouteTableId = "" } = (await send(new CreateRouteTableCommand({ VpcId }))).RouteTable ?? {};
  await send(new CreateRouteCommand({ RouteTableId, NatGatewayId, ...everywhere }));
  await send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }));
  const { NetworkAclId } = (await send(new CreateNetworkAclCommand({ VpcId }))).NetworkAcl ?? {};
  const { NetworkAcls = [] } = await send(new DescribeNetworkAclsCommand({}));
  const association = NetworkAcls.flatMap(({ Associations = [] }) => Associations).find(
    (each) => each.SubnetId === SubnetId,
  );
  const AssociationId = association?.NetworkAclAssociationId;
  await send(new ReplaceNetworkAclAssociationCommand({ AssociationId, NetworkAclId }));
  const sqs = { ServiceName: "com.amazonaws.eu-west-1.sqs", VpcEndpointType: "Interface" } as const;
  await send(new CreateVpcEndpointCommand({ VpcId, SubnetIds: [SubnetId], SecurityGroupIds: [GroupId], ...sqs }));
  const s3 = { ServiceName: "com.amazonaws.eu-west-1.s3" };
  await send(new CreateVpcEndpointCommand({ VpcId, RouteTableIds: [RouteTableId], ...s3 }));
  const NetworkInterfaces = [{ DeviceIndex: 0, SubnetId, Groups: [GroupId], AssociatePublicIpAddress: true }];
  await launched(account, { NetworkInterfaces });
}

describe("removing networks", () => {
  it("takes a crowded network down whole, and leaves the default one beside it as it was", async () => {
    const { account, arns, remove } = await trial();
    const before = await arns();
    await crowded(account);
    const added = new Set((await arns()).filter((arn) => !before.includes(arn)));
    expect(added.size).toBeGreaterThan(15);
    const { failed, plan } = await remove(({ arn }) => added.has(arn));

    expect(plan.kept.filter(({ goesWith }) => !goesWith)).toEqual([]);
    expect(failed).toEqual([]);
    expect(await arns()).toEqual(before);
  });

  it("removes a subnet, though the route table and the network ACL that it has stay", async () => {
    const { account, remove } = await trial();
    const { vpc: VpcId, subnet: SubnetId } = await ownNetwork(account);
    const { RouteTable } = await account.send(EC2Client, new CreateRouteTableCommand({ VpcId }));
    const { RouteTableId } = RouteTable ?? {};
    await account.send(EC2Client, new AssociateRouteTableCommand({ RouteTableId, SubnetId }));
    const { failed, log } = await remove(({ id }) => id === SubnetId);

    expect(failed).toEqual([]);
    expect(log).toEqual(["DeleteSubnet"]);
  });

  it("gives the subnets of a network ACL back to their own VPC's default one", async () => {
    const { account, remove } = await trial();
    const { vpc: VpcId, subnet } = await ownNetwork(account);
    const send = account.send;
    const acl = (await send(EC2Client, new CreateNetworkAclCommand({ VpcId }))).NetworkAcl;
    const all = async () => (await send(EC2Client, new DescribeNetworkAclsCommand({}))).NetworkAcls ?? [];
    const holder = async () =>
      (await all()).flatMap(({ Associations = [] }) => Associations).find(({ SubnetId }) => SubnetId === subnet);
    const [before, NetworkAclId] = [await holder(), acl?.NetworkAclId];
    const AssociationId = before?.NetworkAclAssociationId;
    await send(EC2Client, new ReplaceNetworkAclAssociationCommand({ AssociationId, NetworkAclId }));
    const { failed } = await remove(({ id }) => id === NetworkAclId);

    expect(failed).toEqual([]);
    expect((await holder())?.NetworkAclId).toBe(before?.NetworkAclId);
  });

  it("removes a VPC with a peering connection only together with that", async () => {
    const { account, remove } = await trial();
    const vpc = async (CidrBlock: string) =>
      (await account.send(EC2Client, new CreateVpcCommand({ CidrBlock }))).Vpc?.VpcId;
    const [VpcId, PeerVpcId] = [await vpc("10.1.0.0/16"), await vpc("10.2.0.0/16")];
    await account.send(EC2Client, new CreateVpcPeeringConnectionCommand({ VpcId, PeerVpcId }));
    const alone = await remove(({ id }) => id === VpcId);
    expect(alone.plan.steps).toEqual([]);
    const both = await remove(({ id }) => id === VpcId || id.startsWith("pcx-"));

    expect(both.failed).toEqual([]);
    expect(both.log).toEqual(["DeleteVpcPeeringConnection", "DeleteVpc"]);
  });

  it("cancels a persistent Spot request before its instance, so that AWS launches no other one", async () => {
    const { account, remove } = await trial();
    const spot = { MarketType: "spot", SpotOptions: { SpotInstanceType: "persistent" } } as const;
    const id = await launched(account, { InstanceMarketOptions: spot });
    const { failed, log } = await remove((each) => each.id === id || each.type === "AWS::EC2::SpotInstanceRequest");

    expect(failed).toEqual([]);
    expect(log).toEqual(["CancelSpotInstanceRequests", "TerminateInstances"]);
    const { SpotInstanceRequests } = await account.send(EC2Client, new DescribeSpotInstanceRequestsCommand({}));
    expect(SpotInstanceRequests?.map(({ State }) => State)).toEqual(["cancelled"]);
  });

  it("keeps the instance of a persistent Spot request that stays", async () => {
    const { account, remove } = await trial();
    const spot = { MarketType: "spot", SpotOptions: { SpotInstanceType: "persistent" } } as const;
    const id = await launched(account, { InstanceMarketOptions: spot });
    const { log } = await remove(
      (each) => each.id === id,
      ({ type }) => (type === "AWS::EC2::SpotInstanceRequest" ? "it was there before" : undefined),
    );

    expect(log).toEqual([]);
    const { Reservations } = await account.send(EC2Client, new DescribeInstancesCommand({}));
    expect(Reservations?.[0]?.Instances?.[0]?.State?.Name).toBe("running");
  });
});
