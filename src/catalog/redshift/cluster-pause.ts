import {
  type Cluster,
  DescribeClustersCommand,
  PauseClusterCommand,
  RedshiftClient,
  ResumeClusterCommand,
} from "@aws-sdk/client-redshift";
import { type JsonObject, toJson } from "../../model/json.ts";
import type { Pause, PauseState, ReadScope } from "../contract.ts";
import { cameBack } from "../pausing.ts";
import { orGone } from "../reading.ts";

async function cluster(scope: ReadScope, id: string): Promise<Cluster | undefined> {
  const command = new DescribeClustersCommand({ ClusterIdentifier: id });
  return (await orGone(scope.client(RedshiftClient).send(command)))?.Clusters?.[0];
}

/** Where a cluster rests; all other statuses are on the way. */
const RESTS: Readonly<Record<string, PauseState["phase"]>> = { available: "running", paused: "paused" };

/**
 * Statuses out of which a cluster comes back to `available` or `paused` by itself; broken ones (`storage-full`,
 * `incompatible-network`) it stays in, and out of `final-snapshot` it goes for ever.
 * Source: Redshift API reference, Cluster, ClusterStatus.
 */
const PASSING: ReadonlySet<string> = new Set([
  "available",
  "available, prep-for-resize",
  "available, resize-cleanup",
  "cancelling-resize",
  "creating",
  "modifying",
  "paused",
  "pausing",
  "rebooting",
  "renaming",
  "resizing",
  "resuming",
  "rotating-keys",
]);

/** Nodes' addresses are told only while there are nodes: they are no part of what is compared before a change. */
function saved(found: Cluster): JsonObject {
  return toJson({
    nodeType: found.NodeType,
    nodes: found.NumberOfNodes,
    version: found.ClusterVersion,
    track: found.MaintenanceTrackName,
    zone: found.AvailabilityZone,
    endpoint: found.Endpoint?.Address,
    port: found.Endpoint?.Port,
    public: found.PubliclyAccessible ?? false,
    elasticIp: found.ElasticIpStatus?.ElasticIp,
    encrypted: found.Encrypted ?? false,
    hsm: found.HsmStatus?.HsmConfigurationIdentifier,
    multiAz: found.MultiAZ?.toLowerCase() === "enabled",
    snapshotDays: found.AutomatedSnapshotRetentionPeriod,
  }) as JsonObject;
}

/** Why it can't be paused. Source: Redshift management guide, "Pausing and resuming a cluster". */
function obstacle({ saved: state, words }: PauseState): string | undefined {
  if (state.hsm) return `its keys are in hardware security module ${String(state.hsm)}: Redshift does not pause those`;
  if (state.snapshotDays === undefined) return "how long its automated snapshots are kept is unknown";
  if (state.snapshotDays === 0) return "its automated snapshots are switched off: Redshift does not pause those";
  if (state.multiAz) return "it is a Multi-AZ cluster: Redshift does not pause those";
  return PASSING.has(words) ? undefined : `its status is ${words}: Redshift pauses only what is available`;
}

const LOSES = [
  "running queries and open connections",
  "the rows of tables that are kept out of backups (BACKUP NO)",
  "what system tables and logs were not yet written elsewhere",
];

const RISKS = [
  "AWS may be short of its node type when it is resumed",
  "the private addresses of its nodes may change",
  "it may come back with the version of its maintenance track",
  "deleting it while it is paused, without a final snapshot, can't be undone",
];

const BECAUSE = {
  zone: "Redshift may move a cluster to another zone when its own is short of nodes",
  version: "Redshift may upgrade a cluster at a resume",
};

export const pause: Pause = {
  async capture(scope, id) {
    const found = await cluster(scope, id);
    if (!found) return undefined;
    const words = found.ClusterStatus ?? "unknown";
    return { phase: RESTS[words] ?? "moving", saved: saved(found), words };
  },

  eligible(now) {
    const reason = obstacle(now);
    if (reason) return { kind: "kept", reason };
    const { saved: state } = now;
    const address = state.public && !state.elasticIp ? ["its public address; the DNS name stays"] : [];
    const key = state.encrypted ? ["it does not resume while its KMS key is disabled or may not be used"] : [];
    return { kind: "eligible", loses: [...LOSES, ...address], risks: [...RISKS, ...key] };
  },

  async stop(scope, id) {
    // Redshift refuses to pause what it pauses or has paused already.
    const status = (await cluster(scope, id))?.ClusterStatus ?? "";
    if (status === "paused" || status === "pausing") return;
    await scope.writer(RedshiftClient).send(new PauseClusterCommand({ ClusterIdentifier: id }));
  },

  async resume(scope, id) {
    const status = (await cluster(scope, id))?.ClusterStatus ?? "";
    if (status !== "paused" && status !== "pausing") return;
    await scope.writer(RedshiftClient).send(new ResumeClusterCommand({ ClusterIdentifier: id }));
  },

  resumed: (before, now) => cameBack(before, now, BECAUSE),
};
