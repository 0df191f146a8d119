import { AwsFault } from "../../service.ts";
import { bind } from "./addresses.ts";
import { ADDRESS } from "./compute-kinds.ts";
import { dropInterface, newInterface } from "./interfaces.ts";
import { gatewayOf } from "./internet-gateways.ts";
import { NAT_GATEWAY, SUBNET } from "./network-kinds.ts";
import { blackhole } from "./routing.ts";
import { add, type Ec2Operations, get, list, remove, tagsFor } from "./rows.ts";

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
    const gateway = get(NAT_GATEWAY, call, input.NatGatewayId);
    for (const each of gateway.NatGatewayAddresses ?? []) dropInterface(call, each.NetworkInterfaceId);
    blackhole(call, "NatGatewayId", gateway.NatGatewayId);
    remove(NAT_GATEWAY, call, gateway.NatGatewayId);
    return { NatGatewayId: gateway.NatGatewayId };
  },
};
