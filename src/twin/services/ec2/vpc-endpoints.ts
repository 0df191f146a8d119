import type { Route, VpcEndpoint } from "@aws-sdk/client-ec2";
import { arrive, later } from "../../moving.ts";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { dropInterface, groupsIn, newInterface } from "./interfaces.ts";
import { NETWORK_INTERFACE, ROUTE_TABLE, SUBNET, VPC, VPC_ENDPOINT } from "./network-kinds.ts";
import { add, type Ec2Operations, get, has, list, remove, tagsFor, those } from "./rows.ts";
import { derivedId } from "./vpc-settings.ts";

type Endpoint = Stored<VpcEndpoint>;

/** Lets everyone do everything. Source: AWS PrivateLink guide, "Default endpoint policy". */
const OPEN_POLICY = JSON.stringify({ Statement: [{ Action: "*", Effect: "Allow", Principal: "*", Resource: "*" }] });

/** A gateway endpoint puts a route to its service's prefix list into each of its route tables. */
function route(call: Call, endpoint: Endpoint, tables: readonly string[]): void {
  const { ServiceName, VpcEndpointId } = endpoint;
  for (const id of tables) {
    const made: Stored<Route> = {
      DestinationPrefixListId: derivedId("pl-", ServiceName),
      GatewayId: VpcEndpointId,
      Origin: "CreateRoute",
      State: "active",
    };
    const table = get(ROUTE_TABLE, call, id);
    table.Routes = [...(table.Routes ?? []), made];
  }
  endpoint.RouteTableIds = [...(endpoint.RouteTableIds ?? []), ...tables];
}

function unroute(call: Call, endpoint: Endpoint, tables: readonly string[]): void {
  for (const id of tables) {
    const table = has(ROUTE_TABLE, call, id);
    if (table) table.Routes = table.Routes?.filter((each) => each.GatewayId !== endpoint.VpcEndpointId);
  }
  endpoint.RouteTableIds = endpoint.RouteTableIds?.filter((id) => !tables.includes(id));
}

/** An interface endpoint has an interface in each of its subnets. */
function enter(call: Call, endpoint: Endpoint, subnets: readonly string[]): void {
  for (const id of subnets) {
    const each = newInterface(call, {
      subnet: get(SUBNET, call, id),
      groups: endpoint.Groups?.map((group) => group.GroupId ?? ""),
      description: `VPC Endpoint Interface ${endpoint.VpcEndpointId}`,
      requester: "amazon-vpce",
      interfaceType: "vpc_endpoint",
    });
    endpoint.NetworkInterfaceIds = [...(endpoint.NetworkInterfaceIds ?? []), each.NetworkInterfaceId ?? ""];
  }
  endpoint.SubnetIds = [...(endpoint.SubnetIds ?? []), ...subnets];
}

function leave(call: Call, endpoint: Endpoint, subnets: readonly string[]): void {
  const goes = (id: string) => subnets.includes(has(NETWORK_INTERFACE, call, id)?.SubnetId ?? "");
  const [gone, stay] = [
    endpoint.NetworkInterfaceIds?.filter(goes),
    endpoint.NetworkInterfaceIds?.filter((id) => !goes(id)),
  ];
  for (const id of gone ?? []) dropInterface(call, id);
  endpoint.NetworkInterfaceIds = stay;
  endpoint.SubnetIds = endpoint.SubnetIds?.filter((id) => !subnets.includes(id));
}

