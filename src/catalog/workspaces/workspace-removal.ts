import { WorkSpacesClient } from "@aws-sdk/client-workspaces";
import type { Removal } from "../contract.ts";
import { accepted, terminateWorkspace } from "./workspace-batches.ts";

export const removal: Removal = {
  inspect({ state }) {
    const words = (state ?? "in an unknown state").toLowerCase();
    if (state === "TERMINATING") return { leaving: true, words };
    // Source: WorkSpaces API reference, TerminateWorkspaces.
    if (state === "SUSPENDED") return { refuses: "it is suspended: WorkSpaces terminates those in no way" };
    return { words };
  },

  async remove(scope, { id, state }) {
    if (state === "TERMINATING") return;
    accepted(scope, "TerminateWorkspaces", await terminateWorkspace(scope.writer(WorkSpacesClient), id));
  },
};
