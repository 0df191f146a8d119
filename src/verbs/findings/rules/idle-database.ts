import { textAt } from "../../../catalog/charges.ts";
import { factsOf } from "../../../catalog/registry.ts";
import { valuesAt } from "../../../model/path.ts";
import type { FindingRule } from "../rule.ts";

/** What replicates stands by or is read by who it replicates to, without a connection; nor can it be stopped. */
const REPLICATES = [
  "ReadReplicaSourceDBInstanceIdentifier",
  "ReadReplicaSourceDBClusterIdentifier",
  "ReadReplicaDBInstanceIdentifiers[]",
  "ReadReplicaDBClusterIdentifiers[]",
  "ReadReplicaIdentifiers[]",
  "ReplicationSourceIdentifier",
  "GlobalClusterIdentifier",
];

export const idleDatabase: FindingRule = {
  id: "idle-database",
  finds: "databases that run and that nobody has connected to",
  types: ["AWS::RDS::DBInstance", "AWS::RDS::DBCluster", "AWS::Redshift::Cluster"],
  quietDays: 14,
  counts: { type: "AWS::RDS::DBInstance", path: "DBClusterMembers[].DBInstanceIdentifier" },
  saves: { kind: "pause" },
  remedy: "pause it; if nobody misses it, remove it with a final snapshot",
  command: ({ type, region, id }) =>
    `evenkeel pause --type ${factsOf(type)?.short} --region ${region} --id ${id} --dry-run`,
  sources: [
    "https://docs.aws.amazon.com/awssupport/latest/user/cost-optimization-checks.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html",
    "https://docs.aws.amazon.com/redshift/latest/mgmt/metrics-listing.html",
  ],
  judge({ type, state, configuration }) {
    // A member runs and stops with its cluster, which is judged as a whole.
    const isMember = type === "AWS::RDS::DBInstance" && textAt(configuration, "DBClusterIdentifier") !== "";
    const replicates = REPLICATES.some((path) => valuesAt(configuration, path).some((value) => value));
    return state === "available" && !isMember && !replicates ? { found: "nobody connects to it" } : undefined;
  },
};
