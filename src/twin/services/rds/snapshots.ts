import type { DBCluster, DBClusterSnapshot, DBInstance, DBSnapshot } from "@aws-sdk/client-rds";
import { AwsFault, type Call, type Operations, page, type Stored, type Table } from "../../service.ts";
import { PAGE } from "./shared.ts";

const snapshots = (call: Call): Table<Stored<DBSnapshot>> => call.table("rds.db-snapshot");
const clusterSnapshots = (call: Call): Table<Stored<DBClusterSnapshot>> => call.table("rds.db-cluster-snapshot");

/** Source: RDS API reference, CreateDBSnapshot and CreateDBClusterSnapshot, the snapshot's identifier. */
function checkName(name: string, parameter: string): void {
  if (/^[a-z](-?[a-z0-9])*$/i.test(name) && name.length <= 255) return;
  throw new AwsFault("InvalidParameterValue", `The parameter ${parameter} is not a valid identifier: ${name}`);
}

/** What a stop or a deletion takes before. */
export function takeSnapshot(call: Call, row: Stored<DBInstance>, name: string | undefined): void {
  if (name === undefined) return;
  checkName(name, "DBSnapshotIdentifier");
  if (snapshots(call).get(name))
    throw new AwsFault("DBSnapshotAlreadyExists", `Cannot create the snapshot because ${name} already exists.`);
  snapshots(call).put(name, {
    DBSnapshotIdentifier: name,
    DBInstanceIdentifier: row.DBInstanceIdentifier,
    DBSnapshotArn: call.arn("rds", `snapshot:${name}`),
    SnapshotCreateTime: call.now(),
    SnapshotType: "manual",
    Status: "available",
    Engine: row.Engine,
    EngineVersion: row.EngineVersion,
    AllocatedStorage: row.AllocatedStorage,
  });
}

export function takeClusterSnapshot(call: Call, row: Stored<DBCluster>, name: string | undefined): void {
  if (name === undefined) return;
  checkName(name, "DBClusterSnapshotIdentifier");
  if (clusterSnapshots(call).get(name))
    throw new AwsFault(
      "DBClusterSnapshotAlreadyExistsFault",
      `Cannot create the snapshot because ${name} already exists.`,
    );
  clusterSnapshots(call).put(name, {
    DBClusterSnapshotIdentifier: name,
    DBClusterIdentifier: row.DBClusterIdentifier,
    DBClusterSnapshotArn: call.arn("rds", `cluster-snapshot:${name}`),
    SnapshotCreateTime: call.now(),
    SnapshotType: "manual",
    Status: "available",
    Engine: row.Engine,
    EngineVersion: row.EngineVersion,
    AllocatedStorage: row.AllocatedStorage,
  });
}

export const snapshotOperations = {
  DescribeDBSnapshots(input, call) {
    const found = snapshots(call)
      .all()
      .filter((each) => [undefined, each.DBInstanceIdentifier].includes(input.DBInstanceIdentifier))
      .filter((each) => [undefined, each.DBSnapshotIdentifier].includes(input.DBSnapshotIdentifier));
    const { items, next } = page(found, { token: input.Marker, max: input.MaxRecords }, PAGE);
    return { DBSnapshots: items, Marker: next };
  },
  DescribeDBClusterSnapshots(input, call) {
    const found = clusterSnapshots(call)
      .all()
      .filter((each) => [undefined, each.DBClusterIdentifier].includes(input.DBClusterIdentifier))
      .filter((each) => [undefined, each.DBClusterSnapshotIdentifier].includes(input.DBClusterSnapshotIdentifier));
    const { items, next } = page(found, { token: input.Marker, max: input.MaxRecords }, PAGE);
    return { DBClusterSnapshots: items, Marker: next };
  },
} satisfies Operations<typeof import("@aws-sdk/client-rds")>;
