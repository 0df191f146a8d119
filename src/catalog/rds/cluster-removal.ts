import {
  type DBCluster,
  DeleteDBClusterCommand,
  ModifyDBClusterCommand,
  PromoteReadReplicaDBClusterCommand,
  RDSClient,
  RemoveFromGlobalClusterCommand,
  StartDBClusterCommand,
} from "@aws-sdk/client-rds";
import { EvenkeelError } from "../../model/errors.ts";
import type { Found, ReadScope, Removal, WriteScope } from "../contract.ts";
import { type EngineOwner, ownerOf } from "./engines.ts";

const clusterOf = ({ configuration }: Found) => configuration as DBCluster;

/** Sources: RDS API reference, DeleteDBCluster and DeleteDBInstance; Aurora user guide, "Deleting Aurora DB clusters". */
function refusal({ Engine = "", ReadReplicaIdentifiers = [] }: DBCluster, { region }: ReadScope): string | undefined {
  // Their members go with them, those of Aurora before.
  if (ownerOf(Engine) === "rds" && !Engine.startsWith("aurora"))
    return "it is a Multi-AZ DB cluster that is not Aurora, whose instances RDS deletes in another order";
  const far = ReadReplicaIdentifiers.filter((each) => each.startsWith("arn:") && each.split(":")[3] !== region);
  return far.length > 0
    ? `its replicas in other regions (${far.join(", ")}) must be deleted or promoted before it`
    : undefined;
}

function needsOf({ GlobalClusterIdentifier, ReplicationSourceIdentifier }: DBCluster): string[] {
  return [
    ...(GlobalClusterIdentifier ? ["leave"] : []),
    // A replica's last member is not deleted. What leaves a global cluster replicates nothing any more.
    ...(ReplicationSourceIdentifier && !GlobalClusterIdentifier ? ["promote"] : []),
  ];
}

async function prepare(scope: WriteScope, found: Found, name: string): Promise<unknown> {
  const client = scope.writer(RDSClient);
  const { GlobalClusterIdentifier, ReplicationSourceIdentifier } = clusterOf(found);
  const DBClusterIdentifier = found.id;
  if (name === "leave") {
    if (!GlobalClusterIdentifier) return undefined;
    const member = { GlobalClusterIdentifier, DbClusterIdentifier: found.arn };
    return client.send(new RemoveFromGlobalClusterCommand(member));
  }
  if (name === "promote") {
    if (!ReplicationSourceIdentifier) return undefined;
    return client.send(new PromoteReadReplicaDBClusterCommand({ DBClusterIdentifier }));
  }
  // A stopped one takes no change; this one is refused, and tried again, until it has started.
  if (found.state === "stopped") await client.send(new StartDBClusterCommand({ DBClusterIdentifier }));
  const change = { DBClusterIdentifier, DeletionProtection: false, ApplyImmediately: true };
  return client.send(new ModifyDBClusterCommand(change));
}

/** Of these AWS takes no final snapshot. Source: Aurora user guide, "Viewing DB cluster status". */
const BROKEN: ReadonlySet<string> = new Set([
  "cloning-failed",
  "migration-failed",
  "inaccessible-encryption-credentials",
]);

/** Removes the clusters of one owner, once their members are gone. */
export function clusterRemoval(owner: EngineOwner): Removal {
  return {
    inspect(found, scope) {
      const cluster = clusterOf(found);
      const words = found.state ?? "in an unknown state";
      const identity = { DbClusterResourceId: cluster.DbClusterResourceId ?? null };
      if (found.state === "deleting") return { leaving: true, words, identity };
      const refuses = refusal(cluster, scope);
      if (refuses) return { refuses, identity };
      const needs = needsOf(cluster);
      return {
        words,
        identity,
        ...(cluster.DeletionProtection ? { guardedBy: "deletion protection" } : {}),
        ...(needs.length > 0 ? { needs } : {}),
      };
    },

    prepare,

    async remove(scope, found, finalSnapshot) {
      if (found.state === "deleting") return;
      if (finalSnapshot && BROKEN.has(found.state ?? ""))
        throw new EvenkeelError(
          "REFUSED",
          `cluster ${found.id}: AWS takes no final snapshot of one in status ${found.state}`,
          { state: "it was left as it is", hint: "with --no-backup and its type it is deleted without one" },
        );
      const command = new DeleteDBClusterCommand({
        DBClusterIdentifier: found.id,
        ...(finalSnapshot ? { FinalDBSnapshotIdentifier: finalSnapshot } : { SkipFinalSnapshot: true }),
        // DocumentDB and Neptune have no such choice: their automated backups go with the cluster.
        ...(owner === "rds" ? { DeleteAutomatedBackups: false } : {}),
      });
      await scope.writer(RDSClient).send(command);
    },
  };
}
