import { depart } from "../../departing.ts";
import { arrive, forget, later } from "../../moving.ts";
import { AwsFault, type Call, type Operations, page } from "../../service.ts";
import { dropCluster, putCluster } from "./clusters.ts";
import { createdCluster, createdGroup, GROUP, type GroupRow, groups, idOf } from "./rows.ts";
import { CHANGING_MS, CREATING_MS, DELETING_MS, given, PAGE } from "./shared.ts";
import { takeSnapshot } from "./snapshots.ts";

const moveOf = (id: string | undefined) => `elasticache.replicationgroup/${id}`;

function asOfNow(row: GroupRow, call: Call): GroupRow {
  arrive(call, moveOf(row.group.ReplicationGroupId), row.group);
  return row;
}

function groupNamed(call: Call, id: string | undefined): GroupRow {
  const row = groups(call).get(idOf(id));
  if (!row) throw new AwsFault("ReplicationGroupNotFoundFault", `ReplicationGroup ${id} not found.`, 404);
  return asOfNow(row, call);
}

function expectAvailable({ group }: GroupRow): void {
  if (group.Status === "available") return;
  throw new AwsFault(
    "InvalidReplicationGroupState",
    `Replication group ${group.ReplicationGroupId} has status ${group.Status} which is not valid for the operation.`,
  );
}

export const groupOperations = {
  CreateReplicationGroup(input, call) {
    const id = idOf(input.ReplicationGroupId);
    if (groups(call).get(id))
      throw new AwsFault("ReplicationGroupAlreadyExists", `Replication group ${id} already exists.`);
    const row = createdGroup(input, call);
    for (const CacheClusterId of row.group.MemberClusters ?? []) {
      const { CacheNodeType, Engine, EngineVersion, SecurityGroupIds, CacheSubnetGroupName, Tags } = input;
      const settings = { CacheNodeType, Engine, EngineVersion, SecurityGroupIds, CacheSubnetGroupName, Tags };
      putCluster(call, createdCluster({ CacheClusterId, ReplicationGroupId: id, ...settings }, call));
    }
    later(call, moveOf(id), CREATING_MS, { Status: "available" });
    return { ReplicationGroup: groups(call).put(id, row).group };
  },
  DescribeReplicationGroups(input, call) {
    const found = input.ReplicationGroupId ? [groupNamed(call, input.ReplicationGroupId)] : groups(call).all();
    const { items, next } = page(found, { token: input.Marker, max: input.MaxRecords }, PAGE);
    return { ReplicationGroups: items.map((row) => asOfNow(row, call).group), Marker: next };
  },
  ModifyReplicationGroup(input, call) {
    const row = groupNamed(call, input.ReplicationGroupId);
    expectAvailable(row);
    Object.assign(
      row.group,
      given(input, ["SnapshotRetentionLimit", "SnapshotWindow", "SnapshottingClusterId", "AutoMinorVersionUpgrade"]),
      input.ApplyImmediately ? given(input, ["CacheNodeType"]) : {},
      input.ReplicationGroupDescription === undefined ? {} : { Description: input.ReplicationGroupDescription },
      { Status: "modifying" },
    );
    later(call, moveOf(row.group.ReplicationGroupId), CHANGING_MS, { Status: "available" });
    return { ReplicationGroup: row.group };
  },
  /** With its members, unless the primary is to stay as a cluster of its own. */
  DeleteReplicationGroup(input, call) {
    const row = groupNamed(call, input.ReplicationGroupId);
    expectAvailable(row);
    if (input.RetainPrimaryCluster)
      throw new AwsFault("InvalidParameterValue", "The twin does not retain primary clusters.");
    const id = row.group.ReplicationGroupId ?? "";
    takeSnapshot(call, input.FinalSnapshotIdentifier, { ReplicationGroupId: id });
    for (const member of row.group.MemberClusters ?? []) dropCluster(call, member);
    forget(call, moveOf(id));
    row.group.Status = "deleting";
    depart(call, GROUP, id, DELETING_MS);
    return { ReplicationGroup: row.group };
  },
} satisfies Operations<typeof import("@aws-sdk/client-elasticache")>;
