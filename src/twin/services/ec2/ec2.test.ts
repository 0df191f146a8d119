import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  AttachVolumeCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateDefaultVpcCommand,
  CreateImageCommand,
  CreateKeyPairCommand,
  CreateLaunchTemplateCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateVolumeCommand,
  DeleteNatGatewayCommand,
  DeleteSecurityGroupCommand,
  DeleteSnapshotCommand,
  DeleteVolumeCommand,
  DeleteVpcCommand,
  DescribeAddressesCommand,
  DescribeAvailabilityZonesCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRegionsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSubnetsCommand,
  DescribeTagsCommand,
  DescribeVolumesCommand,
  EC2Client,
  type Instance,
  ModifyInstanceAttributeCommand,
  ReleaseAddressCommand,
  RevokeSecurityGroupIngressCommand,
  RunInstancesCommand,
  type RunInstancesCommandInput,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import { type TestAccount, testAccount } from "../../../../tests/contract/account.ts";

const AMI = "ami-0123456789abcdef0";

/** A region of a new account, with a sender that is spared the client. */
async function world() {
  const account = await testAccount();
  const send: <I extends object, O>(command: Parameters<typeof account.send<EC2Client, I, O>>[1]) => Promise<O> = (
    command,
  ) => account.send(EC2Client, command);
  const { Vpc } = await send(new CreateDefaultVpcCommand({}));
  const run = async (input: Partial<RunInstancesCommandInput> = {}): Promise<Instance> => {
    const { Instances = [] } = await send(
      new RunInstancesCommand({ ImageId: AMI, MinCount: 1, MaxCount: 1, ...input }),
    );
    return Instances[0] as Instance;
  };
  const instance = async (id = ""): Promise<Instance> => {
    const { Reservations = [] } = await send(new DescribeInstancesCommand({ InstanceIds: [id] }));
    return Reservations[0]?.Instances?.[0] as Instance;
  };
  return { account, send, run, instance, vpc: Vpc?.VpcId ?? "" };
}

const code = async (refused: Promise<unknown>): Promise<string | undefined> =>
  refused.then(
    () => undefined,
    (error: { details: { awsCode?: string } }) => error.details.awsCode,
  );

const names = (account: TestAccount) => [...account.twin.unknownOperations];

