import { DeleteClusterCommand, KafkaClient } from "@aws-sdk/client-kafka";
import type { Removal } from "../contract.ts";

/** The id is an ARN that no other cluster ever has. */
export const removal: Removal = {
  inspect({ state }) {
    const words = (state ?? "in an unknown state").toLowerCase();
    return state === "DELETING" ? { leaving: true, words } : { words };
  },

  async remove(scope, { id, state }) {
    if (state === "DELETING") return;
    await scope.writer(KafkaClient).send(new DeleteClusterCommand({ ClusterArn: id }));
  },
};
