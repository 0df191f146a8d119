import {
  CreateEndpointCommand,
  DeleteEndpointCommand,
  type DeploymentConfig,
  SageMakerClient,
  UpdateEndpointWeightsAndCapacitiesCommand,
} from "@aws-sdk/client-sagemaker";
import { canonical } from "../../model/canonical.ts";
import { EvenkeelError } from "../../model/errors.ts";
import type { JsonObject } from "../../model/json.ts";
import type { Pause, PauseState, WriteScope } from "../contract.ts";
import { differences, finished } from "../pausing.ts";
import { orGone } from "../reading.ts";
import { endpointNow, instanceTypes, savedOf, type Variant } from "./endpoint-capture.ts";

const CREATE_MINUTES = 60;

const variantsOf = (saved: JsonObject) => (saved.variants ?? {}) as unknown as Readonly<Record<string, Variant>>;
const sameVariants = (a: JsonObject, b: JsonObject) => canonical(a.variants ?? {}) === canonical(b.variants ?? {});

/** Why it is left as it is: what deleting it would take along, or what making it again would lack. */
function obstacle({ saved, words }: PauseState): string | undefined {
  if (/Fail|OutOfService/.test(words)) return `its status is ${words}: it would not come back`;
  if (Array.isArray(saved.missing)) return `it could not be made again: ${saved.missing.join(", ")} is gone`;
  if (saved.components) return "it has inference components, which would be lost with it";
  if (saved.shadows) return "it has shadow variants, whose counts could not be put back";
  if (Array.isArray(saved.scaled))
    return `it is scaled by Application Auto Scaling (${saved.scaled.join(", ")}), whose targets and policies would be lost with it`;
  const runs = Object.values(variantsOf(saved)).some(({ count = 0, concurrency = 0 }) => count + concurrency > 0);
  return runs ? undefined : "nothing runs in it: it has no instances and no provisioned concurrency";
}

function create(scope: WriteScope, EndpointName: string, saved: JsonObject) {
  const tags = Object.entries((saved.tags ?? {}) as Readonly<Record<string, string>>);
  const deployment = saved.deployment as unknown as DeploymentConfig | undefined;
  const command = new CreateEndpointCommand({
    EndpointName,
    EndpointConfigName: String(saved.config),
    ...(tags.length > 0 ? { Tags: tags.map(([Key, Value]) => ({ Key, Value })) } : {}),
    ...(deployment ? { DeploymentConfig: deployment } : {}),
  });
  return scope.writer(SageMakerClient).send(command);
}

/** It comes with the counts and weights that its configuration begins with, and others are taken only once it is in service. */
async function inService(scope: WriteScope, id: string): Promise<JsonObject> {
  const found = await finished(scope, CREATE_MINUTES, async () => {
    const now = await endpointNow(scope, id);
    if (now?.EndpointStatus === "Failed")
      throw new EvenkeelError(
        "AWS_FAILED",
        `SageMaker could not make ${id}: ${now.FailureReason ?? "no reason given"}`,
      );
    return now?.EndpointStatus === "InService" ? now : undefined;
  });
  return savedOf(scope, found);
}

function weigh(scope: WriteScope, EndpointName: string, saved: JsonObject) {
  const DesiredWeightsAndCapacities = Object.entries(variantsOf(saved)).map(
    ([VariantName, { weight, count, concurrency }]) => ({
      VariantName,
      DesiredWeight: weight,
      ...(count === undefined ? {} : { DesiredInstanceCount: count }),
      ...(concurrency ? { ServerlessUpdateConfig: { ProvisionedConcurrency: concurrency } } : {}),
    }),
  );
  const command = new UpdateEndpointWeightsAndCapacitiesCommand({ EndpointName, DesiredWeightsAndCapacities });
  return scope.writer(SageMakerClient).send(command);
}

export const pause: Pause = {
  goneIsPaused: true,

  async capture(scope, id) {
    const found = await endpointNow(scope, id);
    // It can be gone before all about it is read.
    const saved = found && (await orGone(savedOf(scope, found)));
    if (!found || !saved) return undefined;
    const words = found.EndpointStatus ?? "unknown";
    const live = { instanceTypes: await instanceTypes(scope, found.EndpointConfigName ?? "") };
    return { phase: words === "InService" ? "running" : "moving", saved, words, live };
  },

  eligible(now) {
    const reason = obstacle(now);
    if (reason) return { kind: "kept", reason };
    return {
      kind: "eligible",
      loses: [
        "the endpoint itself: while it is paused its callers get an error, and its monitoring schedules have nothing to watch",
      ],
      risks: [
        "its configuration, models, their artifacts, images and role must still be there to make it again",
        "AWS may be short of its instance type, or the quota may be used up",
      ],
    };
  },

  async stop(scope, id) {
    const now = await endpointNow(scope, id);
    if (!now || now.EndpointStatus === "Deleting") return;
    // A plan may have lain for an hour: what it takes to make it again is looked for once more.
    const state = await pause.capture(scope, id);
    const reason = state && obstacle(state);
    if (reason)
      throw new EvenkeelError("REFUSED", `endpoint ${id} could not be made again: ${reason}`, { state: "it runs on" });
    await scope.writer(SageMakerClient).send(new DeleteEndpointCommand({ EndpointName: id }));
  },

  async resume(scope, id, saved) {
    if (!(await endpointNow(scope, id))) await create(scope, id, saved);
    if (!sameVariants(saved, await inService(scope, id))) await weigh(scope, id, saved);
  },

  resumed(before, now) {
    if (now.phase === "paused") return { phase: "ready", differs: [] };
    if (now.phase === "moving") return { phase: "moving", differs: [] };
    // Made again, and its counts and weights not yet set: a resume was cut off in between.
    if (!sameVariants(before, now.saved)) return { phase: "ready", differs: [] };
    const because = {
      createdAt: "an endpoint has no stop: it was deleted and made again",
      deployment: "SageMaker tells a deployment configuration only after the first update",
    };
    return { phase: "done", differs: differences(before, now.saved, because) };
  },
};
