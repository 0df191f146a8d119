import { AppRunnerClient, PauseServiceCommand, ResumeServiceCommand, type Service } from "@aws-sdk/client-apprunner";
import { type JsonObject, toJson } from "../../model/json.ts";
import type { Difference, Pause, PauseState, WriteScope } from "../contract.ts";
import { cameBack, finished } from "../pausing.ts";
import { arnOf, serviceOf } from "./service-read.ts";

/**
 * Where a service rests. Those that failed to be made or deleted count as running, so that a pause never passes for done by
 * failing: whether they still cost nobody tells, and they are kept.
 */
const PHASES: Readonly<Record<string, PauseState["phase"]>> = {
  RUNNING: "running",
  PAUSED: "paused",
  CREATE_FAILED: "running",
  DELETE_FAILED: "running",
};

const RUNNING = "running";

/** One that is not back, and does not come back by itself. */
function failed(words: string): Difference[] {
  const because = "only an update or a new deletion brings it out of this state";
  return [{ field: "state", before: RUNNING, after: words, because }];
}

/** What a person would miss; App Runner itself keeps all of it. */
function savedOf(service: Service): JsonObject {
  return toJson({
    cpu: service.InstanceConfiguration?.Cpu,
    memory: service.InstanceConfiguration?.Memory,
    scaling: service.AutoScalingConfigurationSummary?.AutoScalingConfigurationArn,
    url: service.ServiceUrl,
  }) as JsonObject;
}

/** The status once no operation is under way, of which App Runner takes one at a time; undefined = gone. */
async function settled(scope: WriteScope, id: string): Promise<Service["Status"]> {
  const { status } = await finished(scope, 20, async () => {
    const now = (await serviceOf(scope, id))?.Status;
    return now === "OPERATION_IN_PROGRESS" ? undefined : { status: now };
  });
  return status;
}

export const pause: Pause = {
  async capture(scope, id) {
    const service = await serviceOf(scope, id);
    if (!service) return undefined;
    const status = service.Status ?? "unknown";
    const words = status.toLowerCase().replaceAll("_", " ");
    return { phase: PHASES[status] ?? "moving", saved: savedOf(service), words };
  },

  eligible({ words }, { configuration }) {
    if (words !== RUNNING) return { kind: "kept", reason: `it is ${words}: App Runner pauses only what is running` };
    const source = configuration.SourceConfiguration as { readonly AutoDeploymentsEnabled?: boolean } | undefined;
    return {
      kind: "eligible",
      loses: [
        "what its instances hold in memory and on their disks",
        "its answers: requests to its address and domains fail while it is paused",
      ],
      risks: [
        "no other version can be deployed before it is resumed, with the one that it has",
        "its role, secrets, connector and encryption key must still be there when it is resumed",
        ...(source?.AutoDeploymentsEnabled ? ["what is pushed to its source meanwhile is not deployed by itself"] : []),
      ],
    };
  },

  async stop(scope, id) {
    if ((await settled(scope, id)) !== "RUNNING") return;
    await scope.writer(AppRunnerClient).send(new PauseServiceCommand({ ServiceArn: arnOf(scope, id) }));
  },

  async resume(scope, id) {
    if ((await settled(scope, id)) !== "PAUSED") return;
    await scope.writer(AppRunnerClient).send(new ResumeServiceCommand({ ServiceArn: arnOf(scope, id) }));
  },

  resumed(before, now) {
    if (now.phase === "running" && now.words !== RUNNING) return { phase: "ready", differs: failed(now.words) };
    return cameBack(before, now);
  },
};
