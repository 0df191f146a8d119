import type { Snapshot, Tag, Volume } from "@aws-sdk/client-ec2";
import { arrive, forget, later } from "../../moving.ts";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { IMAGE, INSTANCE, SNAPSHOT, VOLUME } from "./compute-kinds.ts";
import { add, type Ec2Operations, get, list, remove, rows, tagsFor, those } from "./rows.ts";
import { ebsKey } from "./volumes.ts";

/** Who may make volumes of a snapshot, besides its owner. */
interface Sharing {
  groups: string[];
  users: string[];
}

const sharings = (call: Call) => call.table<Sharing>("ec2.snapshot-sharing");
const sharingOf = (call: Call, id = ""): Sharing =>
  sharings(call).get(id) ?? sharings(call).put(id, { groups: [], users: [] });

export function newSnapshot(
  call: Call,
  of: Stored<Volume>,
  { description = "", tags = [] }: { readonly description?: string | undefined; readonly tags?: Stored<Tag>[] },
): Stored<Snapshot> {
  const SnapshotId = call.id(SNAPSHOT.prefix);
  const done = {
    State: "completed",
    Progress: "100%",
    CompletionTime: new Date(call.millis() + COPYING_MS).toISOString(),
  };
  later(call, SnapshotId, COPYING_MS, done);
  return add(SNAPSHOT, call, {
    SnapshotId,
    Description: description,
    Encrypted: of.Encrypted,
    ...(of.KmsKeyId ? { KmsKeyId: of.KmsKeyId } : {}),
    OwnerId: call.account,
    Progress: "0%",
    StartTime: call.now(),
    State: "pending",
    StorageTier: "standard",
    Tags: tags,
    VolumeId: of.VolumeId,
    VolumeSize: of.Size,
  });
}

/** How long a small volume's blocks take to be copied. */
const COPYING_MS = 30_000;

function endSnapshots(call: Call): void {
  for (const each of those(SNAPSHOT, call, ({ State }) => State === "pending"))
    arrive(call, each.SnapshotId ?? "", each);
}

/** The answers of the Create actions call the size and the rest the same, but know less of the snapshot. */
const created = ({ StorageTier: _, ...told }: Stored<Snapshot>) => told;

