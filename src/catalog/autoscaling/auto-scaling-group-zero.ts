import {
  AutoScalingClient,
  type AutoScalingGroup,
  SuspendProcessesCommand,
  UpdateAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import { EvenkeelError } from "../../model/errors.ts";
import type { JsonObject } from "../../model/json.ts";
import type { WriteScope } from "../contract.ts";
import { finished } from "../pausing.ts";
import { groupNamed, processesOf, SUSPENDED } from "./auto-scaling-group-capture.ts";

/* The way `zero`: the members are terminated, and the group launches others at the resume. */

/** What empties a group; all else that could raise it again or replace members is suspended before. */
const EMPTYING: readonly string[] = ["Launch", "Terminate"];

/** Lifecycle hooks and deregistration may hold a member back for long; a group that is not empty by then is resumed or run again. */
const EMPTY_MINUTES = 30;

/** Why a group can't go to zero and come back; undefined = it can. */
export function zeroRefusal(saved: JsonObject): string | undefined {
  const owners = processesOf(saved);
  if ("Launch" in owners) return "its owner has suspended Launch: its members could not come back";
  if ("Terminate" in owners) return "its owner has suspended Terminate: nothing would empty it";
  if (saved.desired === 0) return "it is going to zero already";
  // Source: Auto Scaling user guide, "Use instance scale-in protection".
  if (Array.isArray(saved.protected))
    return `${membersOf(saved.protected)} protected from scale-in: it would not empty`;
  if (Array.isArray(saved.standby)) return `${membersOf(saved.standby)} in standby: it would not empty`;
  // The pool is as large as what desired leaves of the maximum. Source: Auto Scaling user guide, "Warm pools".
  return saved.warmPool === undefined ? undefined : "it has a warm pool, which would fill as the group empties";
}

function membersOf(ids: readonly unknown[]): string {
  return ids.length === 1 ? "1 member is" : `${ids.length} members are`;
}

/** Whether a group is as this way leaves it. */
export function isZero(sizes: { readonly min?: unknown; readonly desired?: unknown }): boolean {
  return sizes.min === 0 && sizes.desired === 0;
}

/**
 * Empties exactly the group that was saved, and returns when it is empty. One of that name with another ARN or with other
 * sizes than the saved ones is none of ours.
 * @throws EvenkeelError REFUSED before its size is changed; AWS_FAILED when it does not empty in time
 */
export async function stopAtZero(scope: WriteScope, name: string, saved: JsonObject): Promise<void> {
  const reason = zeroRefusal(saved);
  if (reason) throw refused(name, reason);
  const found = await same(scope, name, saved);
  refuseSizes(found, saved);
  await suspend(scope, name, saved, (process) => !EMPTYING.includes(process));
  // Only now can nothing but a person change the sizes any more.
  const quiet = await same(scope, name, saved);
  refuseSizes(quiet, saved);
  if (!isZero(sizesOf(quiet))) {
    const input = { AutoScalingGroupName: name, MinSize: 0, DesiredCapacity: 0 };
    await scope.writer(AutoScalingClient).send(new UpdateAutoScalingGroupCommand(input));
  }
  await finished(scope, EMPTY_MINUTES, async () => {
    const now = await same(scope, name, saved);
    if (!isZero(sizesOf(now))) throw refused(name, "someone has raised it while it was emptied");
    return now.Instances?.length ? undefined : true;
  });
  await suspend(scope, name, saved, (process) => EMPTYING.includes(process));
}

/** Gives a group that is at zero its sizes back; one that someone has raised meanwhile is left as it is. */
export async function raise(scope: WriteScope, name: string, saved: JsonObject): Promise<void> {
  const now = await same(scope, name, saved);
  if (!isZero(sizesOf(now))) return;
  const [MinSize, MaxSize, DesiredCapacity] = [saved.min, saved.max, saved.desired].map(Number);
  const input = { AutoScalingGroupName: name, MinSize, MaxSize, DesiredCapacity };
  await scope.writer(AutoScalingClient).send(new UpdateAutoScalingGroupCommand(input));
}

async function suspend(
  scope: WriteScope,
  AutoScalingGroupName: string,
  saved: JsonObject,
  wanted: (process: string) => boolean,
): Promise<void> {
  const owners = processesOf(saved);
  const ScalingProcesses = SUSPENDED.filter((process) => wanted(process) && !(process in owners));
  // No names would mean all processes.
  if (ScalingProcesses.length === 0) return;
  const input = { AutoScalingGroupName, ScalingProcesses };
  await scope.writer(AutoScalingClient).send(new SuspendProcessesCommand(input));
}

/** The group that was saved and no other. */
async function same(scope: WriteScope, name: string, saved: JsonObject): Promise<AutoScalingGroup> {
  const group = await groupNamed(scope, name);
  if (!group) throw new EvenkeelError("NOT_FOUND", `Auto Scaling group ${name} is gone`);
  if (group.AutoScalingGroupName === name && group.AutoScalingGroupARN === saved.arn) return group;
  throw refused(name, "it is another group than the one that was saved, made anew under its name");
}

function refuseSizes(group: AutoScalingGroup, saved: JsonObject): void {
  const { min, max, desired } = sizesOf(group);
  const isSaved = min === saved.min && desired === saved.desired;
  if (max === saved.max && (isSaved || isZero({ min, desired }))) return;
  throw refused(
    group.AutoScalingGroupName ?? "",
    `its sizes are ${min}/${desired}/${max}, not ${String(saved.min)}/${String(saved.desired)}/${String(saved.max)} as they were saved`,
  );
}

function sizesOf({ MinSize, MaxSize, DesiredCapacity }: AutoScalingGroup) {
  return { min: MinSize, max: MaxSize, desired: DesiredCapacity };
}

function refused(group: string, why: string): EvenkeelError {
  return new EvenkeelError("REFUSED", `Auto Scaling group ${group}: ${why}`, {
    hint: "look at it, and make a new plan",
    state: "its sizes were left as they are",
  });
}
