import type { DBInstance } from "@aws-sdk/client-rds";
import { depart, present } from "../../departing.ts";
import { arrive, forget } from "../../moving.ts";
import { AwsFault, type Call, type Operations, page, type Stored, type Table } from "../../service.ts";
import { clusterOf, joinCluster } from "./clusters.ts";
import { DELETING_MS, refuseInstanceDeletion } from "./deleting.ts";
import { createdInstance, type InstanceInput, modifyInstance, moveInstance, moveOf } from "./instance-row.ts";
import { dropSecret } from "./managed-secret.ts";
import * as shared from "./shared.ts";
import { takeSnapshot } from "./snapshots.ts";

type Row = Stored<DBInstance>;

const KIND = "rds.db-instance";

export const instances = (call: Call): Table<Row> => present<Row>(call, KIND);

export function instanceNamed(call: Call, id: string | undefined): Row {
  const row = instances(call).get(id ?? "");
  if (!row) throw new AwsFault("DBInstanceNotFound", `DBInstance ${id} not found.`, 404);
  return asOfNow(row, call);
}

/** Stopped for a week = started again by RDS. */
function asOfNow(row: Row, call: Call): Row {
  arrive(call, moveOf(row.DBInstanceIdentifier), row);
  if (row.AutomaticRestartTime && row.AutomaticRestartTime <= call.now()) {
    row.DBInstanceStatus = "available";
    delete row.AutomaticRestartTime;
  }
  if ((row.BackupRetentionPeriod ?? 0) > 0) row.LatestRestorableTime = shared.latestRestorable(call.millis());
  return row;
}

function wrongState(row: Row): AwsFault {
  return new AwsFault(
    "InvalidDBInstanceState",
    `Instance ${row.DBInstanceIdentifier} is in ${row.DBInstanceStatus} state.`,
  );
}

/** What StopDBInstance refuses. Source: RDS user guide, "Stopping an Amazon RDS DB instance temporarily", limitations. */
function refuseStop(row: Row): void {
  if (row.Engine?.startsWith("custom-"))
    throw new AwsFault("InvalidDBInstanceState", "RDS Custom instances are not eligible for stopping or starting.");
  if (row.DBClusterIdentifier && /^(aurora|docdb|neptune)/.test(row.Engine ?? ""))
    throw new AwsFault(
      "InvalidParameterCombination",
      `${row.Engine} DB instances are not eligible for stopping or starting.`,
    );
  if (row.ReadReplicaSourceDBInstanceIdentifier || row.ReadReplicaDBInstanceIdentifiers?.length)
    throw new AwsFault("InvalidDBInstanceState", "Cannot stop or start a read replica or an instance that has one.");
  if (row.MultiAZ && row.Engine?.startsWith("sqlserver"))
    throw new AwsFault("InvalidParameterCombination", "Cannot stop a SQL Server instance with Multi-AZ.");
  if (row.DBInstanceStatus !== "available") throw wrongState(row);
}

/** Replicas of what is deleted become instances of their own. Source: RDS user guide, "Deleting a DB instance". */
function endReplication(call: Call, row: Row): void {
  const { DBInstanceIdentifier: id = "" } = row;
  for (const other of instances(call).all()) {
    if (other.ReadReplicaSourceDBInstanceIdentifier === id) delete other.ReadReplicaSourceDBInstanceIdentifier;
    const replicas = other.ReadReplicaDBInstanceIdentifiers ?? [];
    if (replicas.includes(id)) other.ReadReplicaDBInstanceIdentifiers = replicas.filter((each) => each !== id);
  }
}

export const instanceOperations = {
  CreateDBInstance(input, call) {
    const id = input.DBInstanceIdentifier ?? "";
    if (instances(call).get(id)) throw new AwsFault("DBInstanceAlreadyExists", "DB Instance already exists");
    const row = createdInstance(input, call);
    joinCluster(call, row);
    return { DBInstance: instances(call).put(id, row) };
  },
  CreateDBInstanceReadReplica(input, call) {
    const source = instanceNamed(call, input.SourceDBInstanceIdentifier?.split(":").at(-1));
    const id = input.DBInstanceIdentifier ?? "";
    const row = createdInstance(
      { Engine: source.Engine, DBInstanceClass: source.DBInstanceClass, ...input } as InstanceInput,
      call,
    );
    row.ReadReplicaSourceDBInstanceIdentifier = source.DBInstanceIdentifier;
    source.ReadReplicaDBInstanceIdentifiers = [...(source.ReadReplicaDBInstanceIdentifiers ?? []), id];
    return { DBInstance: instances(call).put(id, row) };
  },
  DescribeDBInstances(input, call) {
    const all = input.DBInstanceIdentifier
      ? [instanceNamed(call, input.DBInstanceIdentifier.split(":").at(-1))]
      : instances(call).all();
    const found = all.filter((row) =>
      shared.passes(input.Filters, {
        "db-instance-id": row.DBInstanceIdentifier,
        "db-cluster-id": row.DBClusterIdentifier,
        "dbi-resource-id": row.DbiResourceId,
        engine: row.Engine,
      }),
    );
    const { items, next } = page(found, { token: input.Marker, max: input.MaxRecords }, shared.PAGE);
    return { DBInstances: items.map((row) => asOfNow(row, call)), Marker: next };
  },
  ModifyDBInstance(input, call) {
    const row = instanceNamed(call, input.DBInstanceIdentifier);
    if (row.DBInstanceStatus !== "available") throw wrongState(row);
    modifyInstance(row, input);
    return { DBInstance: row };
  },
  RebootDBInstance(input, call) {
    const row = instanceNamed(call, input.DBInstanceIdentifier);
    if (row.DBInstanceStatus !== "available") throw wrongState(row);
    for (const group of row.DBParameterGroups ?? []) group.ParameterApplyStatus = "in-sync";
    return { DBInstance: row };
  },
  StopDBInstance(input, call) {
    const row = instanceNamed(call, input.DBInstanceIdentifier);
    refuseStop(row);
    takeSnapshot(call, row, input.DBSnapshotIdentifier);
    moveInstance(row, call, "stopped");
    // Source: RDS user guide, same page: a stop forgets what waits for the maintenance window.
    row.PendingModifiedValues = {};
    row.AutomaticRestartTime = shared.restartTime(call.millis());
    return { DBInstance: row };
  },
  StartDBInstance(input, call) {
    const row = instanceNamed(call, input.DBInstanceIdentifier);
    if (row.DBInstanceStatus !== "stopped") throw wrongState(row);
    moveInstance(row, call, "available");
    delete row.AutomaticRestartTime;
    return { DBInstance: row };
  },
  DeleteDBInstance(input, call) {
    const row = instanceNamed(call, input.DBInstanceIdentifier);
    const { DBInstanceIdentifier: id = "" } = row;
    refuseInstanceDeletion(row, clusterOf(call, row), input);
    takeSnapshot(call, row, input.FinalDBSnapshotIdentifier);
    endReplication(call, row);
    dropSecret(call, row);
    forget(call, moveOf(id));
    delete row.AutomaticRestartTime;
    row.DBInstanceStatus = "deleting";
    depart(call, KIND, id, DELETING_MS);
    return { DBInstance: row };
  },
} satisfies Operations<typeof import("@aws-sdk/client-rds")>;
