import type { RouteTable, RouteTableAssociation, Tag, Vpc } from "@aws-sdk/client-ec2";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { ROUTE_TABLE, SUBNET, VPC } from "./network-kinds.ts";
import { add, type Ec2Operations, get, list, remove, tagsFor, those } from "./rows.ts";

type Association = Stored<RouteTableAssociation>;

export function newRouteTable(
  call: Call,
  vpc: Stored<Vpc>,
  { main = false, tags = [] }: { readonly main?: boolean; readonly tags?: Stored<Tag>[] },
): Stored<RouteTable> {
  const RouteTableId = call.id(ROUTE_TABLE.prefix);
  const local = { GatewayId: "local", Origin: "CreateRouteTable", State: "active" } as const;
  return add(ROUTE_TABLE, call, {
    RouteTableId,
    Associations: main ? [associationWith(call, RouteTableId, { Main: true })] : [],
    OwnerId: call.account,
    PropagatingVgws: [],
    Routes: [{ DestinationCidrBlock: vpc.CidrBlock, ...local }],
    Tags: tags,
    VpcId: vpc.VpcId,
  });
}

function associationWith(call: Call, RouteTableId: string | undefined, what: Association): Association {
  return {
    Main: false,
    RouteTableAssociationId: call.id("rtbassoc-"),
    RouteTableId,
    AssociationState: { State: "associated" },
    ...what,
  };
}

function associationAt(call: Call, id: string | undefined): { table: Stored<RouteTable>; association: Association } {
  const [table] = those(ROUTE_TABLE, call, (each) =>
    (each.Associations ?? []).some((one) => one.RouteTableAssociationId === id),
  );
  const association = table?.Associations?.find((one) => one.RouteTableAssociationId === id);
  if (!table || !association)
    throw new AwsFault("InvalidAssociationID.NotFound", `The association ID '${id ?? ""}' does not exist`);
  return { table, association };
}

export const routeTables: Ec2Operations = {
  CreateRouteTable(input, call) {
    const tags = tagsFor(ROUTE_TABLE, input.TagSpecifications);
    return { RouteTable: newRouteTable(call, get(VPC, call, input.VpcId), { tags }) };
  },

  DescribeRouteTables(input, call) {
    const { items, next } = list(ROUTE_TABLE, call, { ids: input.RouteTableIds, ...input }, { min: 5, max: 100 });
    return { RouteTables: items, NextToken: next };
  },

  DeleteRouteTable(input, call) {
    const table = get(ROUTE_TABLE, call, input.RouteTableId);
    if (table.Associations?.length)
      throw new AwsFault(
        "DependencyViolation",
        `The routeTable '${table.RouteTableId}' has dependencies and cannot be deleted.`,
      );
    remove(ROUTE_TABLE, call, table.RouteTableId);
  },

  AssociateRouteTable(input, call) {
    const table = get(ROUTE_TABLE, call, input.RouteTableId);
    const { SubnetId } = input.SubnetId ? get(SUBNET, call, input.SubnetId) : { SubnetId: undefined };
    const holder = those(ROUTE_TABLE, call, (each) =>
      (each.Associations ?? []).some((one) => one.SubnetId && one.SubnetId === SubnetId),
    )[0];
    if (holder && holder !== table)
      throw new AwsFault(
        "Resource.AlreadyAssociated",
        `the specified association for route table ${holder.RouteTableId} conflicts`,
      );
    const association = associationWith(
      call,
      table.RouteTableId,
      SubnetId ? { SubnetId } : { GatewayId: input.GatewayId },
    );
    table.Associations = [...(table.Associations ?? []), association];
    return { AssociationId: association.RouteTableAssociationId, AssociationState: association.AssociationState };
  },

  DisassociateRouteTable(input, call) {
    const { table, association } = associationAt(call, input.AssociationId);
    if (association.Main)
      throw new AwsFault(
        "InvalidParameterValue",
        `cannot disassociate the main route table association ${input.AssociationId}`,
      );
    table.Associations = table.Associations?.filter((one) => one !== association);
  },

  ReplaceRouteTableAssociation(input, call) {
    const { table, association } = associationAt(call, input.AssociationId);
    const target = get(ROUTE_TABLE, call, input.RouteTableId);
    table.Associations = table.Associations?.filter((one) => one !== association);
    const moved = { ...association, RouteTableId: target.RouteTableId, RouteTableAssociationId: call.id("rtbassoc-") };
    target.Associations = [...(target.Associations ?? []), moved];
    return { NewAssociationId: moved.RouteTableAssociationId, AssociationState: { State: "associated" } };
  },
};
