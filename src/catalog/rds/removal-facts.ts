import type { ResourceType } from "../../model/resource.ts";
import type { PreparationFacts } from "../contract.ts";

/**
 * What RDS wants before it deletes an instance. It takes no final snapshot of a stopped one, and neither adds nor removes
 * members of a stopped cluster. Sources: RDS API reference, CreateDBSnapshot; Aurora user guide, "Stopping and starting an
 * Amazon Aurora DB cluster".
 */
export const START_MEMBER = {
  how: "started with its cluster, for AWS removes no instance of a stopped one",
  iam: ["rds:DescribeDBClusters", "rds:StartDBCluster"],
} as const satisfies PreparationFacts;

export const START_INSTANCE = {
  how: "started, for RDS takes no final snapshot of a stopped one; a member of a cluster with its cluster",
  iam: ["rds:DescribeDBClusters", "rds:StartDBCluster", "rds:StartDBInstance"],
} as const satisfies PreparationFacts;

export const UNPROTECT_INSTANCE = {
  how: "deletion protection switched off, for which one that is stopped is started",
  iam: ["rds:ModifyDBInstance", ...START_INSTANCE.iam],
} as const satisfies PreparationFacts;

/** What a cluster needs before, whoever owns it. None of it waits for its members, whose last one a replica does not let go. */
export function clusterPreparations<T extends ResourceType>(member: T) {
  const releases = [member] as const;
  return {
    unprotect: {
      how: "deletion protection switched off, for which one that is stopped is started",
      releases,
      iam: ["rds:ModifyDBCluster", "rds:StartDBCluster"],
    },
    leave: { how: "taken out of its global cluster", releases, iam: ["rds:RemoveFromGlobalCluster"] },
    promote: {
      how: "promoted, for the last instance of a replica is not deleted",
      releases,
      iam: ["rds:PromoteReadReplicaDBCluster"],
    },
  } as const;
}

export const DATA_LOST = ["its data, as far as no snapshot and no automated backup has it", "its log files"] as const;

/** A deletion with a final snapshot takes as long as that. */
export const PATIENCE_MINUTES = 90;
