import {
  DeleteSnapshotCommand,
  type DescribeSnapshotsRequest,
  EC2Client,
  type Filter,
  paginateDescribeSnapshots,
  type Snapshot,
} from "@aws-sdk/client-ec2";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { tagsOf, without } from "../reading.ts";
import { first, idIs, isBackup, SMALLEST_PAGE } from "./reading.ts";
import { charges } from "./snapshot-charges.ts";

/** Own ones only: without an owner AWS lists every public snapshot of the region. */
async function* own(scope: ReadScope, request: DescribeSnapshotsRequest): AsyncGenerator<Snapshot> {
  const paging = { client: scope.client(EC2Client), pageSize: scope.pageSize(1000, SMALLEST_PAGE) };
  for await (const page of paginateDescribeSnapshots(paging, { ...request, OwnerIds: ["self"] }))
    yield* page.Snapshots ?? [];
}

/** The own snapshots that everybody may restore, in one listing where createVolumePermission takes a call for each. */
async function publicOnes(scope: ReadScope, filters: Filter[]): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for await (const snapshot of own(scope, { Filters: filters, RestorableByUserIds: ["all"] }))
    ids.add(snapshot.SnapshotId ?? "");
  return ids;
}

async function* describe(scope: ReadScope, filters: Filter[]): AsyncGenerator<Found> {
  const shared = await publicOnes(scope, filters);
  for await (const snapshot of own(scope, { Filters: filters })) yield found(snapshot, shared);
}

function found(snapshot: Snapshot, shared: ReadonlySet<string>): Found {
  const tags = tagsOf(snapshot.Tags);
  const id = snapshot.SnapshotId ?? "";
  return {
    id,
    name: tags.Name,
    createdAt: snapshot.StartTime,
    state: snapshot.State,
    tags,
    configuration: { ...without(snapshot, "Tags", "SnapshotId", "StartTime"), Public: shared.has(id) },
  };
}

export default {
  list: (scope) => describe(scope, []),

  read: (scope, id) => first(describe(scope, idIs("snapshot-id", id))),
  charges,

  removal: {
    inspect: ({ tags }) =>
      isBackup(tags) ? { refuses: "it is a recovery point of AWS Backup, which alone deletes it" } : {},
    remove: (scope, { id }) => scope.writer(EC2Client).send(new DeleteSnapshotCommand({ SnapshotId: id })),
  },
} satisfies Entry;
