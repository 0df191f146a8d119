import { type DBInstance, RDSClient, StartDBInstanceCommand, StopDBInstanceCommand } from "@aws-sdk/client-rds";
import { EvenkeelError } from "../../model/errors.ts";
import { type JsonObject, toJson } from "../../model/json.ts";
import type { Eligibility, Pause, PauseState, ReadScope } from "../contract.ts";
import { cameBack } from "../pausing.ts";
import { without } from "../reading.ts";
import { instanceOf } from "./instances.ts";
import { RESTS, RISKS, STOPPABLE } from "./stopping.ts";

const instance = (scope: ReadScope, id: string) => instanceOf("rds", scope, id);

/** Another owner's instance of that id must not be stopped by these rules. */
async function statusOf(scope: ReadScope, id: string): Promise<string> {
  const found = await instance(scope, id);
  if (!found) throw new EvenkeelError("NOT_FOUND", `there is no RDS instance ${id}`);
  return found.DBInstanceStatus ?? "";
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

/**
 * A name that no earlier pause has taken: letters, digits and single hyphens, as the instance's own.
 * Source: RDS API reference, StopDBInstance and CreateDBSnapshot, DBSnapshotIdentifier.
 */
function snapshotName(id: string, now: number): string {
  const stamp = new Date(now).toISOString().replace(/\D/g, "").slice(0, 14);
  return `evenkeel-${id}-${stamp}`;
}

const SNAPSHOT_STAYS = "its snapshot evenkeel-… stays, and costs, until someone deletes it";

function eligible(now: PauseState, _resource: unknown, way?: string): Eligibility {
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
  const snapshot = way === "snapshot" ? [SNAPSHOT_STAYS] : [];
  return { kind: "eligible", loses, risks: [RISKS.capacity, RISKS.maintenance, ...zones, ...key, ...snapshot] };
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

  async stop(scope, id, _saved, way) {
    // RDS refuses to stop what it stops or has stopped already.
    const status = await statusOf(scope, id);
    if (status === "stopped" || status === "stopping") return;
    const snapshot = way === "snapshot" ? { DBSnapshotIdentifier: snapshotName(id, scope.clock.now()) } : {};
    await scope.writer(RDSClient).send(new StopDBInstanceCommand({ DBInstanceIdentifier: id, ...snapshot }));
  },

  async resume(scope, id) {
    const status = await statusOf(scope, id);
    if (status !== "stopped" && status !== "stopping") return;
    await scope.writer(RDSClient).send(new StartDBInstanceCommand({ DBInstanceIdentifier: id }));
  },

  resumed(before, now) {
    const because = before.multiAz ? { ...BECAUSE, zone: ZONES, secondaryZone: ZONES } : BECAUSE;
    return cameBack(before, now, because);
  },
};
