import {
  type DBInstance,
  DescribeDBInstancesCommand,
  RDSClient,
  StartDBInstanceCommand,
  StopDBInstanceCommand,
} from "@aws-sdk/client-rds";
import { type JsonObject, toJson } from "../../model/json.ts";
import type { Eligibility, Pause, PauseState, ReadScope } from "../contract.ts";
import { differences } from "../pausing.ts";
import { orGone, without } from "../reading.ts";
import { isRds } from "./engines.ts";
import { RESTS, RISKS, STOPPABLE } from "./stopping.ts";

async function instance(scope: ReadScope, id: string): Promise<DBInstance | undefined> {
  const command = new DescribeDBInstancesCommand({ DBInstanceIdentifier: id });
  const found = (await orGone(scope.client(RDSClient).send(command)))?.DBInstances?.[0];
  return found && isRds(found.Engine) ? found : undefined;
}

/** Changes that wait for the maintenance window, which a stop forgets; never the password. */
function pendingOf({ PendingModifiedValues: pending }: DBInstance): JsonObject {
  const { MasterUserPassword, ...visible } = pending ?? {};
  const open = toJson(without(visible, "ResumeFullAutomationModeTime")) as JsonObject;
  return { ...open, ...(MasterUserPassword ? { masterPassword: "to be changed" } : {}) };
}

function saved(found: DBInstance): JsonObject {
  const replicas = [
    ...(found.ReadReplicaDBInstanceIdentifiers ?? []),
    ...(found.ReadReplicaDBClusterIdentifiers ?? []),
  ];
  const pending = pendingOf(found);
  return toJson({
    engine: found.Engine,
    engineVersion: found.EngineVersion,
    class: found.DBInstanceClass,
    multiAz: found.MultiAZ ?? false,
    zone: found.AvailabilityZone,
    secondaryZone: found.SecondaryAvailabilityZone,
    endpoint: found.Endpoint?.Address,
    port: found.Endpoint?.Port,
    public: found.PubliclyAccessible ?? false,
    encrypted: found.StorageEncrypted ?? false,
    cluster: found.DBClusterIdentifier,
    replicaOf: found.ReadReplicaSourceDBInstanceIdentifier ?? found.ReadReplicaSourceDBClusterIdentifier,
    ...(replicas.length > 0 ? { replicas: replicas.sort() } : {}),
    ...(Object.keys(pending).length > 0 ? { pending } : {}),
  }) as JsonObject;
}

/** Why it can't be stopped. Source: RDS user guide, "Stopping an Amazon RDS DB instance temporarily", limitations. */
function obstacle({ saved: state, words }: PauseState): string | undefined {
  const engine = String(state.engine);
  if (state.cluster)
    return `it is a member of cluster ${String(state.cluster)}, whose members stop and start together or not at all`;
  if (state.replicaOf) return `it is a read replica of ${String(state.replicaOf)}: RDS does not stop replicas`;
  if (Array.isArray(state.replicas))
    return `it has read replicas (${state.replicas.join(", ")}): RDS does not stop an instance with replicas`;
  if (engine.startsWith("custom-")) return "it is an RDS Custom instance: RDS does not stop those";
  if (engine.startsWith("sqlserver") && (state.multiAz || state.secondaryZone))
    return "it is a Multi-AZ SQL Server instance: RDS does not stop those";
  return STOPPABLE.has(words) ? undefined : `its status is ${words}: RDS stops only what is available`;
}

function eligible(now: PauseState): Eligibility {
  const reason = obstacle(now);
  if (reason) return { kind: "kept", reason };
  const { saved: state } = now;
  const pending = Object.keys((state.pending ?? {}) as JsonObject);
  const loses = [
    "the database's cache and open connections",
    ...(pending.length > 0 ? [`the changes that wait for the maintenance window: ${pending.join(", ")}`] : []),
    ...(state.public ? ["its public address; the DNS name stays"] : []),
  ];
  const zones = state.multiAz ? ["its two zones may be swapped"] : [];
  const key = state.encrypted ? [RISKS.key] : [];
  return { kind: "eligible", loses, risks: [RISKS.capacity, RISKS.maintenance, ...zones, ...key] };
}

const ZONES = "RDS may start a Multi-AZ instance with its two zones swapped";
const BECAUSE = {
  pending: "RDS forgets pending changes when it stops an instance",
  engineVersion: "RDS may upgrade a minor version at the start",
};

export const pause: Pause = {
  async capture(scope, id) {
    const found = await instance(scope, id);
    if (!found) return undefined;
    const words = found.DBInstanceStatus ?? "unknown";
    return { phase: RESTS[words] ?? "moving", saved: saved(found), words };
  },

  eligible,

  async stop(scope, id) {
    // RDS refuses to stop what it stops or has stopped already.
    const status = (await instance(scope, id))?.DBInstanceStatus ?? "";
    if (status === "stopped" || status === "stopping") return;
    await scope.writer(RDSClient).send(new StopDBInstanceCommand({ DBInstanceIdentifier: id }));
  },

  async resume(scope, id) {
    const status = (await instance(scope, id))?.DBInstanceStatus ?? "";
    if (status !== "stopped" && status !== "stopping") return;
    await scope.writer(RDSClient).send(new StartDBInstanceCommand({ DBInstanceIdentifier: id }));
  },

  resumed(before, now) {
    const phase = { running: "done", moving: "moving", paused: "ready" } as const;
    const because = before.multiAz ? { ...BECAUSE, zone: ZONES, secondaryZone: ZONES } : BECAUSE;
    return { phase: phase[now.phase], differs: now.phase === "running" ? differences(before, now.saved, because) : [] };
  },
};
