import { type DBCluster, RDSClient, StartDBClusterCommand, StopDBClusterCommand } from "@aws-sdk/client-rds";
import { EvenkeelError } from "../../model/errors.ts";
import { type JsonObject, toJson } from "../../model/json.ts";
import type { Pause, PauseState, ReadScope } from "../contract.ts";
import { cameBack } from "../pausing.ts";
import { clusterOf } from "./clusters.ts";
import type { EngineOwner } from "./engines.ts";
import { RESTS, RISKS, STOPPABLE } from "./stopping.ts";

/** What differs between the owners of clusters. */
interface ClusterRules {
  readonly owner: EngineOwner;
  /** Who stops it, for people: `RDS`. */
  readonly service: string;
  /** Who moves the writer, for people: `Aurora`. */
  readonly engine: string;
  /** Why one can't be stopped, besides what holds for all of them. */
  readonly obstacle?: (state: PauseState) => string | undefined;
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

/** Why it can't be stopped: Aurora's, DocumentDB's and Neptune's guides have the same limits. */
function obstacle(state: PauseState, { service, obstacle: own }: ClusterRules): string | undefined {
  const reason = own?.(state);
  if (reason) return reason;
  const { saved: now, words } = state;
  if (now.global || now.mode === "global")
    return `it is a member of global database ${String(now.global ?? "")}: ${service} does not stop those`;
  if (now.replicaOf) return `it replicates ${String(now.replicaOf)}: ${service} does not stop replicas`;
  if (Array.isArray(now.replicas))
    return `it has replicas (${now.replicas.join(", ")}): ${service} does not stop a cluster with replicas`;
  if (Array.isArray(now.members) && now.members.length === 0) return "it has no instances: nothing runs in it";
  return STOPPABLE.has(words) ? undefined : `its status is ${words}: ${service} stops only what is available`;
}

/** Stops and starts the clusters of one owner, each with all of its members. */
export function clusterPause(rules: ClusterRules): Pause {
  const { owner, service, engine } = rules;
  const because = {
    writer: `${engine} may make another member the writer`,
    engineVersion: `${service} may upgrade a minor version at the start`,
  };

  /** Another owner's cluster of that id must not be stopped by these rules. */
  async function statusOf(scope: ReadScope, id: string): Promise<string> {
    const found = await clusterOf(owner, scope, id);
    if (!found) throw new EvenkeelError("NOT_FOUND", `there is no ${engine} cluster ${id}`);
    return found.Status ?? "";
  }

  return {
    async capture(scope, id) {
      const found = await clusterOf(owner, scope, id);
      if (!found) return undefined;
      const words = found.Status ?? "unknown";
      return { phase: RESTS[words] ?? "moving", saved: saved(found), words };
    },

    eligible(now) {
      const reason = obstacle(now, rules);
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
      // It is refused to stop what stops or has stopped already.
      const status = await statusOf(scope, id);
      if (status === "stopped" || status === "stopping") return;
      await scope.writer(RDSClient).send(new StopDBClusterCommand({ DBClusterIdentifier: id }));
    },

    async resume(scope, id) {
      const status = await statusOf(scope, id);
      if (status !== "stopped" && status !== "stopping") return;
      await scope.writer(RDSClient).send(new StartDBClusterCommand({ DBClusterIdentifier: id }));
    },

    resumed: (before, now) => cameBack(before, now, because),
  };
}
