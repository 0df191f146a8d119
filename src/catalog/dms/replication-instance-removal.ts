import {
  DatabaseMigrationServiceClient,
  DeleteReplicationInstanceCommand,
} from "@aws-sdk/client-database-migration-service";
import type { Removal } from "../contract.ts";

export const removal: Removal = {
  inspect({ state }) {
    const words = state ?? "in an unknown state";
    return state === "deleting" ? { leaving: true, words } : { words };
  },

  async remove(scope, { id, state }) {
    if (state === "deleting") return;
    const command = new DeleteReplicationInstanceCommand({ ReplicationInstanceArn: id });
    await scope.writer(DatabaseMigrationServiceClient).send(command);
  },
};
