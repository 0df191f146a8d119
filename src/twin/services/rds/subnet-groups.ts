import type { DBCluster, DBInstance, DBSubnetGroup } from "@aws-sdk/client-rds";
import { present } from "../../departing.ts";
import { AwsFault, type Call, type Operations, page, type Stored, type Table, tagMap } from "../../service.ts";
import { SUBNET } from "../ec2/network-kinds.ts";
import { has } from "../ec2/rows.ts";
import { PAGE } from "./shared.ts";

type Group = Stored<DBSubnetGroup>;

interface Row {
  readonly group: Group;
  readonly tags: Record<string, string>;
}

const subnetGroups = (call: Call): Table<Row> => call.table<Row>("rds.db-subnet-group");

/** Names are kept in lower case. Source: RDS API reference, CreateDBSubnetGroup, DBSubnetGroupName. */
const keyOf = (name: string | undefined) => (name ?? "").toLowerCase();

/** The group of a database that is being made. */
export function subnetGroupNamed(call: Call, name: string | undefined): Group {
  const row = subnetGroups(call).get(keyOf(name));
  if (!row) throw new AwsFault("DBSubnetGroupNotFoundFault", `DB subnet group '${name}' does not exist.`, 404);
  return row.group;
}

function subnetsOf(ids: readonly string[] | undefined, call: Call) {
  const found = (ids ?? []).map((id) => {
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
  return {
    VpcId: found[0]?.VpcId,
    Subnets: found.map(({ SubnetId, AvailabilityZone }) => ({
      SubnetIdentifier: SubnetId,
      SubnetAvailabilityZone: { Name: AvailabilityZone },
      SubnetOutpost: {},
      SubnetStatus: "Active",
    })),
  };
}

const all = (call: Call): Group[] =>
  subnetGroups(call)
    .all()
    .map(({ group }) => group);

/** Also what is being deleted uses it until it is gone. */
function userOf(call: Call, name: string): string | undefined {
  const instance = present<Stored<DBInstance>>(call, "rds.db-instance")
    .all()
    .find(({ DBSubnetGroup: group }) => group?.DBSubnetGroupName === name);
  const cluster = present<Stored<DBCluster>>(call, "rds.db-cluster")
    .all()
    .find(({ DBSubnetGroup: group }) => group === name);
  return instance?.DBInstanceIdentifier ?? cluster?.DBClusterIdentifier;
}

export const subnetGroupOperations = {
  CreateDBSubnetGroup(input, call) {
    const name = keyOf(input.DBSubnetGroupName);
    if (subnetGroups(call).get(name))
      throw new AwsFault("DBSubnetGroupAlreadyExists", `The DB subnet group '${name}' already exists.`);
    const group: Group = {
      DBSubnetGroupName: name,
      DBSubnetGroupArn: call.arn("rds", `subgrp:${name}`),
      DBSubnetGroupDescription: input.DBSubnetGroupDescription,
      SubnetGroupStatus: "Complete",
      SupportedNetworkTypes: ["IPV4"],
      ...subnetsOf(input.SubnetIds, call),
    };
    subnetGroups(call).put(name, { group, tags: tagMap(input.Tags) });
    return { DBSubnetGroup: group };
  },
  ModifyDBSubnetGroup(input, call) {
    const row = subnetGroupNamed(call, input.DBSubnetGroupName);
    const { DBSubnetGroupDescription } = input;
    Object.assign(row, subnetsOf(input.SubnetIds, call), DBSubnetGroupDescription ? { DBSubnetGroupDescription } : {});
    return { DBSubnetGroup: row };
  },
  /** Source of the words: what AWS answers; the API reference gives none. */
  DeleteDBSubnetGroup(input, call) {
    const name = subnetGroupNamed(call, input.DBSubnetGroupName).DBSubnetGroupName ?? "";
    const user = userOf(call, name);
    if (user)
      throw new AwsFault(
        "InvalidDBSubnetGroupStateFault",
        `Cannot delete the subnet group '${name}' because at least one database instance: ${user} is still using it.`,
      );
    subnetGroups(call).delete(name);
  },
  DescribeDBSubnetGroups(input, call) {
    const { DBSubnetGroupName: name } = input;
    const found = name ? [subnetGroupNamed(call, name)] : all(call);
    const { items, next } = page(found, { token: input.Marker, max: input.MaxRecords }, PAGE);
    return { DBSubnetGroups: items, Marker: next };
  },
} satisfies Operations<typeof import("@aws-sdk/client-rds")>;
