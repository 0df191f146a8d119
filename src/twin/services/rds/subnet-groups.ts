import type { CreateDBSubnetGroupMessage, DBSubnetGroup } from "@aws-sdk/client-rds";
import { AwsFault, type Call, type Operations, page, type Stored, type Table } from "../../service.ts";
import { SUBNET } from "../ec2/network-kinds.ts";
import { has } from "../ec2/rows.ts";
import { PAGE } from "./shared.ts";

type Row = Stored<DBSubnetGroup>;

const subnetGroups = (call: Call): Table<Row> => call.table<Row>("rds.db-subnet-group");

/** Names are kept in lower case. Source: RDS API reference, CreateDBSubnetGroup, DBSubnetGroupName. */
const keyOf = (name: string | undefined) => (name ?? "").toLowerCase();

/** The group of a database that is being made. */
export function subnetGroupNamed(call: Call, name: string | undefined): Row {
  const row = subnetGroups(call).get(keyOf(name));
  if (!row) throw new AwsFault("DBSubnetGroupNotFoundFault", `DB subnet group '${name}' does not exist.`, 404);
  return row;
}

function subnetsOf(input: Stored<CreateDBSubnetGroupMessage>, call: Call) {
  const found = (input.SubnetIds ?? []).map((id) => {
    const subnet = has(SUBNET, call, id);
    if (!subnet) throw new AwsFault("InvalidSubnet", `Subnet ID '${id}' does not exist.`);
    return subnet;
  });
  if (new Set(found.map(({ VpcId }) => VpcId)).size > 1)
    throw new AwsFault("InvalidSubnet", "The DB subnet group's subnets are not all in the same VPC.");
  if (new Set(found.map(({ AvailabilityZone }) => AvailabilityZone)).size < 2)
    throw new AwsFault(
      "DBSubnetGroupDoesNotCoverEnoughAZs",
      "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Add subnets to cover at least 2 AZs.",
    );
  return found;
}

export const subnetGroupOperations = {
  CreateDBSubnetGroup(input, call) {
    const name = keyOf(input.DBSubnetGroupName);
    if (subnetGroups(call).get(name))
      throw new AwsFault("DBSubnetGroupAlreadyExists", `The DB subnet group '${name}' already exists.`);
    const subnets = subnetsOf(input, call);
    const row: Row = {
      DBSubnetGroupName: name,
      DBSubnetGroupArn: call.arn("rds", `subgrp:${name}`),
      DBSubnetGroupDescription: input.DBSubnetGroupDescription,
      SubnetGroupStatus: "Complete",
      Subnets: subnets.map(({ SubnetId, AvailabilityZone }) => ({
        SubnetIdentifier: SubnetId,
        SubnetAvailabilityZone: { Name: AvailabilityZone },
        SubnetOutpost: {},
        SubnetStatus: "Active",
      })),
      SupportedNetworkTypes: ["IPV4"],
      VpcId: subnets[0]?.VpcId,
    };
    return { DBSubnetGroup: subnetGroups(call).put(name, row) };
  },
  DescribeDBSubnetGroups(input, call) {
    const { DBSubnetGroupName: name } = input;
    const found = name ? [subnetGroupNamed(call, name)] : subnetGroups(call).all();
    const { items, next } = page(found, { token: input.Marker, max: input.MaxRecords }, PAGE);
    return { DBSubnetGroups: items, Marker: next };
  },
} satisfies Operations<typeof import("@aws-sdk/client-rds")>;
