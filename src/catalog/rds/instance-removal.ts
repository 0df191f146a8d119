import {
  type DBInstance,
  DeleteDBInstanceCommand,
  ModifyDBInstanceCommand,
  RDSClient,
  StartDBClusterCommand,
  StartDBInstanceCommand,
} from "@aws-sdk/client-rds";
import { EvenkeelError } from "../../model/errors.ts";
import { type Found, type Removal, UNPROTECT, type WriteScope } from "../contract.ts";
import { clusterOf } from "./clusters.ts";
import { type EngineOwner, ownerOf } from "./engines.ts";

/** Until it runs it is neither copied nor taken out of its cluster. */
const AT_A_STOP: ReadonlySet<string> = new Set(["stopping", "stopped", "starting"]);

/** Of these RDS takes no final snapshot, ever. Source: RDS API reference, DeleteDBInstance, SkipFinalSnapshot. */
const BROKEN: ReadonlySet<string> = new Set(["failed", "incompatible-restore", "incompatible-network"]);

const instanceOf = ({ configuration }: Found) => configuration as DBInstance;

const sourceOf = (db: DBInstance) =>
  db.ReadReplicaSourceDBInstanceIdentifier ?? db.ReadReplicaSourceDBClusterIdentifier;

/** Its members are deleted by the deletion of the cluster, and in no other way. Source: RDS API reference, DeleteDBInstance. */
function isMultiAzMember({ DBClusterIdentifier, Engine = "" }: DBInstance): boolean {
  return Boolean(DBClusterIdentifier) && ownerOf(Engine) === "rds" && !Engine.startsWith("aurora");
}

/** What of it is lost besides what the facts say. */
function losesOf(db: DBInstance): string[] {
  const far = (db.ReadReplicaDBInstanceIdentifiers ?? []).filter((each) => each.startsWith("arn:"));
  const source = sourceOf(db);
  return [
    ...(far.length > 0 ? [`the replication to ${far.join(", ")}`] : []),
    ...(source ? [`nothing that ${source} does not have: of a read replica no final snapshot is made`] : []),
  ];
}

/** A member's data are its cluster's, a replica's its source's: AWS copies them with these. */
function snapshotOf(found: Found, finalSnapshot: string | undefined) {
  const db = instanceOf(found);
  if (finalSnapshot === undefined || db.DBClusterIdentifier || sourceOf(db)) return { SkipFinalSnapshot: true };
  const state = found.state ?? "";
  const reason = BROKEN.has(state)
    ? `of an instance in status ${state}`
    : db.Engine?.startsWith("custom-") && "of RDS Custom instances";
  if (reason)
    throw new EvenkeelError("REFUSED", `RDS instance ${found.id}: RDS takes no final snapshot ${reason}`, {
      state: "it was left as it is",
      hint: "with --no-backup AWS::RDS::DBInstance it is deleted without one",
    });
  return { FinalDBSnapshotIdentifier: finalSnapshot };
}

async function start(scope: WriteScope, found: Found, owner: EngineOwner): Promise<unknown> {
  const { DBClusterIdentifier } = instanceOf(found);
  const client = scope.writer(RDSClient);
  if (!DBClusterIdentifier)
    return found.state === "starting"
      ? undefined
      : client.send(new StartDBInstanceCommand({ DBInstanceIdentifier: found.id }));
  // Another member may have begun it.
  const cluster = await clusterOf(owner, scope, DBClusterIdentifier);
  if (cluster?.Status === "starting" || cluster?.Status === "available") return undefined;
  return client.send(new StartDBClusterCommand({ DBClusterIdentifier }));
}

/** Removes the instances of one owner. Source: RDS user guide, "Deleting a DB instance". */
export function instanceRemoval(owner: EngineOwner): Removal {
  return {
    inspect(found) {
      const db = instanceOf(found);
      const words = found.state ?? "in an unknown state";
      const identity = { DbiResourceId: db.DbiResourceId ?? null };
      if (found.state === "deleting") return { leaving: true, words, identity };
      if (isMultiAzMember(db))
        return { refuses: "RDS deletes the instances of a Multi-AZ DB cluster only with the whole cluster", identity };
      const loses = losesOf(db);
      return {
        words,
        identity,
        ...(db.DeletionProtection ? { guardedBy: "deletion protection" } : {}),
        ...(AT_A_STOP.has(words) ? { needs: ["start"] } : {}),
        ...(loses.length > 0 ? { loses } : {}),
      };
    },

    async prepare(scope, found, name) {
      // A stopped one takes no change: that is refused, and tried again, until it has started.
      if (AT_A_STOP.has(found.state ?? "")) await start(scope, found, owner);
      if (name !== UNPROTECT) return;
      const change = { DBInstanceIdentifier: found.id, DeletionProtection: false, ApplyImmediately: true };
      await scope.writer(RDSClient).send(new ModifyDBInstanceCommand(change));
    },

    async remove(scope, found, finalSnapshot) {
      if (found.state === "deleting") return;
      const { DBClusterIdentifier } = instanceOf(found);
      const command = new DeleteDBInstanceCommand({
        DBInstanceIdentifier: found.id,
        ...snapshotOf(found, finalSnapshot),
        // A member has no backups of its own.
        ...(DBClusterIdentifier ? {} : { DeleteAutomatedBackups: false }),
      });
      await scope.writer(RDSClient).send(command);
    },
  };
}