export const vpcEndpoints: Ec2Operations = {
  CreateVpcEndpoint(input, call) {
    const { VpcId } = get(VPC, call, input.VpcId);
    const type = input.VpcEndpointType ?? "Gateway";
    const gateway = type === "Gateway";
    const twin = (each: Endpoint) =>
      gateway && each.VpcId === VpcId && each.ServiceName === input.ServiceName && each.VpcEndpointType === "Gateway";
    if (input.RouteTableIds?.length && those(VPC_ENDPOINT, call, twin).length > 0)
      throw new AwsFault(
        "RouteAlreadyExists",
        `route table already has a route with destination-prefix-list-id of ${input.ServiceName}`,
      );
    const VpcEndpointId = call.id(VPC_ENDPOINT.prefix);
    const host = input.ServiceName?.split(".").at(-1) ?? "";
    const endpoint = add(VPC_ENDPOINT, call, {
      VpcEndpointId,
      CreationTimestamp: call.now(),
      DnsEntries: gateway
        ? []
        : [{ DnsName: `${VpcEndpointId}.${host}.${call.region}.vpce.amazonaws.com`, HostedZoneId: "Z38GZ743OKFT7T" }],
      DnsOptions: { DnsRecordIpType: gateway ? "service-defined" : "ipv4" },
      Groups: gateway ? [] : groupsIn(call, VpcId, input.SecurityGroupIds),
      IpAddressType: input.IpAddressType ?? "ipv4",
      NetworkInterfaceIds: [],
      OwnerId: call.account,
      PolicyDocument: input.PolicyDocument ?? OPEN_POLICY,
      PrivateDnsEnabled: input.PrivateDnsEnabled ?? !gateway,
      RequesterManaged: false,
      RouteTableIds: [],
      ServiceName: input.ServiceName,
      ServiceRegion: call.region,
      // The API answers in lower case where its model has capitals.
      State: "available" as "Available",
      SubnetIds: [],
      Tags: tagsFor(VPC_ENDPOINT, input.TagSpecifications),
      VpcEndpointType: type,
      VpcId,
    });
    route(call, endpoint, input.RouteTableIds ?? []);
    enter(call, endpoint, input.SubnetIds ?? []);
    return { VpcEndpoint: endpoint, ClientToken: input.ClientToken };
  },

  DescribeVpcEndpoints(input, call) {
    const { items, next } = list(VPC_ENDPOINT, call, { ids: input.VpcEndpointIds, ...input }, { min: 1, max: 1000 });
    return { VpcEndpoints: items, NextToken: next };
  },

  ModifyVpcEndpoint(input, call) {
    const endpoint = get(VPC_ENDPOINT, call, input.VpcEndpointId);
    if (input.ResetPolicy) endpoint.PolicyDocument = OPEN_POLICY;
    endpoint.PolicyDocument = input.PolicyDocument ?? endpoint.PolicyDocument;
    endpoint.PrivateDnsEnabled = input.PrivateDnsEnabled ?? endpoint.PrivateDnsEnabled;
    const added = input.AddSecurityGroupIds ? groupsIn(call, endpoint.VpcId, input.AddSecurityGroupIds) : [];
    const stays = ({ GroupId = "" }) => !input.RemoveSecurityGroupIds?.includes(GroupId);
    endpoint.Groups = [...(endpoint.Groups ?? []), ...added].filter(stays);
    unroute(call, endpoint, input.RemoveRouteTableIds ?? []);
    route(call, endpoint, input.AddRouteTableIds ?? []);
    leave(call, endpoint, input.RemoveSubnetIds ?? []);
    enter(call, endpoint, input.AddSubnetIds ?? []);
    return { Return: true };
  },

  /** What can't be deleted is told, not thrown. */
  DeleteVpcEndpoints(input, call) {
    const missing = (input.VpcEndpointIds ?? []).filter((id) => !has(VPC_ENDPOINT, call, id));
    for (const id of input.VpcEndpointIds ?? []) {
      const endpoint = has(VPC_ENDPOINT, call, id);
      if (!endpoint || endpoint.State === DELETING) continue;
      endpoint.State = DELETING;
      unroute(call, endpoint, endpoint.RouteTableIds ?? []);
      later(call, id, DELETING_MS, {});
    }
    const Message = "The Vpc Endpoint Id does not exist";
    return {
      Unsuccessful: missing.map((ResourceId) => ({ ResourceId, Error: { Code: VPC_ENDPOINT.notFound, Message } })),
    };
  },
};

// As in `available`.
const DELETING = "deleting" as "Deleting";
/** An interface endpoint takes minutes, until its interfaces are gone. */
const DELETING_MS = 60_000;

/** Ends the deletions whose time has come. Deleted endpoints are not told of any more. */
export function endVpcEndpoints(call: Call): void {
  for (const endpoint of those(VPC_ENDPOINT, call, ({ State }) => State === DELETING)) {
    if (!arrive(call, endpoint.VpcEndpointId ?? "", endpoint)) continue;
    leave(call, endpoint, endpoint.SubnetIds ?? []);
    remove(VPC_ENDPOINT, call, endpoint.VpcEndpointId);
  }
}
