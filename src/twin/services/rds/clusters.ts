import type { DBCluster, DBInstance } from "@aws-sdk/client-rds";
import { depart, present } from "../../departing.ts";
import { arrive, forget, later } from "../../moving.ts";
import { AwsFault, type Call, type Operations, page, type Stored, type Table } from "../../service.ts";
import { createdCluster, SHARED } from "./cluster-row.ts";
import { DELETING_MS, refuseClusterDeletion } from "./deleting.ts";
import { moveInstance } from "./instance-row.ts";
import { dropSecret } from "./managed-secret.ts";
import * as shared from "./shared.ts";
import { takeClusterSnapshot } from "./snapshots.ts";

type Row = Stored<DBCluster>;

const KIND = "rds.db-cluster";

export const clusters = (call: Call): Table<Row> => present<Row>(call, KIND);

const instances = (call: Call) => present<Stored<DBInstance>>(call, "rds.db-instance");

function clusterNamed(call: Call, id: string | undefined): Row {
  const row = clusters(call).get(id ?? "");
  if (!row) throw new AwsFault("DBClusterNotFoundFault", `DBCluster ${id} not found.`, 404);
  return asOfNow(row, call);
}

function asOfNow(row: Row, call: Call): Row {
  arrive(call, moveOf(row), row);
  dropGone(row, call);
  if (row.AutomaticRestartTime && row.AutomaticRestartTime <= call.now()) setState(row, call, "available");
  row.LatestRestorableTime = shared.latestRestorable(call.millis());
  return row;
}

/** AWS does not promise how long it takes. */
const PROMOTING_MS = 2 * 60_000;

const moveOf = (row: Row) => `rds.db-cluster/${row.DBClusterIdentifier}`;

/** A cluster and its members change state together. */
function setState(row: Row, call: Call, state: "available" | "stopped"): void {
  row.Status = state === "stopped" ? "stopping" : "starting";
  later(call, moveOf(row), state === "stopped" ? shared.STOPPING_MS : shared.STARTING_MS, { Status: state });
  if (state === "stopped") row.AutomaticRestartTime = shared.restartTime(call.millis());
  else delete row.AutomaticRestartTime;
  const members = instances(call);
  for (const { DBInstanceIdentifier } of row.DBClusterMembers ?? []) {
    const member = members.get(DBInstanceIdentifier ?? "");
    if (member) moveInstance(member, call, state);
  }
}

/** The cluster that an instance is a member of. */
export function clusterOf(call: Call, { DBClusterIdentifier: id }: Stored<DBInstance>): Row | undefined {
  const row = clusters(call).get(id ?? "");
  return row && asOfNow(row, call);
}

/** Makes a new instance a member of the cluster it names; the first is the writer. */
export function joinCluster(call: Call, member: Stored<DBInstance>): void {
  if (!member.DBClusterIdentifier) return;
  const row = clusterNamed(call, member.DBClusterIdentifier);
  const members = row.DBClusterMembers ?? [];
  row.DBClusterMembers = [
    ...members,
    {
      DBInstanceIdentifier: member.DBInstanceIdentifier,
      IsClusterWriter: members.length === 0,
      DBClusterParameterGroupStatus: "in-sync",
      PromotionTier: member.PromotionTier ?? 1,
    },
  ];
}

/** A member that has been deleted is one no more; another becomes the writer. */
function dropGone(row: Row, call: Call): void {
  const there = instances(call);
  const left = (row.DBClusterMembers ?? []).filter((member) => there.get(member.DBInstanceIdentifier ?? ""));
  if (left[0] && !left.some(({ IsClusterWriter }) => IsClusterWriter)) left[0].IsClusterWriter = true;
  row.DBClusterMembers = left;
}

function isStaying(call: Call, id: string | undefined): boolean {
  return instances(call).get(id ?? "")?.DBInstanceStatus !== "deleting";
}

function expect(row: Row, state: string): void {
  if (row.Status === state) return;
  throw new AwsFault("InvalidDBClusterStateFault", `DbCluster ${row.DBClusterIdentifier} is in ${row.Status} state.`);
}

