import type { Route } from "@aws-sdk/client-ec2";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { INSTANCE } from "./compute-kinds.ts";
import { INTERNET_GATEWAY, NAT_GATEWAY, NETWORK_INTERFACE, ROUTE_TABLE } from "./network-kinds.ts";
import { type Ec2Operations, get } from "./rows.ts";

/** Where a route leads: the first of a request's members that is given, with the id checked where it is one of ours. */
function targetOf(call: Call, input: Stored<Route>): Stored<Route> {
  if (input.GatewayId?.startsWith(INTERNET_GATEWAY.prefix)) get(INTERNET_GATEWAY, call, input.GatewayId);
  if (input.GatewayId) return { GatewayId: input.GatewayId };
  if (input.NatGatewayId) return { NatGatewayId: get(NAT_GATEWAY, call, input.NatGatewayId).NatGatewayId };
  const primary = input.InstanceId && get(INSTANCE, call, input.InstanceId).NetworkInterfaces?.[0]?.NetworkInterfaceId;
  const interfaceId = primary || input.NetworkInterfaceId;
  if (interfaceId) {
    const { NetworkInterfaceId, Attachment } = get(NETWORK_INTERFACE, call, interfaceId);
    return { NetworkInterfaceId, InstanceId: Attachment?.InstanceId, InstanceOwnerId: Attachment?.InstanceOwnerId };
  }
  const { TransitGatewayId, VpcPeeringConnectionId, EgressOnlyInternetGatewayId, CarrierGatewayId } = input;
  const rest = { TransitGatewayId, VpcPeeringConnectionId, EgressOnlyInternetGatewayId, CarrierGatewayId };
  if (Object.values(rest).every((id) => id === undefined))
    throw new AwsFault("MissingParameter", "The request must contain the parameter gatewayId");
  return rest;
}

/** The route of a table for exactly this destination. */
function routeFor(call: Call, input: Stored<Route> & { readonly RouteTableId?: string | undefined }) {
  const table = get(ROUTE_TABLE, call, input.RouteTableId);
  const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId } = input;
  const destination = { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId };
  const route = table.Routes?.find(
    (each) =>
      each.DestinationCidrBlock === DestinationCidrBlock &&
      each.DestinationIpv6CidrBlock === DestinationIpv6CidrBlock &&
      each.DestinationPrefixListId === DestinationPrefixListId,
  );
  const text = DestinationCidrBlock ?? DestinationIpv6CidrBlock ?? DestinationPrefixListId ?? "";
  const missing = () =>
    new AwsFault(
      input.RouteTableId && text ? "InvalidRoute.NotFound" : "MissingParameter",
      `no route with destination-cidr-block ${text} in route table ${table.RouteTableId}`,
    );
  return { table, route, destination, text, missing };
}

export const routes: Ec2Operations = {
  CreateRoute(input, call) {
    const { table, route, destination, text } = routeFor(call, input);
    if (route) throw new AwsFault("RouteAlreadyExists", `The route identified by ${text} already exists.`);
    const made: Stored<Route> = { ...destination, ...targetOf(call, input), Origin: "CreateRoute", State: "active" };
    table.Routes = [...(table.Routes ?? []), made];
    return { Return: true };
  },

  ReplaceRoute(input, call) {
    const { table, route, destination, missing } = routeFor(call, input);
    if (!route) throw missing();
    const made: Stored<Route> = { ...destination, ...targetOf(call, input), Origin: route.Origin, State: "active" };
    table.Routes = table.Routes?.map((each) => (each === route ? made : each));
  },

  DeleteRoute(input, call) {
    const { table, route, text, missing } = routeFor(call, input);
    if (!route) throw missing();
    if (route.GatewayId === "local")
      throw new AwsFault(
        "InvalidParameterValue",
        `cannot remove local route ${text} in route table ${table.RouteTableId}`,
      );
    table.Routes = table.Routes?.filter((each) => each !== route);
  },
};
