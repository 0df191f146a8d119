import { asSpecification } from "../made.ts";
import type { Seeding } from "./seeding.ts";

/** The ids that the rest of a region needs. */
export interface Network {
  readonly vpc: string;
  readonly subnets: readonly [string, string];
  readonly webGroup: string;
  readonly dataGroup: string;
}

/** A VPC with two subnets, a way out of each kind, two security groups that name each other, and spare parts. */
export async function seedNetwork(seeding: Seeding): Promise<Network> {
  const { make, region } = seeding;
  const vpc = await make(
    "AWS::EC2::VPC",
    "ec2 create-vpc --cidr-block 10.20.0.0/16 --query Vpc.VpcId",
    ...asSpecification("vpc", "shop"),
  );
  const subnet = (zone: string, third: number) =>
    make(
      "AWS::EC2::Subnet",
      `ec2 create-subnet --vpc-id ${vpc} --cidr-block 10.20.${third}.0/24 --availability-zone ${region}${zone} --query Subnet.SubnetId`,
      ...asSpecification("subnet", `shop-${zone}`),
    );
  const subnets = [await subnet("a", 1), await subnet("b", 2)] as const;
  const routes = await seedRoutes(seeding, vpc, subnets[0]);
  await make(
    "AWS::EC2::VPCEndpoint",
    `ec2 create-vpc-endpoint --vpc-id ${vpc} --service-name com.amazonaws.${region}.s3 --route-table-ids ${routes} --query VpcEndpoint.VpcEndpointId`,
    ...asSpecification("vpc-endpoint", "shop-s3"),
  );
  const groups = await seedGroups(seeding, vpc);
  await make(
    "AWS::EC2::NetworkInterface",
    `ec2 create-network-interface --subnet-id ${subnets[0]} --groups ${groups.dataGroup} --query NetworkInterface.NetworkInterfaceId`,
    ...asSpecification("network-interface", "shop-spare"),
  );
  return { vpc, subnets, ...groups };
}

/** An internet gateway, a route table that leads to it, and a NAT gateway; returns the route table. */
async function seedRoutes({ make, aws }: Seeding, vpc: string, subnet: string): Promise<string> {
  const gateway = await make(
    "AWS::EC2::InternetGateway",
    "ec2 create-internet-gateway --query InternetGateway.InternetGatewayId",
    ...asSpecification("internet-gateway", "shop"),
  );
  await aws.call(`ec2 attach-internet-gateway --vpc-id ${vpc} --internet-gateway-id ${gateway}`);
  const routes = await make(
    "AWS::EC2::RouteTable",
    `ec2 create-route-table --vpc-id ${vpc} --query RouteTable.RouteTableId`,
    ...asSpecification("route-table", "shop-public"),
  );
  await aws.call(
    `ec2 create-route --route-table-id ${routes} --destination-cidr-block 0.0.0.0/0 --gateway-id ${gateway}`,
  );
  await aws.call(`ec2 associate-route-table --route-table-id ${routes} --subnet-id ${subnet}`);
  const address = "ec2 allocate-address --domain vpc --query AllocationId";
  const outgoing = await make("AWS::EC2::EIP", address, ...asSpecification("elastic-ip", "shop-nat"));
  await make("AWS::EC2::EIP", address, ...asSpecification("elastic-ip", "shop-spare"));
  await make(
    "AWS::EC2::NatGateway",
    `ec2 create-nat-gateway --subnet-id ${subnet} --allocation-id ${outgoing} --query NatGateway.NatGatewayId`,
    ...asSpecification("natgateway", "shop"),
  );
  return routes;
}

/** Web servers reach the databases, and the databases call the web servers back: two rules that hold each other. */
async function seedGroups({ make, aws }: Seeding, vpc: string): Promise<Pick<Network, "webGroup" | "dataGroup">> {
  const group = (name: string) =>
    make(
      "AWS::EC2::SecurityGroup",
      `ec2 create-security-group --group-name ${name} --description ${name} --vpc-id ${vpc} --query GroupId`,
      ...asSpecification("security-group", name),
    );
  const webGroup = await group("shop-web");
  const dataGroup = await group("shop-data");
  const allow = (to: string, port: number, from: object) =>
    aws.call(`ec2 authorize-security-group-ingress --group-id ${to} --ip-permissions`, [
      { IpProtocol: "tcp", FromPort: port, ToPort: port, ...from },
    ]);
  await allow(webGroup, 443, { IpRanges: [{ CidrIp: "10.0.0.0/8", Description: "the company's net" }] });
  await allow(dataGroup, 5432, { UserIdGroupPairs: [{ GroupId: webGroup }] });
  await allow(webGroup, 8443, { UserIdGroupPairs: [{ GroupId: dataGroup }] });
  return { webGroup, dataGroup };
}
