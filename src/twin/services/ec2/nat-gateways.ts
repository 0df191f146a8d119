import { arrive, later } from "../../moving.ts";
import { AwsFault, type Call } from "../../service.ts";
import { bind } from "./addresses.ts";
import { ADDRESS } from "./compute-kinds.ts";
import { dropInterface, newInterface } from "./interfaces.ts";
import { gatewayOf } from "./internet-gateways.ts";
import { NAT_GATEWAY, SUBNET } from "./network-kinds.ts";
import { blackhole } from "./routing.ts";
import { add, type Ec2Operations, get, list, remove, tagsFor, those } from "./rows.ts";

export const natGateways: Ec2Operations = {
  CreateNatGateway(input, call) {
    const subnet = get(SUBNET, call, input.SubnetId);
    const publicly = (input.ConnectivityType ?? "public") === "public";
    const address = publicly ? get(ADDRESS, call, input.AllocationId) : undefined;
    if (address?.AssociationId)
      throw new AwsFault(
        "Resource.AlreadyAssociated",
        `Elastic IP address ${address.AllocationId} is already associated`,
      );
    if (publicly && !gatewayOf(call, subnet.VpcId))
      throw new AwsFault("Gateway.NotAttached", `Network ${subnet.VpcId} has no Internet gateway attached`);
    const NatGatewayId = call.id(NAT_GATEWAY.prefix);
    const description = `Interface for NAT Gateway ${NatGatewayId}`;
    const each = newInterface(call, {
      subnet,
      description,
      privateIp: input.PrivateIpAddress,
      requester: "amazon-aws",
      // The API answers in snake case where its model does not.
      interfaceType: "nat_gateway" as "natGateway",
    });
    const AssociationId = address && bind(call, address, each);
    const gateway = add(NAT_GATEWAY, call, {
      NatGatewayId,
      AvailabilityMode: "zonal",
      ConnectivityType: input.ConnectivityType ?? "public",
      CreateTime: call.now(),
      NatGatewayAddresses: [
        {
          AllocationId: address?.AllocationId,
          AssociationId,
          IsPrimary: true,
          NetworkInterfaceId: each.NetworkInterfaceId,
          PrivateIp: each.PrivateIpAddress,
          PublicIp: address?.PublicIp,
          Status: "succeeded",
        },
      ],
      State: "available",
      SubnetId: subnet.SubnetId,
      Tags: tagsFor(NAT_GATEWAY, input.TagSpecifications),
      VpcId: subnet.VpcId,
    });
    return { NatGateway: gateway, ClientToken: input.ClientToken };
  },

  DescribeNatGateways(input, call) {
    const { items, next } = list(NAT_GATEWAY, call, { ids: input.NatGatewayIds, ...input, Filters: input.Filter });
    return { NatGateways: items, NextToken: next };
  },

  /** Its address stays allocated; routes to it lead nowhere. Source: VPC user guide, "Delete a NAT gateway". */
  DeleteNatGateway(input, call) {
    const { NatGatewayId = "", ...gateway } = get(NAT_GATEWAY, call, input.NatGatewayId);
    if (gateway.State === "deleted")
      throw new AwsFault(NAT_GATEWAY.notFound, `NatGateway ${NatGatewayId} was not found`);
    if (gateway.State === "deleting") return { NatGatewayId };
    get(NAT_GATEWAY, call, NatGatewayId).State = "deleting";
    blackhole(call, "NatGatewayId", NatGatewayId);
    later(call, NatGatewayId, DELETING_MS, { State: "deleted" });
    return { NatGatewayId };
  },
};

/* How long a deletion takes, and how long AWS tells of a gateway that is deleted. Source: VPC user guide, "Delete a NAT gateway". */
const DELETING_MS = 60_000;
const REMEMBERED_MS = 3_600_000;

/** Ends the deletions whose time has come: only then are interface and address free. */
export function endNatGateways(call: Call): void {
  for (const gateway of those(NAT_GATEWAY, call, ({ State }) => State === "deleting" || State === "deleted")) {
    const { NatGatewayId = "", State } = gateway;
    if (!arrive(call, NatGatewayId, gateway)) continue;
    if (State === "deleted") {
      remove(NAT_GATEWAY, call, NatGatewayId);
      continue;
    }
    for (const each of gateway.NatGatewayAddresses ?? []) dropInterface(call, each.NetworkInterfaceId);
    gateway.DeleteTime = call.now();
    later(call, NatGatewayId, REMEMBERED_MS, {});
  }
}
