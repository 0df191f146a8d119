import { DeleteTriggerCommand, GlueClient, type Trigger } from "@aws-sdk/client-glue";
import { type JsonObject, toJson } from "../../model/json.ts";
import type { Removal } from "../contract.ts";

/** Glue tells neither an id of its own nor a creation date: what one does is what tells it from another of its name. */
function identityOf({ Type, Schedule, WorkflowName, Actions = [] }: Trigger): JsonObject {
  const starts = Actions.map(({ JobName, CrawlerName }) => JobName ?? CrawlerName ?? null);
  return toJson({ type: Type, schedule: Schedule, workflow: WorkflowName, starts }) as JsonObject;
}

export const removal: Removal = {
  inspect({ state, configuration }) {
    const words = (state ?? "in an unknown state").toLowerCase();
    const identity = identityOf(configuration as Trigger);
    return { words, identity, ...(state === "DELETING" ? { leaving: true } : {}) };
  },

  async remove(scope, { id, state }) {
    if (state === "DELETING") return;
    await scope.writer(GlueClient).send(new DeleteTriggerCommand({ Name: id }));
  },
};
