import {
  DescribeInstancesCommand,
  EC2Client,
  type Instance,
  StartInstancesCommand,
  StopInstancesCommand,
} from "@aws-sdk/client-ec2";
import type { Json, JsonObject } from "../../model/json.ts";
import { toJson } from "../../model/json.ts";
import type { Difference, Pause, PauseState, ReadScope } from "../contract.ts";

/** Source: EC2 user guide, "Instance lifecycle". */
const PHASES: Readonly<Record<string, PauseState["phase"]>> = {
  pending: "moving",
  running: "running",
  stopping: "moving",
  "shutting-down": "moving",
  stopped: "paused",
};

async function instance(scope: ReadScope, id: string): Promise<Instance | undefined> {
  const filters = { Filters: [{ Name: "instance-id", Values: [id] }] };
  const answer = await scope.client(EC2Client).send(new DescribeInstancesCommand(filters));
  const found = answer.Reservations?.[0]?.Instances?.[0];
  return found?.State?.Name === "terminated" ? undefined : found;
}

/** What a stop takes away or moves; `publicAddress` only where it is not an Elastic IP. */
function saved(found: Instance): JsonObject {
  const primary = found.NetworkInterfaces?.find((each) => each.Attachment?.DeviceIndex === 0);
  const owner = primary?.Association?.IpOwnerId;
  return toJson({
    instanceType: found.InstanceType,
    zone: found.Placement?.AvailabilityZone,
    lifecycle: found.InstanceLifecycle ?? "on-demand",
    rootDevice: found.RootDeviceType,
    privateAddress: found.PrivateIpAddress,
    ...(found.PublicIpAddress && owner === "amazon" ? { publicAddress: found.PublicIpAddress } : {}),
  }) as JsonObject;
}

/** The fields that differ, but for the public address, which AWS takes back at each stop. */
function differences(before: JsonObject, after: JsonObject): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .filter((name) => before[name] !== after[name])
    .map((field) => ({
      field,
      before: (before[field] ?? null) as Json,
      after: (after[field] ?? null) as Json,
      ...(field === "publicAddress"
        ? { because: "an address that is not an Elastic IP goes back to AWS at a stop" }
        : {}),
    }));
}

export const pause: Pause = {
  async capture(scope, id) {
    const found = await instance(scope, id);
    if (!found) return undefined;
    const name = found.State?.Name ?? "unknown";
    return { phase: PHASES[name] ?? "moving", saved: saved(found), words: name };
  },

  eligible({ saved: state }, resource) {
    if (state["rootDevice"] === "instance-store")
      return { kind: "kept", reason: "its root device is an instance store: it can't be stopped" };
    if (state["lifecycle"] === "spot")
      return {
        kind: "kept",
        reason: "a Spot instance is stopped by EC2, not by its owner, unless its request is persistent",
      };
    const group = resource.tags["aws:autoscaling:groupName"];
    const loses = [
      "the memory",
      ...(state["publicAddress"] ? [`the public address ${String(state["publicAddress"])}`] : []),
    ];
    const risks = ["AWS may be short of this instance type in its zone when it is started"];
    return {
      kind: "eligible",
      loses,
      risks: group ? [...risks, `Auto Scaling group ${group} must be suspended first`] : risks,
    };
  },

  async stop(scope, id) {
    await scope.writer(EC2Client).send(new StopInstancesCommand({ InstanceIds: [id] }));
  },

  async resume(scope, id) {
    await scope.writer(EC2Client).send(new StartInstancesCommand({ InstanceIds: [id] }));
  },

  resumed(before, now) {
    const phase = { running: "done", moving: "moving", paused: "ready" } as const;
    return { phase: phase[now.phase], differs: now.phase === "running" ? differences(before, now.saved) : [] };
  },
};
