import { AutoScalingClient, ResumeProcessesCommand, SuspendProcessesCommand } from "@aws-sdk/client-auto-scaling";
import { EvenkeelError } from "../../model/errors.ts";
import type { JsonObject } from "../../model/json.ts";
import type { Difference, Pause } from "../contract.ts";
import { differences } from "../pausing.ts";
import {
  capture,
  groupNamed,
  inWords,
  isByUser,
  processesOf,
  SUSPENDED,
  savedOf,
} from "./auto-scaling-group-capture.ts";
import { eligible } from "./auto-scaling-group-eligible.ts";
import { type Health, healthOf } from "./auto-scaling-group-health.ts";
import { isZero, raise, stopAtZero } from "./auto-scaling-group-zero.ts";

/** Processes that find members unhealthy and replace them: they come back last. */
const JUDGES: readonly string[] = ["HealthCheck", "ReplaceUnhealthy"];

/** Suspended now, and neither by the owner before the pause nor by AWS since. */
function ours(before: JsonObject, now: JsonObject): string[] {
  const owners = processesOf(before);
  const suspended = processesOf(now);
  return SUSPENDED.filter((name) => !(name in owners) && name in suspended && isByUser(suspended[name] ?? ""));
}

/** Whether members that fail would be replaced once our processes are back: the owner has suspended nothing of what it takes. */
function wouldReplace(before: JsonObject): boolean {
  const owners = processesOf(before);
  return !("ReplaceUnhealthy" in owners) && !("Terminate" in owners);
}

/** Members that neither pass nor are stopped are on their way: starting, stopping, being checked. */
function isMoving(live: JsonObject | undefined): boolean {
  const { members = 0, passing = 0, stopped = 0 } = (live ?? {}) as unknown as Partial<Health>;
  return members - passing - stopped > 0;
}

/** A process that someone suspended anew is suspended as before: the time in its reason is no difference. */
function compared(before: JsonObject, after: JsonObject, way?: string): Difference[] {
  const plain = (saved: JsonObject): JsonObject => ({ ...saved, suspended: Object.keys(processesOf(saved)) });
  if (way === "zero") return differences(plain(before), plain(after), { members: "the group launched others" });
  const { members: was } = before;
  const { members: is } = after;
  const isLost = Array.isArray(was) && Array.isArray(is) && was.some((id) => !is.includes(id));
  const because = "a member that was terminated meanwhile can't come back; the group launches another";
  return differences(plain(before), plain(after), isLost ? { members: because } : {});
}

export const pause: Pause = {
  capture,
  eligible,

  async stop(scope, AutoScalingGroupName, saved, way) {
    if (way === "zero") return stopAtZero(scope, AutoScalingGroupName, saved);
    const owners = processesOf(saved);
    const ScalingProcesses = SUSPENDED.filter((name) => !(name in owners));
    // No names would mean all processes.
    if (ScalingProcesses.length === 0) return;
    const input = { AutoScalingGroupName, ScalingProcesses };
    await scope.writer(AutoScalingClient).send(new SuspendProcessesCommand(input));
  },

  /** Launching and scaling first, then what judges members: a member that is found unhealthy is terminated at once. */
  async resume(scope, AutoScalingGroupName, saved, way) {
    // While launching is suspended still: cut off after it, the group counts as paused, and the resume is run again.
    if (way === "zero") await raise(scope, AutoScalingGroupName, saved);
    const group = await groupNamed(scope, AutoScalingGroupName);
    if (!group) return;
    const back = ours(saved, savedOf(group));
    // What was at zero has no members that could be lost.
    if (back.length > 0 && way !== "zero" && wouldReplace(saved))
      refuseLoss(AutoScalingGroupName, await healthOf(scope, group));
    const others = back.filter((name) => !JUDGES.includes(name));
    const judges = back.filter((name) => JUDGES.includes(name));
    for (const ScalingProcesses of [others, judges].filter((names) => names.length > 0))
      await scope
        .writer(AutoScalingClient)
        .send(new ResumeProcessesCommand({ AutoScalingGroupName, ScalingProcesses }));
  },

  resumed(before, { saved, live }, way) {
    if (way === "zero") {
      const phase = raised(before, saved, live);
      return { phase, differs: phase === "done" ? compared(before, saved, way) : [] };
    }
    if (ours(before, saved).length === 0) return { phase: "done", differs: compared(before, saved) };
    return { phase: wouldReplace(before) && isMoving(live) ? "moving" : "ready", differs: [] };
  },
};

/** How far a group has come back from zero: `done` = it has as many members in service as it wants. */
function raised(before: JsonObject, now: JsonObject, live: JsonObject | undefined): "ready" | "moving" | "done" {
  if (ours(before, now).length > 0 || isZero(now)) return "ready";
  // Where the owner had suspended replacing, members are judged and not counted.
  const present = Number(live?.inService ?? live?.passing ?? 0);
  return present < Number(now.desired) ? "moving" : "done";
}

/** @throws EvenkeelError REFUSED when members would be terminated, which a later resume can spare them */
function refuseLoss(name: string, health: Health): void {
  if (health.passing === health.members) return;
  throw new EvenkeelError("REFUSED", `Auto Scaling group ${name} would replace members: ${inWords(health)}`, {
    hint: "start or repair the others and resume again, or take them out of the group",
    state: "scaling stays suspended",
  });
}
