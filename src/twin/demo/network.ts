import {
  AllocateAddressCommand,
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  EC2Client,
  type ResourceType,
} from "@aws-sdk/client-ec2";
import { known, type Seed, tags } from "./seed.ts";

/** The ids that other parts of the world are built on. */
export interface Network {
  readonly vpc: string;
  readonly publicSubnets: readonly string[];
  readonly privateSubnets: readonly string[];
  readonly webGroup: string;
  readonly dataGroup: string;
}

/** A tag specification for a Create call. */
export function tagged(resource: ResourceType, Name: string, more: Readonly<Record<string, string>> = {}) {
  return [{ ResourceType: resource, Tags: tags({ Name, ...more }) }];
}

/** A VPC with public and private subnets in two zones, a NAT gateway, an endpoint, and two security groups. */
export async function network(seed: Seed, name: string, prefix: string): Promise<Network> {
  const ec2 = seed.client(EC2Client);
  const made = await ec2.send(
    new CreateVpcCommand({ CidrBlock: `${prefix}.0.0/16`, TagSpecifications: tagged("vpc", name, { env: "staging" }) }),
  );
  const vpc = known(made.Vpc?.VpcId);
  const subnet = async (zone: string, third: number, kind: string) => {
    const TagSpecifications = tagged("subnet", `${name}-${kind}-${zone}`);
    const place = { VpcId: vpc, AvailabilityZone: `${seed.region}${zone}`, CidrBlock: `${prefix}.${third}.0/24` };
    return known((await ec2.send(new CreateSubnetCommand({ ...place, TagSpecifications }))).Subnet?.SubnetId);
  };
  const publicSubnets = [await subnet("a", 0, "public"), await subnet("b", 1, "public")];
  const privateSubnets = [await subnet("a", 10, "private"), await subnet("b", 11, "private")];
  await routes(seed, name, vpc, publicSubnets, privateSubnets);
  await ec2.send(
    new CreateVpcEndpointCommand({
      VpcId: vpc,
      ServiceName: `com.amazonaws.${seed.region}.s3`,
      VpcEndpointType: "Gateway",
      TagSpecifications: tagged("vpc-endpoint", `${name}-s3`),
    }),
  );
  const webGroup = await securityGroup(seed, vpc, `${name}-web`, "Web servers");
  const dataGroup = await securityGroup(seed, vpc, `${name}-data`, "Databases");
  const https = {
    IpProtocol: "tcp",
    FromPort: 443,
    ToPort: 443,
    IpRanges: [{ CidrIp: "0.0.0.0/0", Description: "https" }],
  };
  const postgres = { IpProtocol: "tcp", FromPort: 5432, ToPort: 5432, UserIdGroupPairs: [{ GroupId: webGroup }] };
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: webGroup, IpPermissions: [https] }));
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: dataGroup, IpPermissions: [postgres] }));
  return { vpc, publicSubnets, privateSubnets, webGroup, dataGroup };
}

export async function securityGroup(seed: Seed, vpc: string, name: string, description: string): Promise<string> {
  const made = await seed.client(EC2Client).send(
    new CreateSecurityGroupCommand({
      GroupName: name,
      Description: description,
      VpcId: vpc,
      TagSpecifications: tagged("security-group", name),
    }),
  );
  return known(made.GroupId);
}

async function routes(
  seed: Seed,
  name: string,
  vpc: string,
  publicSubnets: readonly string[],
  privateSubnets: readonly string[],
): Promise<void> {
  const ec2 = seed.client(EC2Client);
  const gateway = known(
    (await ec2.send(new CreateInternetGatewayCommand({ TagSpecifications: tagged("internet-gateway", name) })))
      .InternetGateway?.InternetGatewayId,
  );
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId: gateway, VpcId: vpc }));
  const address = await ec2.send(
    new AllocateAddressCommand({ Domain: "vpc", TagSpecifications: tagged("elastic-ip", `${name}-nat`) }),
  );
  const nat = await ec2.send(
    new CreateNatGatewayCommand({
      SubnetId: known(publicSubnets[0]),
      AllocationId: known(address.AllocationId),
      TagSpecifications: tagged("natgateway", name),
    }),
  );
  const table = async (kind: string, subnets: readonly string[], target: object) => {
    const TagSpecifications = tagged("route-table", `${name}-${kind}`);
    const made = await ec2.send(new CreateRouteTableCommand({ VpcId: vpc, TagSpecifications }));
    const RouteTableId = known(made.RouteTable?.RouteTableId);
    await ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: "0.0.0.0/0", ...target }));
    for (const SubnetId of subnets) await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }));
  };
  await table("public", publicSubnets, { GatewayId: gateway });
  await table("private", privateSubnets, { NatGatewayId: known(nat.NatGateway?.NatGatewayId) });
}