export const snapshots: Ec2Operations = {
  CreateSnapshot(input, call) {
    const tags = tagsFor(SNAPSHOT, input.TagSpecifications);
    return created(newSnapshot(call, get(VOLUME, call, input.VolumeId), { description: input.Description, tags }));
  },

  CreateSnapshots(input, call) {
    const instance = get(INSTANCE, call, input.InstanceSpecification?.InstanceId);
    const tags = tagsFor(SNAPSHOT, input.TagSpecifications);
    const made = (instance.BlockDeviceMappings ?? [])
      .filter(
        (each) => !(input.InstanceSpecification?.ExcludeBootVolume && each.DeviceName === instance.RootDeviceName),
      )
      .map((each) =>
        newSnapshot(call, get(VOLUME, call, each.Ebs?.VolumeId), { description: input.Description, tags }),
      );
    return {
      Snapshots: made.map(({ SnapshotId, VolumeId, VolumeSize, StartTime, State, OwnerId, Encrypted, Tags }) => {
        return { SnapshotId, VolumeId, VolumeSize, StartTime, State, OwnerId, Encrypted, Tags };
      }),
    };
  },

  CopySnapshot(input, call) {
    const source = call
      .table<Stored<Snapshot>>(SNAPSHOT.table, input.SourceRegion ?? call.region)
      .get(input.SourceSnapshotId ?? "");
    if (!source)
      throw new AwsFault(SNAPSHOT.notFound, `The snapshot '${input.SourceSnapshotId ?? ""}' does not exist.`);
    const Encrypted = source.Encrypted || input.Encrypted;
    // Copies name a volume that never was. Source: EC2 API reference, Snapshot.VolumeId.
    const volume = { VolumeId: "vol-ffffffff", Size: source.VolumeSize, Encrypted };
    const key = Encrypted ? { KmsKeyId: input.KmsKeyId ?? ebsKey(call) } : {};
    const tags = tagsFor(SNAPSHOT, input.TagSpecifications);
    const copy = newSnapshot(call, { ...volume, ...key }, { description: input.Description, tags });
    return { SnapshotId: copy.SnapshotId, Tags: tags };
  },

  DescribeSnapshots(input, call) {
    endSnapshots(call);
    const owners = input.OwnerIds ?? ["self"];
    const own = owners.includes("self") || owners.includes(call.account);
    const restorers = input.RestorableByUserIds?.filter((id) => id !== "self");
    const restorable = ({ SnapshotId = "" }: Stored<Snapshot>) => {
      const { groups, users } = sharings(call).get(SnapshotId) ?? { groups: [], users: [] };
      return !restorers?.length || restorers.some((id) => [...groups, ...users].includes(id));
    };
    const ids = own
      ? (input.SnapshotIds ??
        rows(SNAPSHOT, call)
          .all()
          .map((each) => each.SnapshotId ?? ""))
      : [];
    const wanted = ids.map((id) => get(SNAPSHOT, call, id)).filter(restorable);
    if (wanted.length === 0) return { Snapshots: [] };
    const { items, next } = list(SNAPSHOT, call, { ...input, ids: wanted.map((each) => each.SnapshotId ?? "") });
    return { Snapshots: items, NextToken: next };
  },

  DeleteSnapshot(input, call) {
    const { SnapshotId } = get(SNAPSHOT, call, input.SnapshotId);
    const [image] = those(IMAGE, call, (each) =>
      (each.BlockDeviceMappings ?? []).some(({ Ebs }) => Ebs?.SnapshotId === SnapshotId),
    );
    if (image)
      throw new AwsFault("InvalidSnapshot.InUse", `The snapshot ${SnapshotId} is currently in use by ${image.ImageId}`);
    remove(SNAPSHOT, call, SnapshotId);
    forget(call, SnapshotId ?? "");
    sharings(call).delete(SnapshotId ?? "");
  },

  ModifySnapshotAttribute(input, call) {
    const sharing = sharingOf(call, get(SNAPSHOT, call, input.SnapshotId).SnapshotId);
    const permission = input.CreateVolumePermission;
    const added = [...(permission?.Add ?? [])];
    const removed = [...(permission?.Remove ?? [])];
    if (input.OperationType === "add")
      added.push(
        ...(input.GroupNames ?? []).map(() => ({ Group: "all" as const })),
        ...(input.UserIds ?? []).map((UserId) => ({ UserId })),
      );
    if (input.OperationType === "remove")
      removed.push(
        ...(input.GroupNames ?? []).map(() => ({ Group: "all" as const })),
        ...(input.UserIds ?? []).map((UserId) => ({ UserId })),
      );
    const change = (list: string[], member: "Group" | "UserId") => {
      const gone = removed.map((each) => each[member]);
      const come = added.flatMap((each) => each[member] ?? []);
      return [...new Set([...list, ...come])].filter((each) => !gone.includes(each));
    };
    sharing.groups = change(sharing.groups, "Group");
    sharing.users = change(sharing.users, "UserId");
  },

  ResetSnapshotAttribute(input, call) {
    sharings(call).delete(get(SNAPSHOT, call, input.SnapshotId).SnapshotId ?? "");
  },

  DescribeSnapshotAttribute(input, call) {
    const { SnapshotId } = get(SNAPSHOT, call, input.SnapshotId);
    const { groups, users } = sharingOf(call, SnapshotId);
    if (input.Attribute !== "createVolumePermission") return { SnapshotId, ProductCodes: [] };
    return {
      SnapshotId,
      CreateVolumePermissions: [...groups.map((Group) => ({ Group })), ...users.map((UserId) => ({ UserId }))],
    };
  },

  ModifySnapshotTier(input, call) {
    const snapshot = get(SNAPSHOT, call, input.SnapshotId);
    snapshot.StorageTier = input.StorageTier === "archive" ? "archive" : "standard";
    return { SnapshotId: snapshot.SnapshotId, TieringStartTime: call.now() };
  },
};
