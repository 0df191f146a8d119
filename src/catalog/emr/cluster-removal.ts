import {
  type Cluster,
  EMRClient,
  SetTerminationProtectionCommand,
  TerminateJobFlowsCommand,
} from "@aws-sdk/client-emr";
import type { Removal } from "../contract.ts";

export const removal: Removal = {
  inspect({ state, configuration }) {
    const words = (state ?? "in an unknown state").toLowerCase();
    if (state === "TERMINATING") return { leaving: true, words };
    const isProtected = (configuration as Cluster).TerminationProtected;
    return { words, ...(isProtected ? { guardedBy: "termination protection" } : {}) };
  },

  prepare(scope, { id }) {
    const change = { JobFlowIds: [id], TerminationProtected: false };
    return scope.writer(EMRClient).send(new SetTerminationProtectionCommand(change));
  },

  remove: (scope, { id }) => scope.writer(EMRClient).send(new TerminateJobFlowsCommand({ JobFlowIds: [id] })),
};
