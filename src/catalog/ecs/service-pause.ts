import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
  type ScalableTarget,
} from "@aws-sdk/client-application-auto-scaling";
import { DescribeServicesCommand, ECSClient, type Service, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { canonical } from "../../model/canonical.ts";
import { type JsonObject, toJson } from "../../model/json.ts";
import type { Pause, PauseState, ReadScope, WriteScope } from "../contract.ts";
import { differences } from "../pausing.ts";
import { orGone } from "../reading.ts";
import { taskSize } from "./task-size.ts";

/** A scalable target as it is saved. */
interface Target {
  readonly min: number;
  readonly max: number;
  readonly suspended: { readonly in: boolean; readonly out: boolean; readonly scheduled: boolean };
}

const SUSPENDED: Target["suspended"] = { in: true, out: true, scheduled: true };

const targetOf = (saved: JsonObject) => saved.target as unknown as Target | undefined;

const scalable = (id: string) =>
  ({
    ServiceNamespace: "ecs",
    ResourceId: `service/${id}`,
    ScalableDimension: "ecs:service:DesiredCount",
  }) as const;

async function service(scope: ReadScope, id: string): Promise<Service | undefined> {
  const [cluster = "", name = ""] = id.split("/");
  const command = new DescribeServicesCommand({ cluster, services: [name] });
  const found = (await orGone(scope.client(ECSClient).send(command)))?.services?.[0];
  return found?.status === "ACTIVE" ? found : undefined;
}

async function target(scope: ReadScope, id: string): Promise<Target | undefined> {
  const { ServiceNamespace, ResourceId, ScalableDimension } = scalable(id);
  const query = { ServiceNamespace, ResourceIds: [ResourceId], ScalableDimension };
  const answer = await scope.client(ApplicationAutoScalingClient).send(new DescribeScalableTargetsCommand(query));
  const found = answer.ScalableTargets?.[0];
  return found && asSaved(found);
}

function asSaved({ MinCapacity = 0, MaxCapacity = 0, SuspendedState: flags }: ScalableTarget): Target {
  return {
    min: MinCapacity,
    max: MaxCapacity,
    suspended: {
      in: flags?.DynamicScalingInSuspended ?? false,
      out: flags?.DynamicScalingOutSuspended ?? false,
      scheduled: flags?.ScheduledScalingSuspended ?? false,
    },
  };
}

/** Bounds and flags in one call: each registration brings the count into the bounds at once, so they must not come apart. */
async function register(scope: WriteScope, id: string, { min, max, suspended }: Target): Promise<void> {
  const command = new RegisterScalableTargetCommand({
    ...scalable(id),
    MinCapacity: min,
    MaxCapacity: max,
    SuspendedState: {
      DynamicScalingInSuspended: suspended.in,
      DynamicScalingOutSuspended: suspended.out,
      ScheduledScalingSuspended: suspended.scheduled,
    },
  });
  await scope.writer(ApplicationAutoScalingClient).send(command);
}

async function setDesired(scope: WriteScope, id: string, desiredCount: number): Promise<void> {
  const [cluster = "", name = ""] = id.split("/");
  await scope.writer(ECSClient).send(new UpdateServiceCommand({ cluster, service: name, desiredCount }));
}

/** Tasks that can't be placed are not waited for before a pause: nothing is pending then. */
function phaseOf({ desiredCount: desired = 0, runningCount: running = 0, pendingCount: pending = 0 }: Service) {
  if (desired > 0) return running >= desired || pending === 0 ? "running" : "moving";
  return running + pending === 0 ? "paused" : "moving";
}

/** Why it is left as it is. */
function obstacle({ saved, phase }: PauseState): string | undefined {
  if (saved.scheduling === "DAEMON")
    return "it is a daemon, which has no desired count: its tasks go and come with the instances of its cluster";
  if (saved.controller !== "ECS")
    return `its deployments are ${String(saved.controller)}'s: what deploys it must scale it`;
  if (saved.desiredCount === 0)
    return phase === "paused" ? "nothing runs in it: its desired count is 0" : "it is on its way to 0 tasks already";
  return undefined;
}

/** Paused by us, and its target not yet given back: a resume was cut off between its two calls. */
function isHalfResumed(before: JsonObject, now: JsonObject): boolean {
  const [was, is] = [targetOf(before), targetOf(now)];
  if (!was || !is || canonical(toJson(was)) === canonical(toJson(is))) return false;
  return canonical(toJson(is)) === canonical(toJson(quiet(was)));
}

const quiet = ({ max }: Target): Target => ({ min: 0, max, suspended: SUSPENDED });

/** Ends all of its tasks, and keeps scaling from starting others; where it stands, it can be called again. */
export async function scaleToZero(scope: WriteScope, id: string): Promise<void> {
  const bounds = await target(scope, id);
  if (bounds) await register(scope, id, quiet(bounds));
  await setDesired(scope, id, 0);
}

export const pause: Pause = {
  async capture(scope, id) {
    const found = await service(scope, id);
    if (!found) return undefined;
    const saved = toJson({
      desiredCount: found.desiredCount ?? 0,
      scheduling: found.schedulingStrategy ?? "REPLICA",
      controller: found.deploymentController?.type ?? "ECS",
      target: await target(scope, id),
    }) as JsonObject;
    const running = found.runningCount ?? 0;
    const task = found.launchType === "FARGATE" ? await taskSize(scope, found.taskDefinition) : {};
    const words = `${running} of ${found.desiredCount ?? 0} tasks`;
    return { phase: phaseOf(found), saved, words, live: { running, task } };
  },

  eligible(now) {
    const reason = obstacle(now);
    if (reason) return { kind: "kept", reason };
    const desired = Number(now.saved.desiredCount);
    const bounds = targetOf(now.saved);
    const raised =
      bounds && (desired < bounds.min || desired > bounds.max)
        ? [`its desired count ${desired} is outside of its scaling bounds and is brought into them on the way back`]
        : [];
    return {
      kind: "eligible",
      loses: [`its ${desired} tasks with their memory, local storage and addresses`],
      risks: ["its image and secrets must still be there, and capacity for its tasks", ...raised],
    };
  },

  // Source: Application Auto Scaling API reference, RegisterScalableTarget. With a minimum above 0, or scaling not
  // suspended, the next alarm or schedule would start tasks again.
  async stop(scope, id, saved) {
    const bounds = targetOf(saved);
    if (bounds) await register(scope, id, quiet(bounds));
    await setDesired(scope, id, 0);
  },

  // The count before the target: the target's minimum would raise it from 0 by itself, and to less than it was.
  async resume(scope, id, saved) {
    await setDesired(scope, id, Number(saved.desiredCount));
    const bounds = targetOf(saved);
    if (bounds) await register(scope, id, bounds);
  },

  resumed(before, now) {
    if (now.phase === "paused") return { phase: "ready", differs: [] };
    if (isHalfResumed(before, now.saved) && Number(now.saved.desiredCount) > 0) return { phase: "ready", differs: [] };
    const short = Number(now.live?.running ?? 0) < Number(now.saved.desiredCount);
    if (short || now.phase === "moving") return { phase: "moving", differs: [] };
    const because = "Application Auto Scaling brings the count into the target's bounds when these are set";
    const clamped = targetOf(before) ? { desiredCount: because } : {};
    return { phase: "done", differs: differences(before, now.saved, clamped) };
  },
};
