import type { Snapshot, Tag } from "@aws-sdk/client-redshift";
import { depart, present } from "../../departing.ts";
import { arrive, forget, later } from "../../moving.ts";
import { AwsFault, type Call, page, type Stored, service, type Table, tagList, tagMap } from "../../service.ts";
import { createdCluster, modifyCluster, type Row, resumedNodes } from "./cluster-row.ts";

const KIND = "redshift.cluster";

const clusters = (call: Call): Table<Row> => present<Row>(call, KIND);

const moveOf = (id: string | undefined) => `redshift.cluster/${id}`;

/** How long a pause and a resume take: "typically minutes, up to 15". Source: Redshift management guide, "Pausing and resuming a cluster". */
const PAUSING_MS = 5 * 60_000;
const RESUMING_MS = 8 * 60_000;
/** A deletion takes minutes; with a final snapshot it is that first. */
const DELETING_MS = 6 * 60_000;
const COPYING_MS = 4 * 60_000;

/** Redshift pages: 20 to 100 records. Source: Redshift API reference, DescribeClusters, MaxRecords. */
const PAGE = { min: 20, max: 100, invalid: "InvalidParameterValue" } as const;

function asOfNow(row: Row, call: Call): Row {
  arrive(call, moveOf(row.ClusterIdentifier), row);
  return row;
}

function clusterNamed(call: Call, id: string | undefined): Row {
  const row = clusters(call).get(id ?? "");
  if (!row) throw new AwsFault("ClusterNotFound", `Cluster ${id} not found.`, 404);
  return asOfNow(row, call);
}

function expect(row: Row, ...states: readonly string[]): void {
  if (states.includes(row.ClusterStatus ?? "")) return;
  throw new AwsFault("InvalidClusterState", `Cluster ${row.ClusterIdentifier} is in ${row.ClusterStatus} state.`);
}

/** What PauseCluster refuses. Source: Redshift management guide, "Pausing and resuming a cluster". */
function refusePause(row: Row): void {
  expect(row, "available");
  const no = (why: string) => new AwsFault("UnsupportedOperation", `You can't pause a cluster ${why}.`);
  if (row.HsmStatus?.HsmConfigurationIdentifier) throw no("that uses a hardware security module");
  if (row.AutomatedSnapshotRetentionPeriod === 0) throw no("whose automated snapshots are disabled");
  if (row.MultiAZ === "Enabled") throw no("that is deployed in multiple Availability Zones");
}

const snapshots = (call: Call) => call.table<Stored<Snapshot>>("redshift.snapshot");

/** What a deletion takes before. Source: Redshift API reference, CreateClusterSnapshot, SnapshotIdentifier. */
function takeSnapshot(call: Call, { ClusterIdentifier, NodeType, NumberOfNodes }: Row, name: string): void {
  if (!/^[a-z](-?[a-z0-9])*$/i.test(name) || name.length > 255)
    throw new AwsFault("InvalidParameterValue", `${name} is not a valid snapshot identifier.`);
  if (snapshots(call).get(name))
    throw new AwsFault("ClusterSnapshotAlreadyExists", `Cannot create the snapshot because ${name} already exists.`);
  const about = { ClusterIdentifier, NodeType, NumberOfNodes, SnapshotType: "manual", Status: "available" };
  snapshots(call).put(name, { SnapshotIdentifier: name, SnapshotCreateTime: call.now(), ...about });
}

function tagged(call: Call, arn: string | undefined): { Tags?: Stored<Tag>[] | undefined } {
  const id = (arn ?? "").split(":").at(-1) ?? "";
  const row = clusters(call).get(id);
  if (!row) throw new AwsFault("ResourceNotFoundFault", `${arn} not found.`, 404);
  return row;
}

