import {
  type DBCluster,
  DescribeDBClustersCommand,
  RDSClient,
  StartDBClusterCommand,
  StopDBClusterCommand,
} from "@aws-sdk/client-rds";
import { type JsonObject, toJson } from "../../model/json.ts";
import type { Pause, PauseState, ReadScope } from "../contract.ts";
import { differences } from "../pausing.ts";
import { orGone } from "../reading.ts";
import { isRds } from "./engines.ts";
import { RESTS, RISKS, STOPPABLE } from "./stopping.ts";

async function cluster(scope: ReadScope, id: string): Promise<DBCluster | undefined> {
  const command = new DescribeDBClustersCommand({ DBClusterIdentifier: id });
  const found = (await orGone(scope.client(RDSClient).send(command)))?.DBClusters?.[0];
  return found && isRds(found.Engine) ? found : undefined;
}

function saved(found: DBCluster): JsonObject {
  const members = found.DBClusterMembers ?? [];
  return toJson({
    engine: found.Engine,
    engineVersion: found.EngineVersion,
    mode: found.EngineMode ?? "provisioned",
    members: members.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier ?? "").sort(),
    writer: members.find(({ IsClusterWriter }) => IsClusterWriter)?.DBInstanceIdentifier,
    zones: [...(found.AvailabilityZones ?? [])].sort(),
    endpoint: found.Endpoint,
    readerEndpoint: found.ReaderEndpoint,
    port: found.Port,
    encrypted: found.StorageEncrypted ?? false,
    serverless: found.ServerlessV2ScalingConfiguration,
    global: found.GlobalClusterIdentifier,
    replicaOf: found.ReplicationSourceIdentifier,
    ...(found.ReadReplicaIdentifiers?.length ? { replicas: [...found.ReadReplicaIdentifiers].sort() } : {}),
  }) as JsonObject;
}

/** Why it can't be stopped. Source: Aurora user guide, "Stopping and starting an Aurora DB cluster", limitations. */
function obstacle({ saved: state, words }: PauseState): string | undefined {
  if (!String(state.engine).startsWith("aurora"))
    return "it is a Multi-AZ DB cluster that is not Aurora: RDS has no stop for it";
  if (state.mode === "serverless") return "it is Aurora Serverless v1, which scales by itself and has no stop";
  if (state.mode === "multimaster" || state.mode === "parallelquery")
    return `its engine mode is ${state.mode}: RDS does not stop those`;
  if (state.global || state.mode === "global")
    return `it is a member of global database ${String(state.global ?? "")}: RDS does not stop those`;
  if (state.replicaOf) return `it replicates ${String(state.replicaOf)}: RDS does not stop replicas`;
  if (Array.isArray(state.replicas))
    return `it has replicas (${state.replicas.join(", ")}): RDS does not stop a cluster with replicas`;
  if (Array.isArray(state.members) && state.members.length === 0) return "it has no instances: nothing runs in it";
  return STOPPABLE.has(words) ? undefined : `its status is ${words}: RDS stops only what is available`;
}

const BECAUSE = {
  writer: "Aurora may make another member the writer",
  engineVersion: "RDS may upgrade a minor version at the start",
};

export const pause: Pause = {
  async capture(scope, id) {
    const found = await cluster(scope, id);
    if (!found) return undefined;
    const words = found.Status ?? "unknown";
    return { phase: RESTS[words] ?? "moving", saved: saved(found), words };
  },

  eligible(now) {
    const reason = obstacle(now);
    if (reason) return { kind: "kept", reason };
    const key = now.saved.encrypted ? [RISKS.key] : [];
    // Unlike an instance's, a cluster's backups go on growing old while it is stopped.
    const loses = [
      "its caches and open connections",
      "backups that grow older than their retention while it is stopped",
    ];
    return { kind: "eligible", loses, risks: [RISKS.capacity, RISKS.maintenance, ...key] };
  },

  async stop(scope, id) {
    // RDS refuses to stop what it stops or has stopped already.
    const status = (await cluster(scope, id))?.Status ?? "";
    if (status === "stopped" || status === "stopping") return;
    await scope.writer(RDSClient).send(new StopDBClusterCommand({ DBClusterIdentifier: id }));
  },

  async resume(scope, id) {
    const status = (await cluster(scope, id))?.Status ?? "";
    if (status !== "stopped" && status !== "stopping") return;
    await scope.writer(RDSClient).send(new StartDBClusterCommand({ DBClusterIdentifier: id }));
  },

  resumed(before, now) {
    const phase = { running: "done", moving: "moving", paused: "ready" } as const;
    return { phase: phase[now.phase], differs: now.phase === "running" ? differences(before, now.saved, BECAUSE) : [] };
  },
};
