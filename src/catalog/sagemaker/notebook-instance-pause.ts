import {
  DescribeNotebookInstanceCommand,
  type DescribeNotebookInstanceOutput,
  SageMakerClient,
  StartNotebookInstanceCommand,
  StopNotebookInstanceCommand,
} from "@aws-sdk/client-sagemaker";
import { type JsonObject, toJson } from "../../model/json.ts";
import type { Difference, Pause, PauseState, ReadScope } from "../contract.ts";
import { differences } from "../pausing.ts";
import { orGone } from "../reading.ts";

async function notebook(scope: ReadScope, id: string): Promise<DescribeNotebookInstanceOutput | undefined> {
  const command = new DescribeNotebookInstanceCommand({ NotebookInstanceName: id });
  return orGone(scope.client(SageMakerClient).send(command));
}

/**
 * Where a notebook instance rests; all other statuses are on the way. A failed one counts as running, so that a pause
 * never passes for done by failing; it is kept with the reason, and a resume starts it once more.
 */
const RESTS: Readonly<Record<string, PauseState["phase"]>> = {
  InService: "running",
  Failed: "running",
  Stopped: "paused",
};

/** What StartNotebookInstance is for; from `Stopping` it is refused and must not pass for done. */
const TO_START: ReadonlySet<string> = new Set(["Stopped", "Stopping", "Failed"]);

/** Nothing of it changes at a stop: it is what has to be there again. */
function saved(found: DescribeNotebookInstanceOutput): JsonObject {
  return toJson({
    createdAt: found.CreationTime,
    instanceType: found.InstanceType,
    volumeGiB: found.VolumeSizeInGB,
    platform: found.PlatformIdentifier,
    role: found.RoleArn,
    subnet: found.SubnetId,
    securityGroups: found.SecurityGroups?.toSorted(),
    networkInterface: found.NetworkInterfaceId,
    kmsKey: found.KmsKeyId,
    lifecycle: found.NotebookInstanceLifecycleConfigName,
    url: found.Url,
  }) as JsonObject;
}

const LOSES = [
  "what is in memory: kernels, their variables, running cells and terminals",
  "files, packages and environments outside /home/ec2-user/SageMaker",
];

const RISKS = [
  "AWS may be short of its instance type, or the quota may be used up",
  "it comes back with the latest libraries of its platform",
  "a platform that AWS has retired by then may not start",
];

/** A start that was accepted and did not last. */
function fellBack(live: JsonObject | undefined): Difference[] {
  const reason = typeof live?.failure === "string" ? live.failure : "no reason given";
  const because = `SageMaker could not start it: ${reason}`;
  return [{ field: "state", before: "InService", after: "Failed", because }];
}

export const pause: Pause = {
  async capture(scope, id) {
    const found = await notebook(scope, id);
    if (!found) return undefined;
    const words = found.NotebookInstanceStatus ?? "unknown";
    const live = found.FailureReason ? { live: { failure: found.FailureReason } } : {};
    return { phase: RESTS[words] ?? "moving", saved: saved(found), words, ...live };
  },

  eligible({ saved: state, words, live }) {
    const failure = typeof live?.failure === "string" ? ` (${live.failure})` : "";
    if (words !== "InService")
      return { kind: "kept", reason: `its status is ${words}${failure}: SageMaker stops only what is InService` };
    const key = state.kmsKey ? ["it does not start while its KMS key is disabled or may not be used"] : [];
    const script = state.lifecycle
      ? ["its lifecycle script runs at the start, and it does not start when that fails or takes over five minutes"]
      : [];
    return { kind: "eligible", loses: LOSES, risks: [...RISKS, ...script, ...key] };
  },

  async stop(scope, id) {
    // SageMaker refuses to stop what it stops or has stopped already.
    const status = (await notebook(scope, id))?.NotebookInstanceStatus ?? "";
    if (status === "Stopped" || status === "Stopping") return;
    await scope.writer(SageMakerClient).send(new StopNotebookInstanceCommand({ NotebookInstanceName: id }));
  },

  async resume(scope, id) {
    if (!TO_START.has((await notebook(scope, id))?.NotebookInstanceStatus ?? "")) return;
    await scope.writer(SageMakerClient).send(new StartNotebookInstanceCommand({ NotebookInstanceName: id }));
  },

  resumed(before, { phase, saved: after, words, live }) {
    if (phase === "moving") return { phase, differs: [] };
    if (phase === "paused") return { phase: "ready", differs: [] };
    if (words === "Failed") return { phase: "ready", differs: fellBack(live) };
    return { phase: "done", differs: differences(before, after) };
  },
};