export const redshift = service(
  { namespace: "com.amazonaws.redshift", signingName: "redshift" },
  () => import("@aws-sdk/client-redshift"),
  {
    CreateCluster(input, call) {
      const id = input.ClusterIdentifier ?? "";
      if (clusters(call).get(id)) throw new AwsFault("ClusterAlreadyExists", "Cluster already exists");
      return { Cluster: clusters(call).put(id, createdCluster(input, call)) };
    },
    DescribeClusters(input, call) {
      const { ClusterIdentifier: id, TagKeys = [], TagValues = [] } = input;
      const has = ({ Tags = [] }: Row) =>
        (TagKeys.length === 0 || Tags.some(({ Key }) => TagKeys.includes(Key ?? ""))) &&
        (TagValues.length === 0 || Tags.some(({ Value }) => TagValues.includes(Value ?? "")));
      const found = id ? [clusterNamed(call, id)] : clusters(call).all().filter(has);
      const { items, next } = page(found, { token: input.Marker, max: input.MaxRecords }, PAGE);
      return { Clusters: items.map((row) => asOfNow(row, call)), Marker: next };
    },
    ModifyCluster(input, call) {
      const row = clusterNamed(call, input.ClusterIdentifier);
      expect(row, "available");
      modifyCluster(row, input);
      return { Cluster: row };
    },
    PauseCluster(input, call) {
      const row = clusterNamed(call, input.ClusterIdentifier);
      refusePause(row);
      Object.assign(row, { ClusterStatus: "pausing", ClusterAvailabilityStatus: "Modifying" });
      const becomes = { ClusterStatus: "paused", ClusterAvailabilityStatus: "Unavailable" };
      later(call, moveOf(row.ClusterIdentifier), PAUSING_MS, becomes);
      return { Cluster: row };
    },
    ResumeCluster(input, call) {
      const row = clusterNamed(call, input.ClusterIdentifier);
      expect(row, "paused");
      Object.assign(row, { ClusterStatus: "resuming", ClusterAvailabilityStatus: "Modifying" });
      row.ClusterNodes = resumedNodes(row);
      const becomes = { ClusterStatus: "available", ClusterAvailabilityStatus: "Available" };
      later(call, moveOf(row.ClusterIdentifier), RESUMING_MS, becomes);
      return { Cluster: row };
    },
    /** Source: Redshift API reference, DeleteCluster: a final snapshot unless it is said to be skipped. */
    DeleteCluster(input, call) {
      const row = clusterNamed(call, input.ClusterIdentifier);
      if (!input.SkipFinalClusterSnapshot && !input.FinalClusterSnapshotIdentifier)
        throw new AwsFault(
          "InvalidParameterCombination",
          "FinalClusterSnapshotIdentifier is required unless SkipFinalClusterSnapshot is specified.",
        );
      // Source: Redshift's own words: `You can only delete clusters with ACTIVE, INCOMPATIBLE_NETWORK, … lifecycle.`
      expect(row, "available");
      const { ClusterIdentifier: id = "" } = row;
      forget(call, moveOf(id));
      if (input.FinalClusterSnapshotIdentifier) {
        takeSnapshot(call, row, input.FinalClusterSnapshotIdentifier);
        row.ClusterStatus = "final-snapshot";
        later(call, moveOf(id), COPYING_MS, { ClusterStatus: "deleting" });
      } else row.ClusterStatus = "deleting";
      depart(call, KIND, id, DELETING_MS);
      return { Cluster: row };
    },
    DescribeClusterSnapshots(input, call) {
      const found = snapshots(call)
        .all()
        .filter((each) => [undefined, each.ClusterIdentifier].includes(input.ClusterIdentifier))
        .filter((each) => [undefined, each.SnapshotIdentifier].includes(input.SnapshotIdentifier));
      const { items, next } = page(found, { token: input.Marker, max: input.MaxRecords }, PAGE);
      return { Snapshots: items, Marker: next };
    },
    CreateTags(input, call) {
      const row = tagged(call, input.ResourceName);
      row.Tags = tagList({ ...tagMap(row.Tags), ...tagMap(input.Tags) });
    },
    DeleteTags(input, call) {
      const row = tagged(call, input.ResourceName);
      row.Tags = (row.Tags ?? []).filter(({ Key }) => !input.TagKeys?.includes(Key ?? ""));
    },
  },
);
