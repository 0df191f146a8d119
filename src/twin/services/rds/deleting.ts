import type { DBCluster, DBInstance, DeleteDBInstanceMessage } from "@aws-sdk/client-rds";
import { AwsFault, type Stored } from "../../service.ts";
import { needsFinalSnapshot } from "./shared.ts";

/** How long a deletion takes, which AWS does not promise; longer than this with much data to copy. */
export const DELETING_MS = 5 * 60_000;

const inState = (message: string) => new AwsFault("InvalidDBClusterStateFault", message);
const combination = (message: string) => new AwsFault("InvalidParameterCombination", message);

/** What DeleteDBInstance refuses. Source: RDS API reference and user guide, "Deleting a DB instance"; the words are AWS's. */
export function refuseInstanceDeletion(
  row: Stored<DBInstance>,
  cluster: Stored<DBCluster> | undefined,
  input: Stored<DeleteDBInstanceMessage>,
): void {
  const { DBInstanceIdentifier: id, DBInstanceStatus: status } = row;
  if (status === "deleting") throw new AwsFault("InvalidDBInstanceState", `Instance ${id} is already being deleted.`);
  if (row.DeletionProtection)
    throw combination("Cannot delete protected DB Instance, please disable deletion protection and try again.");
  const name = input.FinalDBSnapshotIdentifier;
  if (name && input.SkipFinalSnapshot)
    throw combination("FinalDBSnapshotIdentifier can not be specified when SkipFinalSnapshot is specified.");
  if (cluster) {
    if (cluster.Status !== "available" && cluster.Status !== "deleting")
      throw inState(`DbCluster ${cluster.DBClusterIdentifier} is in ${cluster.Status} state.`);
    if (cluster.ReplicationSourceIdentifier && cluster.DBClusterMembers?.length === 1)
      throw inState("Cannot delete the last instance of the read replica DB cluster.");
    if (name) throw combination("FinalDBSnapshotIdentifier can not be specified when deleting a cluster instance");
    return;
  }
  if (row.ReadReplicaSourceDBInstanceIdentifier) {
    if (name) throw combination("FinalDBSnapshotIdentifier can not be specified when deleting a replica instance");
    return;
  }
  needsFinalSnapshot(input);
  if (name && status !== "available" && status !== "storage-optimization")
    throw new AwsFault(
      "InvalidDBInstanceState",
      `Cannot create a snapshot because the database instance ${id} is not currently in the available state.`,
    );
}

/** What DeleteDBCluster refuses. `staying` = members that are not being deleted. */
export function refuseClusterDeletion(
  row: Stored<DBCluster>,
  staying: number,
  input: { SkipFinalSnapshot?: boolean | undefined; FinalDBSnapshotIdentifier?: string | undefined },
): void {
  const { DBClusterIdentifier: id, Status: status } = row;
  if (status === "deleting") throw inState(`DbCluster ${id} is already being deleted.`);
  if (row.DeletionProtection)
    throw combination("Cannot delete protected Cluster, please disable deletion protection and try again.");
  if (staying > 0) throw inState("Cluster cannot be deleted, it still contains DB instances in non-deleting state.");
  if (row.GlobalClusterIdentifier)
    throw inState("This cluster is a part of a global cluster, please remove it from globalcluster first");
  if (status !== "available") throw inState(`DbCluster ${id} is in ${status} state.`);
  if (input.FinalDBSnapshotIdentifier && input.SkipFinalSnapshot)
    throw combination("FinalDBSnapshotIdentifier can not be specified when SkipFinalSnapshot is specified.");
  needsFinalSnapshot(input);
}
