import type { Instance } from "@aws-sdk/client-ec2";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { INSTANCE } from "./compute-kinds.ts";
import { beginEnd, beginStart, beginStop, turn } from "./instance-moves.ts";
import { instanceSettings } from "./instance-settings.ts";
import { type Ec2Operations, get } from "./rows.ts";
import { endRequest, isStoppable, requestOf, switchRequest } from "./spot.ts";

type Row = Stored<Instance>;

/** `2026-01-05 09:00:00 GMT` */
const stamp = (call: Call) => `${call.now().slice(0, 19).replace("T", " ")} GMT`;

function because(call: Call, instance: Row, what: "shutdown" | "hibernate" = "shutdown"): void {
  instance.StateTransitionReason = `User initiated (${stamp(call)})`;
  const Code = what === "hibernate" ? "Client.UserInitiatedHibernate" : "Client.UserInitiatedShutdown";
  instance.StateReason = { Code, Message: `${Code}: User initiated ${what}` };
}

function notPermitted(id: string | undefined, verb: string, attribute: string): AwsFault {
  return new AwsFault(
    "OperationNotPermitted",
    `The instance '${id}' may not be ${verb}. Modify its '${attribute}' instance attribute and try again.`,
  );
}

/** All are found and allowed before the first is touched, as in AWS. */
function all(call: Call, ids: readonly string[] | undefined, check: (instance: Row) => void): Row[] {
  const found = (ids ?? []).map((id) => get(INSTANCE, call, id));
  for (const each of found) check(each);
  return found;
}

function stop(call: Call, instance: Row, hibernates: boolean): object {
  if (instance.State?.Name !== "running") return turn(instance, instance.State?.Name ?? "stopped");
  because(call, instance, hibernates ? "hibernate" : "shutdown");
  if (instance.InstanceLifecycle === "spot") switchRequest(call, instance, false);
  return beginStop(call, instance);
}

function start(call: Call, instance: Row): object {
  if (instance.State?.Name !== "stopped") return turn(instance, instance.State?.Name ?? "running");
  instance.LaunchTime = call.now();
  instance.StateTransitionReason = "";
  delete instance.StateReason;
  if (instance.InstanceLifecycle === "spot") switchRequest(call, instance, true);
  return beginStart(call, instance);
}

/** Whatever it holds is free only when it is terminated. */
export function terminate(call: Call, instance: Row): object {
  const state = instance.State?.Name;
  if (state === "terminated" || state === "shutting-down") return turn(instance, state);
  because(call, instance);
  endRequest(call, instance);
  return beginEnd(call, instance);
}

export const instanceStates: Ec2Operations = {
  StartInstances(input, call) {
    const found = all(call, input.InstanceIds, ({ InstanceId, State }) => {
      if (!["pending", "running", "stopped"].includes(State?.Name ?? ""))
        throw new AwsFault(
          "IncorrectInstanceState",
          `The instance '${InstanceId}' is not in a state from which it can be started.`,
        );
    });
    return { StartingInstances: found.map((each) => start(call, each)) };
  },

  /** Source: EC2 user guide, "Stop and start Amazon EC2 instances", and "Stop a Spot Instance". */
  StopInstances(input, call) {
    const found = all(call, input.InstanceIds, (instance) => {
      const { InstanceId, State } = instance;
      if (!["running", "stopping", "stopped"].includes(State?.Name ?? ""))
        throw new AwsFault(
          "IncorrectInstanceState",
          `This instance '${InstanceId}' is not in a state from which it can be stopped.`,
        );
      if (instance.RootDeviceType === "instance-store")
        throw new AwsFault(
          "UnsupportedOperation",
          `The instance '${InstanceId}' does not have an 'ebs' root device type and cannot be stopped`,
        );
      if (input.Hibernate && !instance.HibernationOptions?.Configured)
        throw new AwsFault(
          "UnsupportedHibernationConfiguration",
          `The instance '${InstanceId}' is not enabled for hibernation.`,
        );
      if (instance.InstanceLifecycle === "spot" && !isStoppable(requestOf(call, instance)))
        throw new AwsFault(
          "UnsupportedOperation",
          `You can't stop the Spot Instance '${InstanceId}' because it is associated with a one-time Spot Instance request.`,
        );
      if (instanceSettings(call, InstanceId).disableApiStop)
        throw notPermitted(InstanceId, "stopped", "disableApiStop");
    });
    return { StoppingInstances: found.map((each) => stop(call, each, input.Hibernate ?? false)) };
  },

  /** Stop protection keeps it, too. Source: EC2 user guide, "Enable stop protection for your EC2 instances". */
  TerminateInstances(input, call) {
    const found = all(call, input.InstanceIds, ({ InstanceId }) => {
      const settings = instanceSettings(call, InstanceId);
      for (const guard of ["disableApiTermination", "disableApiStop"] as const)
        if (settings[guard]) throw notPermitted(InstanceId, "terminated", guard);
    });
    return { TerminatingInstances: found.map((each) => terminate(call, each)) };
  },

  RebootInstances(input, call) {
    all(call, input.InstanceIds, ({ InstanceId, State }) => {
      if (State?.Name !== "running")
        throw new AwsFault(
          "IncorrectInstanceState",
          `The instance '${InstanceId}' is not in a state from which it can be rebooted.`,
        );
    });
  },
};
