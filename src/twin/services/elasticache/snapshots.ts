import type { Snapshot } from "@aws-sdk/client-elasticache";
import { AwsFault, type Call, type Operations, page, type Stored } from "../../service.ts";

const snapshots = (call: Call) => call.table<Stored<Snapshot>>("elasticache.snapshot");

/** Source: ElastiCache API reference, DescribeSnapshots, MaxRecords. */
const PAGE = { min: 20, max: 50, invalid: "InvalidParameterValue" } as const;

/** What a deletion takes before. */
export function takeSnapshot(call: Call, name: string | undefined, of: Partial<Stored<Snapshot>>): void {
  if (name === undefined) return;
  if (snapshots(call).get(name))
    throw new AwsFault("SnapshotAlreadyExistsFault", `Snapshot with specified name already exists: ${name}`);
  const ARN = call.arn("elasticache", `snapshot:${name}`);
  snapshots(call).put(name, { SnapshotName: name, ARN, ...of, SnapshotSource: "manual", SnapshotStatus: "available" });
}

export const snapshotOperations = {
  DescribeSnapshots(input, call) {
    const found = snapshots(call)
      .all()
      .filter((each) => [undefined, each.SnapshotName].includes(input.SnapshotName))
      .filter((each) => [undefined, each.CacheClusterId].includes(input.CacheClusterId))
      .filter((each) => [undefined, each.ReplicationGroupId].includes(input.ReplicationGroupId));
    const { items, next } = page(found, { token: input.Marker, max: input.MaxRecords }, PAGE);
    return { Snapshots: items, Marker: next };
  },
} satisfies Operations<typeof import("@aws-sdk/client-elasticache")>;
