import { DeleteServiceCommand, ECSClient, type Service } from "@aws-sdk/client-ecs";
import type { Found, Removal } from "../contract.ts";
import { scaleToZero } from "./service-pause.ts";

const settings = ({ configuration }: Found) => configuration as Service;

/** A daemon has no desired count, and other controllers than ECS's own keep counts of theirs: these end by the deletion itself. */
function isScalable({ schedulingStrategy, deploymentController }: Service): boolean {
  return schedulingStrategy !== "DAEMON" && (deploymentController?.type ?? "ECS") === "ECS";
}

function hasTasks({ desiredCount = 0, runningCount = 0, pendingCount = 0 }: Service): boolean {
  return desiredCount + runningCount + pendingCount > 0;
}

export const removal: Removal = {
  inspect(found) {
    const service = settings(found);
    const words = `${service.runningCount ?? 0} of ${service.desiredCount ?? 0} tasks`;
    if (found.state === "DRAINING") return { leaving: true, words: "draining" };
    return { words, ...(isScalable(service) && hasTasks(service) ? { needs: ["scale-to-zero"] } : {}) };
  },
  prepare: (scope, { id }) => scaleToZero(scope, id),
  remove(scope, { id }) {
    const [cluster = "", service = ""] = id.split("/");
    // Forced, because whoever scales it up again meanwhile, or a daemon's tasks, would be in the way.
    return scope.writer(ECSClient).send(new DeleteServiceCommand({ cluster, service, force: true }));
  },
};
