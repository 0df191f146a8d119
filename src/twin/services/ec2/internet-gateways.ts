import type { InternetGateway, Tag } from "@aws-sdk/client-ec2";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { INTERNET_GATEWAY, NETWORK_INTERFACE, VPC } from "./network-kinds.ts";
import { blackhole } from "./routing.ts";
import { add, type Ec2Operations, get, list, remove, tagsFor, those } from "./rows.ts";

export function newInternetGateway(call: Call, tags: Stored<Tag>[] = []): Stored<InternetGateway> {
  const InternetGatewayId = call.id(INTERNET_GATEWAY.prefix);
  return add(INTERNET_GATEWAY, call, { InternetGatewayId, Attachments: [], OwnerId: call.account, Tags: tags });
}

export function attachGateway(call: Call, id: string | undefined, vpc: string | undefined): void {
  const gateway = get(INTERNET_GATEWAY, call, id);
  const { VpcId } = get(VPC, call, vpc);
  if (gateway.Attachments?.length)
    throw new AwsFault(
      "Resource.AlreadyAssociated",
      `resource ${id} is already attached to network ${gateway.Attachments[0]?.VpcId}`,
    );
  if (gatewayOf(call, VpcId))
    throw new AwsFault("InvalidParameterValue", `Network ${VpcId} already has an internet gateway attached`);
  // The API answers `available` where its model says `attached`.
  gateway.Attachments = [{ State: "available" as "attached", VpcId }];
}

export function gatewayOf(call: Call, vpc: string | undefined): Stored<InternetGateway> | undefined {
  return those(INTERNET_GATEWAY, call, (each) => (each.Attachments ?? []).some(({ VpcId }) => VpcId === vpc))[0];
}

export const internetGateways: Ec2Operations = {
  CreateInternetGateway(input, call) {
    return { InternetGateway: newInternetGateway(call, tagsFor(INTERNET_GATEWAY, input.TagSpecifications)) };
  },

  DescribeInternetGateways(input, call) {
    const { items, next } = list(INTERNET_GATEWAY, call, { ids: input.InternetGatewayIds, ...input });
    return { InternetGateways: items, NextToken: next };
  },

  AttachInternetGateway(input, call) {
    attachGateway(call, input.InternetGatewayId, input.VpcId);
  },

  DetachInternetGateway(input, call) {
    const gateway = get(INTERNET_GATEWAY, call, input.InternetGatewayId);
    const { VpcId } = get(VPC, call, input.VpcId);
    if (!gateway.Attachments?.some((each) => each.VpcId === VpcId))
      throw new AwsFault(
        "Gateway.NotAttached",
        `resource ${gateway.InternetGatewayId} is not attached to network ${VpcId}`,
      );
    if (those(NETWORK_INTERFACE, call, (each) => each.VpcId === VpcId && each.Association !== undefined).length > 0)
      throw new AwsFault(
        "DependencyViolation",
        `Network ${VpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
      );
    gateway.Attachments = [];
    blackhole(call, "GatewayId", gateway.InternetGatewayId);
  },

  DeleteInternetGateway(input, call) {
    const gateway = get(INTERNET_GATEWAY, call, input.InternetGatewayId);
    if (gateway.Attachments?.length)
      throw new AwsFault(
        "DependencyViolation",
        `The internetGateway '${gateway.InternetGatewayId}' has dependencies and cannot be deleted.`,
      );
    remove(INTERNET_GATEWAY, call, gateway.InternetGatewayId);
  },
};
