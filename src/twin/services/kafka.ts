import type { Cluster, ProvisionedRequest } from "@aws-sdk/client-kafka";
import { depart, present } from "../departing.ts";
import { arrive, forget, later } from "../moving.ts";
import { AwsFault, type Call, page, type Stored, service, type Table } from "../service.ts";

type Row = Stored<Cluster>;

const KIND = "kafka.cluster";

const clusters = (call: Call): Table<Row> => present<Row>(call, KIND);

const moveOf = (arn: string | undefined) => `kafka.cluster/${arn}`;

/** How long AWS takes, which it does not promise: a quarter of an hour and more to make one. */
const CREATING_MS = 20 * 60_000;
const UPDATING_MS = 10 * 60_000;
const DELETING_MS = 15 * 60_000;

function asOfNow(row: Row, call: Call): Row {
  arrive(call, moveOf(row.ClusterArn), row);
  return row;
}

function clusterNamed(call: Call, arn: string | undefined): Row {
  const row = clusters(call).get(arn ?? "");
  if (!row) throw new AwsFault("NotFoundException", "The requested cluster does not exist.", 404);
  return asOfNow(row, call);
}

/** Begins an update: only of an ACTIVE cluster, and only by who knows its present version. */
function update(row: Row, call: Call, version: string | undefined, becomes: (provisioned: Row["Provisioned"]) => void) {
  if (row.State !== "ACTIVE")
    throw new AwsFault("BadRequestException", `You can't update a cluster that is in the ${row.State} state.`);
  if (version !== row.CurrentVersion)
    throw new AwsFault("BadRequestException", "This isn't the current version of the cluster.");
  becomes(row.Provisioned);
  const CurrentVersion = `K${Number(row.CurrentVersion?.slice(1)) + 1}`;
  row.State = "UPDATING";
  later(call, moveOf(row.ClusterArn), UPDATING_MS, { State: "ACTIVE", CurrentVersion });
  return { ClusterArn: row.ClusterArn };
}

/** A cluster's provisioned half. Defaults: MSK API reference, Clusters V2. */
function provisioned({ KafkaVersion, ConfigurationInfo, ...request }: Stored<ProvisionedRequest>): Row["Provisioned"] {
  return {
    EnhancedMonitoring: "DEFAULT",
    StorageMode: "LOCAL",
    CustomerActionStatus: "NONE",
    ...request,
    CurrentBrokerSoftwareInfo: {
      KafkaVersion,
      ...(ConfigurationInfo
        ? { ConfigurationArn: ConfigurationInfo.Arn, ConfigurationRevision: ConfigurationInfo.Revision }
        : {}),
    },
  };
}

export const kafka = service(
  { namespace: "com.amazonaws.kafka", signingName: "kafka" },
  () => import("@aws-sdk/client-kafka"),
  {
    CreateClusterV2(input, call) {
      const { ClusterName, Tags, Provisioned, Serverless } = input;
      if (
        clusters(call)
          .all()
          .some((row) => row.ClusterName === ClusterName)
      )
        throw new AwsFault("ConflictException", "A resource with this name already exists.", 409);
      const ClusterArn = call.arn("kafka", `cluster/${ClusterName}/${call.uuid()}-1`);
      const row: Row = {
        ClusterArn,
        ClusterName,
        ClusterType: Serverless ? "SERVERLESS" : "PROVISIONED",
        CreationTime: call.now(),
        CurrentVersion: "K1",
        State: "CREATING",
        Tags: { ...(Tags as Record<string, string> | undefined) },
        ...(Provisioned ? { Provisioned: provisioned(Provisioned) } : {}),
        ...(Serverless ? { Serverless } : {}),
      };
      later(call, moveOf(ClusterArn), CREATING_MS, { State: "ACTIVE" });
      return clusters(call).put(ClusterArn, row) && { ClusterArn, ClusterName, State: row.State };
    },
    ListClustersV2(input, call) {
      const found = clusters(call)
        .all()
        .filter(
          ({ ClusterName, ClusterType }) =>
            (ClusterName ?? "").startsWith(input.ClusterNameFilter ?? "") &&
            (input.ClusterTypeFilter ?? ClusterType) === ClusterType,
        );
      const { items, next } = page(found, { token: input.NextToken, max: input.MaxResults }, { max: 100 });
      return { ClusterInfoList: items.map((row) => asOfNow(row, call)), NextToken: next };
    },
    DescribeClusterV2(input, call) {
      return { ClusterInfo: clusterNamed(call, input.ClusterArn) };
    },
    UpdateMonitoring(input, call) {
      const { EnhancedMonitoring, OpenMonitoring } = input;
      return update(clusterNamed(call, input.ClusterArn), call, input.CurrentVersion, (own) =>
        Object.assign(own ?? {}, EnhancedMonitoring && { EnhancedMonitoring }, OpenMonitoring && { OpenMonitoring }),
      );
    },
    UpdateBrokerCount(input, call) {
      return update(clusterNamed(call, input.ClusterArn), call, input.CurrentVersion, (own) =>
        Object.assign(own ?? {}, { NumberOfBrokerNodes: input.TargetNumberOfBrokerNodes }),
      );
    },
    DeleteCluster(input, call) {
      const row = clusterNamed(call, input.ClusterArn);
      const { ClusterArn, State } = row;
      if (State === "DELETING")
        throw new AwsFault("BadRequestException", "You can't delete a cluster that is in the DELETING state.");
      forget(call, moveOf(ClusterArn));
      row.State = "DELETING";
      depart(call, KIND, ClusterArn ?? "", DELETING_MS);
      return { ClusterArn, State: row.State };
    },
    TagResource(input, call) {
      const row = clusterNamed(call, input.ResourceArn);
      row.Tags = { ...row.Tags, ...input.Tags } as Record<string, string>;
    },
    UntagResource(input, call) {
      const row = clusterNamed(call, input.ResourceArn);
      const left = Object.entries(row.Tags ?? {}).filter(([key]) => !input.TagKeys?.includes(key));
      row.Tags = Object.fromEntries(left);
    },
  },
);
