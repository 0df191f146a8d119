import {
  AcceptVpcPeeringConnectionCommand,
  CancelSpotInstanceRequestsCommand,
  CreateDefaultVpcCommand,
  CreateNetworkAclCommand,
  CreateSnapshotCommand,
  CreateSubnetCommand,
  CreateVolumeCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  CreateVpcPeeringConnectionCommand,
  DeleteNetworkAclCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DeleteVpcEndpointsCommand,
  DescribeNetworkAclsCommand,
  DescribeSnapshotsCommand,
  DescribeSpotInstanceRequestsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcPeeringConnectionsCommand,
  EC2Client,
  RejectVpcPeeringConnectionCommand,
  ReplaceNetworkAclAssociationCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import { type Sendable, testAccount } from "../../../../tests/contract/account.ts";
import { isError } from "../../../model/errors.ts";

async function world() {
  const account = await testAccount();
  const send = <I extends object, O>(command: Sendable<I, O>): Promise<O> => account.send(EC2Client, command);
  /** AWS's error code; undefined = accepted. */
  const refusal = <I extends object, O>(command: Sendable<I, O>) =>
    send(command).then(
      () => undefined,
      (error: unknown) => (isError(error) ? error.details.awsCode : String(error)),
    );
  const network = async (block: string) => {
    const { Vpc } = await send(new CreateVpcCommand({ CidrBlock: `${block}.0.0/16` }));
    const made = await send(new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock: `${block}.1.0/24` }));
    return { VpcId: Vpc?.VpcId ?? "", SubnetId: made.Subnet?.SubnetId ?? "" };
  };
  return { account, send, refusal, network, pass: (minutes: number) => account.twin.clock.sleep(minutes * 60_000) };
}

describe("how things of EC2 end on the twin", () => {
  it("keeps a network ACL that is a default one or has subnets, and the VPC that has another one", async () => {
    const { send, refusal, network } = await world();
    const { VpcId, SubnetId } = await network("10.1");
    const { NetworkAcls = [] } = await send(new DescribeNetworkAclsCommand({}));
    expect(NetworkAcls).toMatchObject([{ IsDefault: true, VpcId, Associations: [{ SubnetId }] }]);
    const { NetworkAclId } = (await send(new CreateNetworkAclCommand({ VpcId }))).NetworkAcl ?? {};
    const AssociationId = NetworkAcls[0]?.Associations?.[0]?.NetworkAclAssociationId;
    const moved = await send(new ReplaceNetworkAclAssociationCommand({ AssociationId, NetworkAclId }));

    expect(moved.NewAssociationId).not.toBe(AssociationId);
    expect(await refusal(new DeleteNetworkAclCommand({ NetworkAclId }))).toBe("DependencyViolation");
    const own = NetworkAcls[0]?.NetworkAclId;
    expect(await refusal(new DeleteNetworkAclCommand({ NetworkAclId: own }))).toBe("InvalidParameterValue");
    await send(new DeleteSubnetCommand({ SubnetId }));
    expect(await refusal(new DeleteVpcCommand({ VpcId }))).toBe("DependencyViolation");
    await send(new DeleteNetworkAclCommand({ NetworkAclId }));
    await send(new DeleteVpcCommand({ VpcId }));
    expect((await send(new DescribeNetworkAclsCommand({}))).NetworkAcls).toEqual([]);
  });

  it("ends a peering connection with one of its VPCs, and tells of it for a while", async () => {
    const { send, refusal, network, pass } = await world();
    const [one, two] = [await network("10.1"), await network("10.2")];
    const asked = new CreateVpcPeeringConnectionCommand({ VpcId: one.VpcId, PeerVpcId: two.VpcId });
    const { VpcPeeringConnectionId } = (await send(asked)).VpcPeeringConnection ?? {};
    const code = async () => {
      const told = await send(new DescribeVpcPeeringConnectionsCommand({}));
      return told.VpcPeeringConnections?.map(({ Status }) => Status?.Code);
    };

    expect(await code()).toEqual(["pending-acceptance"]);
    await send(new AcceptVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
    expect(await refusal(new RejectVpcPeeringConnectionCommand({ VpcPeeringConnectionId }))).toBe(
      "InvalidStateTransition",
    );
    await send(new DeleteSubnetCommand({ SubnetId: two.SubnetId }));
    await send(new DeleteVpcCommand({ VpcId: two.VpcId }));
    expect(await code()).toEqual(["deleted"]);
    await pass(180);
    expect(await code()).toEqual([]);
  });

  it("holds the subnet of an endpoint until that is gone", async () => {
    const { send, refusal, network, pass } = await world();
    const { VpcId, SubnetId } = await network("10.1");
    const service = { ServiceName: "com.amazonaws.eu-west-1.sqs", VpcEndpointType: "Interface" } as const;
    const { VpcEndpoint } = await send(new CreateVpcEndpointCommand({ VpcId, SubnetIds: [SubnetId], ...service }));
    const VpcEndpointIds = [VpcEndpoint?.VpcEndpointId ?? ""];
    await send(new DeleteVpcEndpointsCommand({ VpcEndpointIds }));

    expect((await send(new DescribeVpcEndpointsCommand({}))).VpcEndpoints).toMatchObject([{ State: "deleting" }]);
    expect(await refusal(new DeleteSubnetCommand({ SubnetId }))).toBe("DependencyViolation");
    await pass(2);
    expect((await send(new DescribeVpcEndpointsCommand({}))).VpcEndpoints).toEqual([]);
    expect(await refusal(new DeleteSubnetCommand({ SubnetId }))).toBeUndefined();
  });

  it("closes a one-time Spot request with its instance, and opens a persistent one again", async () => {
    const { send } = await world();
    await send(new CreateDefaultVpcCommand({}));
    const run = async (SpotInstanceType: "one-time" | "persistent") => {
      const InstanceMarketOptions = { MarketType: "spot", SpotOptions: { SpotInstanceType } } as const;
      const launch = { ImageId: "ami-0123456789abcdef0", MinCount: 1, MaxCount: 1, InstanceMarketOptions };
      return (await send(new RunInstancesCommand(launch))).Instances?.[0]?.InstanceId ?? "";
    };
    const InstanceIds = [await run("one-time"), await run("persistent"), await run("persistent")];
    const requests = async () => (await send(new DescribeSpotInstanceRequestsCommand({}))).SpotInstanceRequests ?? [];
    const SpotInstanceRequestIds = [(await requests())[2]?.SpotInstanceRequestId ?? ""];
    await send(new CancelSpotInstanceRequestsCommand({ SpotInstanceRequestIds }));
    await send(new TerminateInstancesCommand({ InstanceIds }));

    expect((await requests()).map(({ State }) => State)).toEqual(["closed", "open", "cancelled"]);
  });

  it("takes its time to copy a volume", async () => {
    const { send, pass } = await world();
    const { VolumeId } = await send(new CreateVolumeCommand({ AvailabilityZone: "eu-west-1a", Size: 1 }));
    await send(new CreateSnapshotCommand({ VolumeId }));
    const states = async () => (await send(new DescribeSnapshotsCommand({}))).Snapshots?.map(({ State }) => State);

    expect(await states()).toEqual(["pending"]);
    await pass(1);
    expect(await states()).toEqual(["completed"]);
  });
});
