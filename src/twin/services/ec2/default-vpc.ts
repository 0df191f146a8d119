import type { Vpc } from "@aws-sdk/client-ec2";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { attachGateway, newInternetGateway } from "./internet-gateways.ts";
import { ROUTE_TABLE, SUBNET, VPC } from "./network-kinds.ts";
import { zone, zonesOf } from "./regions.ts";
import { type Ec2Operations, those } from "./rows.ts";
import { newSubnet } from "./subnets.ts";
import { newVpc } from "./vpcs.ts";

/** The default VPC's addresses and those of its zones' subnets. Source: VPC user guide, "Default VPC components". */
const CIDR = "172.31.0.0/16";
const SUBNETS = ["172.31.0.0/20", "172.31.16.0/20", "172.31.32.0/20"];

export function defaultVpc(call: Call): Stored<Vpc> | undefined {
  return those(VPC, call, (vpc) => vpc.IsDefault === true)[0];
}

/** What AWS makes in every Region of a new account: a VPC with a public subnet a zone and a way out. */
export function createDefaultVpc(call: Call): Stored<Vpc> {
  if (defaultVpc(call))
    throw new AwsFault("DefaultVpcAlreadyExists", "A Default VPC already exists for this account in this region.");
  const vpc = newVpc(call, { cidr: CIDR, isDefault: true });
  const gateway = newInternetGateway(call);
  attachGateway(call, gateway.InternetGatewayId, vpc.VpcId);
  const [main] = those(ROUTE_TABLE, call, (table) => table.VpcId === vpc.VpcId);
  main?.Routes?.push({
    DestinationCidrBlock: "0.0.0.0/0",
    GatewayId: gateway.InternetGatewayId,
    Origin: "CreateRoute",
    State: "active",
  });
  for (const [index, { name }] of zonesOf(call.region).entries())
    newSubnet(call, { vpc, cidr: SUBNETS[index] ?? "", zone: name, isDefault: true });
  return vpc;
}

export const defaultVpcs: Ec2Operations = {
  CreateDefaultVpc(_input, call) {
    return { Vpc: createDefaultVpc(call) };
  },

  CreateDefaultSubnet(input, call) {
    const vpc = defaultVpc(call);
    if (!vpc) throw new AwsFault("DefaultVpcDoesNotExist", "No default VPC exists for this account in this region.");
    const { name } = zone(call, input.AvailabilityZone);
    const mine = those(SUBNET, call, (subnet) => subnet.VpcId === vpc.VpcId);
    if (mine.some((subnet) => subnet.DefaultForAz && subnet.AvailabilityZone === name))
      throw new AwsFault("DefaultSubnetAlreadyExistsInAvailabilityZone", `'${name}' already has a default subnet.`);
    const cidr = SUBNETS.find((block) => !mine.some((subnet) => subnet.CidrBlock === block)) ?? "";
    return { Subnet: newSubnet(call, { vpc, cidr, zone: name, isDefault: true }) };
  },
};
