import { DeleteNotebookInstanceCommand, SageMakerClient, StopNotebookInstanceCommand } from "@aws-sdk/client-sagemaker";
import type { Removal } from "../contract.ts";
import { stillBusy } from "../removing.ts";

/** Out of these it is deleted. Source: SageMaker API reference, DeleteNotebookInstance. */
const AT_REST: ReadonlySet<string> = new Set(["Stopped", "Failed"]);

export const removal: Removal = {
  inspect({ state }) {
    const words = state ?? "in an unknown state";
    if (state === "Deleting") return { leaving: true, words };
    return { words, ...(AT_REST.has(words) ? {} : { needs: ["stop"] }) };
  },

  async prepare(scope, { id, state }) {
    if (state === "Stopping") return;
    if (state !== "InService") throw stillBusy(`notebook instance ${id}`, state);
    await scope.writer(SageMakerClient).send(new StopNotebookInstanceCommand({ NotebookInstanceName: id }));
  },

  async remove(scope, { id, state }) {
    if (state === "Deleting") return;
    if (!AT_REST.has(state ?? "")) throw stillBusy(`notebook instance ${id}`, state);
    await scope.writer(SageMakerClient).send(new DeleteNotebookInstanceCommand({ NotebookInstanceName: id }));
  },
};
