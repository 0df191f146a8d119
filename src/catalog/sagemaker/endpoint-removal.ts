import { DeleteEndpointCommand, ListInferenceComponentsCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { ReadScope, Removal } from "../contract.ts";
import { stillBusy } from "../removing.ts";

/** On its way to another status by itself. Source: SageMaker API reference, DescribeEndpoint, EndpointStatus. */
const MOVING: ReadonlySet<string> = new Set(["Creating", "Updating", "SystemUpdating", "RollingBack"]);

async function hasComponents(scope: ReadScope, EndpointNameEquals: string): Promise<boolean> {
  const command = new ListInferenceComponentsCommand({ EndpointNameEquals, MaxResults: 1 });
  return ((await scope.client(SageMakerClient).send(command)).InferenceComponents ?? []).length > 0;
}

export const removal: Removal = {
  async inspect({ id, state }, scope) {
    const words = state ?? "in an unknown state";
    if (state === "Deleting") return { leaving: true, words };
    if (await hasComponents(scope, id))
      return { refuses: "it has inference components, which must be deleted before it" };
    return { words };
  },

  async remove(scope, { id, state }) {
    if (state === "Deleting") return;
    if (MOVING.has(state ?? "")) throw stillBusy(`endpoint ${id}`, state);
    await scope.writer(SageMakerClient).send(new DeleteEndpointCommand({ EndpointName: id }));
  },
};
