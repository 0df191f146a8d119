import {
  DatabaseMigrationServiceClient,
  DeleteReplicationTaskCommand,
  StopReplicationTaskCommand,
} from "@aws-sdk/client-database-migration-service";
import type { Removal } from "../contract.ts";

/** DMS deletes no task in one of these. Source: DMS API reference, ReplicationTask, Status. */
const AT_WORK: ReadonlySet<string> = new Set(["running", "starting", "stopping"]);

export const removal: Removal = {
  inspect({ state }) {
    const words = state ?? "in an unknown state";
    if (state === "deleting") return { leaving: true, words };
    return { words, ...(AT_WORK.has(words) ? { needs: ["stop"] } : {}) };
  },

  async prepare(scope, { id, state }) {
    if (state === "stopping") return;
    await scope.writer(DatabaseMigrationServiceClient).send(new StopReplicationTaskCommand({ ReplicationTaskArn: id }));
  },

  async remove(scope, { id, state }) {
    if (state === "deleting") return;
    const command = new DeleteReplicationTaskCommand({ ReplicationTaskArn: id });
    await scope.writer(DatabaseMigrationServiceClient).send(command);
  },
};