export const clusterOperations = {
  CreateDBCluster(input, call) {
    const id = input.DBClusterIdentifier ?? "";
    if (clusters(call).get(id)) throw new AwsFault("DBClusterAlreadyExistsFault", "DB Cluster already exists");
    return { DBCluster: clusters(call).put(id, createdCluster(input, call)) };
  },
  DescribeDBClusters(input, call) {
    const all = input.DBClusterIdentifier
      ? [clusterNamed(call, input.DBClusterIdentifier.split(":").at(-1))]
      : clusters(call).all();
    const found = all.filter((row) =>
      shared.passes(input.Filters, {
        "db-cluster-id": row.DBClusterIdentifier,
        "db-cluster-resource-id": row.DbClusterResourceId,
        "clone-group-id": row.CloneGroupId,
        engine: row.Engine,
      }),
    );
    const { items, next } = page(found, { token: input.Marker, max: input.MaxRecords }, shared.PAGE);
    return { DBClusters: items.map((row) => asOfNow(row, call)), Marker: next };
  },
  ModifyDBCluster(input, call) {
    const row = clusterNamed(call, input.DBClusterIdentifier);
    expect(row, "available");
    Object.assign(row, shared.given(input, SHARED));
    if (input.VpcSecurityGroupIds) row.VpcSecurityGroups = shared.securityGroups(input.VpcSecurityGroupIds);
    if (input.DBClusterParameterGroupName) row.DBClusterParameterGroup = input.DBClusterParameterGroupName;
    if (input.ServerlessV2ScalingConfiguration)
      row.ServerlessV2ScalingConfiguration = {
        ...row.ServerlessV2ScalingConfiguration,
        ...input.ServerlessV2ScalingConfiguration,
      };
    return { DBCluster: row };
  },
  /** Aurora, DocumentDB and Neptune only. Source: RDS API reference, StopDBCluster. */
  StopDBCluster(input, call) {
    const row = clusterNamed(call, input.DBClusterIdentifier);
    expect(row, "available");
    if (
      !/^(aurora|docdb|neptune)/.test(row.Engine ?? "") ||
      row.EngineMode === "serverless" ||
      row.GlobalClusterIdentifier ||
      row.ReplicationSourceIdentifier
    )
      throw new AwsFault("InvalidDBClusterStateFault", `The cluster ${row.DBClusterIdentifier} can't be stopped.`);
    setState(row, call, "stopped");
    return { DBCluster: row };
  },
  StartDBCluster(input, call) {
    const row = clusterNamed(call, input.DBClusterIdentifier);
    expect(row, "stopped");
    setState(row, call, "available");
    return { DBCluster: row };
  },
  DeleteDBCluster(input, call) {
    const row = clusterNamed(call, input.DBClusterIdentifier);
    const staying = (row.DBClusterMembers ?? []).filter((each) => isStaying(call, each.DBInstanceIdentifier));
    refuseClusterDeletion(row, staying.length, input);
    takeClusterSnapshot(call, row, input.FinalDBSnapshotIdentifier);
    dropSecret(call, row);
    forget(call, moveOf(row));
    delete row.AutomaticRestartTime;
    row.Status = "deleting";
    depart(call, KIND, row.DBClusterIdentifier ?? "", DELETING_MS);
    return { DBCluster: row };
  },
  /** The cluster is named by its ARN. Source: RDS API reference, RemoveFromGlobalCluster. */
  RemoveFromGlobalCluster(input, call) {
    const row = clusterNamed(call, input.DbClusterIdentifier?.split(":").at(-1));
    if (row.GlobalClusterIdentifier !== input.GlobalClusterIdentifier)
      throw new AwsFault(
        "GlobalClusterNotFoundFault",
        `Global cluster ${input.GlobalClusterIdentifier} not found.`,
        404,
      );
    delete row.GlobalClusterIdentifier;
    return { GlobalCluster: { GlobalClusterIdentifier: input.GlobalClusterIdentifier, GlobalClusterMembers: [] } };
  },
  PromoteReadReplicaDBCluster(input, call) {
    const row = clusterNamed(call, input.DBClusterIdentifier);
    expect(row, "available");
    if (!row.ReplicationSourceIdentifier)
      throw new AwsFault("InvalidDBClusterStateFault", `The cluster ${row.DBClusterIdentifier} is not a read replica.`);
    delete row.ReplicationSourceIdentifier;
    row.Status = "promoting";
    later(call, moveOf(row), PROMOTING_MS, { Status: "available" });
    return { DBCluster: row };
  },
} satisfies Operations<typeof import("@aws-sdk/client-rds")>;
