import { arrive, later } from "../../moving.ts";
import { AwsFault, type Call, page, service, type Table, tagList, tagMap } from "../../service.ts";
import { createdCluster, type Row } from "./rows.ts";

const clusters = (call: Call): Table<Row> => call.table<Row>("emr.cluster");

const moveOf = (id: string | undefined) => `emr.cluster/${id}`;

/** How long AWS takes, which it does not promise: minutes. */
const STARTING_MS = 8 * 60_000;
const TERMINATING_MS = 3 * 60_000;

/** EMR sets the size of its pages itself. Source: EMR API reference, ListClusters. */
const PAGE = { max: 50 } as const;

function asOfNow(row: Row, call: Call): Row {
  arrive(call, moveOf(row.cluster.Id), row.cluster);
  return row;
}

function clusterNamed(call: Call, id: string | undefined): Row {
  const row = clusters(call).get(id ?? "");
  if (!row) throw new AwsFault("InvalidRequestException", `Cluster id '${id}' is not valid.`);
  return asOfNow(row, call);
}

/** Ends up in a state later. */
function move({ cluster }: Row, call: Call, ms: number, State: string): void {
  const CreationDateTime = cluster.Status?.Timeline?.CreationDateTime ?? call.now();
  const at = new Date(call.millis() + ms).toISOString();
  const then = State === "TERMINATED" ? { EndDateTime: at } : { ReadyDateTime: at };
  const Timeline = { CreationDateTime, ...then };
  later(call, moveOf(cluster.Id), ms, { Status: { State, StateChangeReason: {}, Timeline } });
}

function refuseOther({ cluster }: Row, collection: string): void {
  if (cluster.InstanceCollectionType === collection) return;
  throw new AwsFault("InvalidRequestException", "Instance fleets and instance groups are mutually exclusive.");
}

export const emr = service(
  { namespace: "com.amazonaws.emr", signingName: "elasticmapreduce" },
  () => import("@aws-sdk/client-emr"),
  {
    RunJobFlow(input, call) {
      const row = createdCluster(input, call);
      const { Id = "", ClusterArn } = row.cluster;
      move(row, call, STARTING_MS, row.cluster.AutoTerminate ? "RUNNING" : "WAITING");
      clusters(call).put(Id, row);
      return { JobFlowId: Id, ClusterArn };
    },
    /** Newest first. */
    ListClusters(input, call) {
      const found = clusters(call)
        .all()
        .map((row) => asOfNow(row, call).cluster)
        .filter(({ Status }) => {
          const created = Status?.Timeline?.CreationDateTime ?? "";
          const state = Status?.State;
          return (
            (!input.ClusterStates?.length || (state !== undefined && input.ClusterStates.includes(state))) &&
            created >= (input.CreatedAfter ?? "") &&
            (input.CreatedBefore === undefined || created <= input.CreatedBefore)
          );
        })
        .reverse();
      const { items, next } = page(found, { token: input.Marker }, PAGE);
      const summaries = items.map(({ Id, Name, Status, NormalizedInstanceHours, ClusterArn }) => ({
        Id,
        Name,
        Status,
        NormalizedInstanceHours,
        ClusterArn,
      }));
      return { Clusters: summaries, Marker: next };
    },
    DescribeCluster(input, call) {
      return { Cluster: clusterNamed(call, input.ClusterId).cluster };
    },
    ListInstanceGroups(input, call) {
      const row = clusterNamed(call, input.ClusterId);
      refuseOther(row, "INSTANCE_GROUP");
      return { InstanceGroups: row.groups };
    },
    ListInstanceFleets(input, call) {
      const row = clusterNamed(call, input.ClusterId);
      refuseOther(row, "INSTANCE_FLEET");
      return { InstanceFleets: row.fleets };
    },
    ModifyCluster(input, call) {
      const { cluster } = clusterNamed(call, input.ClusterId);
      const { StepConcurrencyLevel = cluster.StepConcurrencyLevel } = input;
      if (StepConcurrencyLevel !== undefined) cluster.StepConcurrencyLevel = StepConcurrencyLevel;
      return { StepConcurrencyLevel };
    },
    SetTerminationProtection(input, call) {
      for (const id of input.JobFlowIds ?? [])
        clusterNamed(call, id).cluster.TerminationProtected = input.TerminationProtected;
    },
    /** All or none: one that is protected refuses the call. Source: EMR API reference, TerminateJobFlows. */
    TerminateJobFlows(input, call) {
      const rows = (input.JobFlowIds ?? []).map((id) => clusterNamed(call, id));
      if (rows.some(({ cluster }) => cluster.TerminationProtected))
        throw new AwsFault(
          "ValidationException",
          "Could not shut down one or more job flows since they are termination protected.",
        );
      for (const row of rows) {
        if (row.cluster.Status?.State?.startsWith("TERMINATED")) continue;
        row.cluster.Status = { ...row.cluster.Status, State: "TERMINATING" };
        move(row, call, TERMINATING_MS, "TERMINATED");
      }
    },
    AddTags(input, call) {
      const { cluster } = clusterNamed(call, input.ResourceId);
      cluster.Tags = tagList({ ...tagMap(cluster.Tags), ...tagMap(input.Tags) });
    },
    RemoveTags(input, call) {
      const { cluster } = clusterNamed(call, input.ResourceId);
      cluster.Tags = (cluster.Tags ?? []).filter(({ Key }) => !input.TagKeys?.includes(Key ?? ""));
    },
  },
);