describe("the twin's EC2", () => {
  it("launches an instance with root volume, primary interface, default subnet and default group", async () => {
    const { send, run, vpc } = await world();
    const TagSpecifications = [
      { ResourceType: "instance" as const, Tags: [{ Key: "Name", Value: "web" }] },
      { ResourceType: "volume" as const, Tags: [{ Key: "Name", Value: "web root" }] },
    ];
    const made = await run({ TagSpecifications });
    const { Volumes = [] } = await send(
      new DescribeVolumesCommand({ Filters: [{ Name: "tag:Name", Values: ["web*"] }] }),
    );

    expect(made).toMatchObject({ VpcId: vpc, State: { Name: "running" }, Tags: [{ Key: "Name", Value: "web" }] });
    expect(made.SecurityGroups?.map((group) => group.GroupName)).toEqual(["default"]);
    expect(made.PublicIpAddress).toBeDefined();
    expect(made.BlockDeviceMappings?.map((each) => each.Ebs?.VolumeId)).toEqual(Volumes.map((each) => each.VolumeId));
    expect(Volumes[0]).toMatchObject({
      State: "in-use",
      Attachments: [{ InstanceId: made.InstanceId, Device: "/dev/xvda" }],
    });
  });

  it("takes a public address away at a stop and gives another at the start, but leaves an Elastic IP address", async () => {
    const { account, send, run, instance } = await world();
    const [plain, elastic] = [await run(), await run()];
    const { AllocationId, PublicIp } = await send(new AllocateAddressCommand({}));
    await send(new AssociateAddressCommand({ AllocationId, InstanceId: elastic.InstanceId }));
    const InstanceIds = [plain.InstanceId ?? "", elastic.InstanceId ?? ""];
    await send(new StopInstancesCommand({ InstanceIds }));

    expect((await instance(plain.InstanceId)).PublicIpAddress).toBeUndefined();
    expect((await instance(elastic.InstanceId)).PublicIpAddress).toBe(PublicIp);

    expect(await code(send(new StartInstancesCommand({ InstanceIds })))).toBe("IncorrectInstanceState");
    await account.twin.clock.sleep(60_000);
    await send(new StartInstancesCommand({ InstanceIds }));
    expect((await instance(plain.InstanceId)).State?.Name).toBe("pending");
    const again = (await instance(plain.InstanceId)).PublicIpAddress;
    expect(again).toBeDefined();
    expect(again).not.toBe(plain.PublicIpAddress);
    expect((await instance(elastic.InstanceId)).PublicIpAddress).toBe(PublicIp);
  });

  it("keeps a terminated instance, its added volume and its Elastic IP address, and nothing else of it", async () => {
    const { account, send, run, instance } = await world();
    const { InstanceId = "", Placement } = await run();
    const { VolumeId } = await send(
      new CreateVolumeCommand({ AvailabilityZone: Placement?.AvailabilityZone, Size: 5 }),
    );
    await send(new AttachVolumeCommand({ InstanceId, VolumeId, Device: "/dev/sdf" }));
    const { AllocationId } = await send(new AllocateAddressCommand({}));
    await send(new AssociateAddressCommand({ AllocationId, InstanceId }));
    await send(new TerminateInstancesCommand({ InstanceIds: [InstanceId] }));

    expect(await instance(InstanceId)).toMatchObject({ State: { Name: "shutting-down" } });
    expect(await code(send(new DeleteVolumeCommand({ VolumeId })))).toBe("VolumeInUse");
    expect(await code(send(new ReleaseAddressCommand({ AllocationId })))).toBe("InvalidIPAddress.InUse");
    await account.twin.clock.sleep(60_000);
    expect(await instance(InstanceId)).toMatchObject({ State: { Name: "terminated" }, BlockDeviceMappings: [] });
    const { Volumes } = await send(new DescribeVolumesCommand({}));
    expect(Volumes).toMatchObject([{ VolumeId, State: "available", Attachments: [] }]);
    const { Addresses } = await send(new DescribeAddressesCommand({}));
    expect(Addresses?.map((each) => [each.AllocationId, each.AssociationId])).toEqual([[AllocationId, undefined]]);
    expect((await send(new DescribeNetworkInterfacesCommand({}))).NetworkInterfaces).toEqual([]);
    await account.twin.clock.sleep(3_600_000);
    expect((await send(new DescribeInstancesCommand({}))).Reservations).toEqual([]);
  });

  it("refuses what AWS refuses, with AWS's codes", async () => {
    const { send, run } = await world();
    const kept = await run({ DisableApiTermination: true, DisableApiStop: true });
    const InstanceIds = [kept.InstanceId ?? ""];
    const missing = ["i-00000000000000000"];

    expect(await code(send(new TerminateInstancesCommand({ InstanceIds })))).toBe("OperationNotPermitted");
    expect(await code(send(new StopInstancesCommand({ InstanceIds })))).toBe("OperationNotPermitted");
    expect(await code(send(new StopInstancesCommand({ InstanceIds, DryRun: true })))).toBe("DryRunOperation");
    expect(await code(send(new StartInstancesCommand({ InstanceIds: missing })))).toBe("InvalidInstanceID.NotFound");
    expect(await code(send(new DescribeInstancesCommand({ MaxResults: 4 })))).toBe("InvalidParameterValue");
    expect(await code(run({ KeyName: "nobody" }))).toBe("InvalidKeyPair.NotFound");
    await send(new CreateKeyPairCommand({ KeyName: "twice" }));
    expect(await code(send(new CreateKeyPairCommand({ KeyName: "twice" })))).toBe("InvalidKeyPair.Duplicate");
    const larger = { InstanceId: kept.InstanceId, InstanceType: { Value: "t3.large" } };
    expect(await code(send(new ModifyInstanceAttributeCommand(larger)))).toBe("IncorrectInstanceState");
  });

  it("stops a Spot instance only when its request is persistent", async () => {
    const { send, run } = await world();
    const spot = (SpotInstanceType: "one-time" | "persistent") =>
      run({ InstanceMarketOptions: { MarketType: "spot", SpotOptions: { SpotInstanceType } } });
    const stop = async (each: Instance) =>
      code(send(new StopInstancesCommand({ InstanceIds: [each.InstanceId ?? ""] })));

    expect(await stop(await spot("one-time"))).toBe("UnsupportedOperation");
    expect(await stop(await spot("persistent"))).toBeUndefined();
  });

  it("launches from a template, tells so by tags, and does a request with a known token once", async () => {
    const { send, run } = await world();
    const LaunchTemplateData = { ImageId: AMI, InstanceType: "m7g.large" } as const;
    await send(new CreateLaunchTemplateCommand({ LaunchTemplateName: "web", LaunchTemplateData }));
    const request = { ImageId: undefined, LaunchTemplate: { LaunchTemplateName: "web" }, ClientToken: "once" };
    const [first, second] = [await run(request), await run(request)];

    expect(first).toMatchObject({ InstanceType: "m7g.large", Architecture: "arm64" });
    expect(second.InstanceId).toBe(first.InstanceId);
    expect(first.Tags?.map((tag) => tag.Key)).toEqual(["aws:ec2launchtemplate:id", "aws:ec2launchtemplate:version"]);
  });

  it("keeps rules of a security group as AWS groups them, and a group that is used or referred to", async () => {
    const { send, run, vpc } = await world();
    const group = async (GroupName: string) =>
      (await send(new CreateSecurityGroupCommand({ GroupName, Description: "x", VpcId: vpc }))).GroupId ?? "";
    const [web, db] = [await group("web"), await group("db")];
    const open = (CidrIp: string) => [{ IpProtocol: "tcp", FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp }] }];
    await send(new AuthorizeSecurityGroupIngressCommand({ GroupId: web, IpPermissions: open("10.0.0.0/8") }));
    await send(new AuthorizeSecurityGroupIngressCommand({ GroupId: web, IpPermissions: open("0.0.0.0/0") }));
    const fromWeb = [{ IpProtocol: "tcp", FromPort: 5432, ToPort: 5432, UserIdGroupPairs: [{ GroupId: web }] }];
    await send(new AuthorizeSecurityGroupIngressCommand({ GroupId: db, IpPermissions: fromWeb }));
    await run({ SecurityGroupIds: [db] });
    const rules = await send(new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: "group-id", Values: [web] }] }));

    expect(rules.SecurityGroupRules?.filter((rule) => !rule.IsEgress).map((rule) => rule.CidrIpv4)).toEqual([
      "10.0.0.0/8",
      "0.0.0.0/0",
    ]);
    const again = new AuthorizeSecurityGroupIngressCommand({ GroupId: web, IpPermissions: open("0.0.0.0/0") });
    expect(await code(send(again))).toBe("InvalidPermission.Duplicate");
    expect(await code(send(new DeleteSecurityGroupCommand({ GroupId: web })))).toBe("DependencyViolation");
    await send(new RevokeSecurityGroupIngressCommand({ GroupId: db, IpPermissions: fromWeb }));
    expect(await code(send(new DeleteSecurityGroupCommand({ GroupId: web })))).toBeUndefined();
    expect(await code(send(new DeleteSecurityGroupCommand({ GroupId: db })))).toBe("DependencyViolation");
    expect(await code(send(new DeleteVpcCommand({ VpcId: vpc })))).toBe("DependencyViolation");
  });

  it("turns routes to a deleted NAT gateway into blackholes and leaves its address allocated", async () => {
    const { account, send, vpc } = await world();
    const { Subnets = [] } = await send(new DescribeSubnetsCommand({}));
    const { AllocationId } = await send(new AllocateAddressCommand({}));
    const { NatGateway } = await send(new CreateNatGatewayCommand({ SubnetId: Subnets[0]?.SubnetId, AllocationId }));
    const { RouteTable } = await send(new CreateRouteTableCommand({ VpcId: vpc }));
    const RouteTableIds = [RouteTable?.RouteTableId ?? ""];
    const { NatGatewayId } = NatGateway ?? {};
    await send(
      new CreateRouteCommand({ RouteTableId: RouteTableIds[0], DestinationCidrBlock: "0.0.0.0/0", NatGatewayId }),
    );
    await send(new DeleteNatGatewayCommand({ NatGatewayId }));
    const { NatGateways } = await send(new DescribeNatGatewaysCommand({}));
    expect(NatGateways).toMatchObject([{ NatGatewayId, State: "deleting" }]);
    expect(await code(send(new ReleaseAddressCommand({ AllocationId })))).toBe("InvalidIPAddress.InUse");
    await account.twin.clock.sleep(120_000);

    const { RouteTables = [] } = await send(new DescribeRouteTablesCommand({ RouteTableIds }));
    expect(RouteTables[0]?.Routes?.map((route) => route.State)).toEqual(["active", "blackhole"]);
    const { Addresses } = await send(new DescribeAddressesCommand({}));
    expect(Addresses).toMatchObject([{ AllocationId, NetworkBorderGroup: "eu-west-1" }]);
    expect(Addresses?.[0]?.AssociationId).toBeUndefined();
  });

  it("makes an image of an instance, whose snapshots stay as long as the image", async () => {
    const { send, run } = await world();
    const { InstanceId } = await run();
    const { ImageId } = await send(new CreateImageCommand({ InstanceId, Name: "golden" }));
    const { Images = [] } = await send(new DescribeImagesCommand({ Owners: ["self"] }));
    const SnapshotId = Images[0]?.BlockDeviceMappings?.[0]?.Ebs?.SnapshotId;

    expect(Images).toMatchObject([{ ImageId, Name: "golden", SourceInstanceId: InstanceId }]);
    expect(await code(send(new DeleteSnapshotCommand({ SnapshotId })))).toBe("InvalidSnapshot.InUse");
  });

  it("knows its regions, zones and every tag, and lacks no operation of these tests", async () => {
    const { account, send, run } = await world();
    await run({ TagSpecifications: [{ ResourceType: "instance", Tags: [{ Key: "team", Value: "orders" }] }] });
    const { Regions = [] } = await send(new DescribeRegionsCommand({}));
    const { AvailabilityZones = [] } = await send(new DescribeAvailabilityZonesCommand({}));
    const { Tags } = await send(new DescribeTagsCommand({ Filters: [{ Name: "key", Values: ["team"] }] }));

    expect(Regions.map((each) => each.RegionName)).toContain("eu-west-1");
    expect(AvailabilityZones.map((each) => each.ZoneId)).toEqual(["euw1-az1", "euw1-az2", "euw1-az3"]);
    expect(Tags).toMatchObject([{ ResourceType: "instance", Key: "team", Value: "orders" }]);
    expect(names(account)).toEqual([]);
    expect(account.twin.errors).toEqual([]);
  });
});
