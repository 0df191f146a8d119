import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import { EKSClient, type Nodegroup, UpdateNodegroupConfigCommand } from "@aws-sdk/client-eks";
import { canonical } from "../../model/canonical.ts";
import { EvenkeelError } from "../../model/errors.ts";
import { type JsonObject, toJson } from "../../model/json.ts";
import type { Pause, PauseState, WriteScope } from "../contract.ts";
import { differences, finished } from "../pausing.ts";
import { eligible } from "./nodegroup-eligible.ts";
import { groupsOf, namedBy, nodegroupOf, nodesOf } from "./nodegroup-read.ts";

function savedOf({ scalingConfig: { minSize, maxSize, desiredSize } = {} }: Nodegroup): JsonObject {
  return toJson({ min: minSize, max: maxSize, desired: desiredSize }) as JsonObject;
}

/** Nodes that are there: neither still coming nor already leaving. Source: Auto Scaling user guide, "Instance lifecycle". */
const inService = (groups: readonly AutoScalingGroup[]): number =>
  groups.flatMap(({ Instances = [] }) => Instances).filter(({ LifecycleState }) => LifecycleState === "InService")
    .length;

/** What would keep nodes from leaving, or others from coming: whoever made it so has a reason. */
function heldBy(groups: readonly AutoScalingGroup[]): string | undefined {
  for (const { AutoScalingGroupName: name, SuspendedProcesses = [], Instances = [] } of groups) {
    const held = SuspendedProcesses.map(({ ProcessName = "" }) => ProcessName).filter((process) =>
      /^(Launch|Terminate)$/.test(process),
    );
    if (held.length > 0) return `its Auto Scaling group ${name} has ${held.sort().join(" and ")} suspended`;
    const stuck = Instances.filter(({ ProtectedFromScaleIn }) => ProtectedFromScaleIn).length;
    if (stuck > 0) return `${stuck} of its nodes are protected from scale-in`;
    const standby = Instances.filter(({ LifecycleState }) => LifecycleState === "Standby").length;
    if (standby > 0) return `${standby} of its nodes are in standby`;
  }
  return undefined;
}

function phaseOf({ status, scalingConfig }: Nodegroup, nodes: number): PauseState["phase"] {
  if (status === "UPDATING" || status === "CREATING" || status === "DELETING") return "moving";
  if (scalingConfig?.desiredSize !== 0 || scalingConfig.minSize !== 0) return "running";
  return nodes === 0 ? "paused" : "moving";
}

/** As EKS names them. */
type Sizes = Readonly<Record<"minSize" | "maxSize" | "desiredSize", number>>;

/** Sets all three sizes, after whatever EKS is updating just now: it takes one update at a time. */
async function scale(scope: WriteScope, id: string, to: Sizes): Promise<void> {
  const settled = await finished(scope, 30, async () => {
    const group = await nodegroupOf(scope, id);
    return group?.status === "UPDATING" ? undefined : { group };
  });
  const { scalingConfig } = settled.group ?? {};
  if (!settled.group || canonical(toJson({ ...scalingConfig })) === canonical({ ...to })) return;
  const command = new UpdateNodegroupConfigCommand({ ...namedBy(id), scalingConfig: to });
  await scope.writer(EKSClient).send(command);
}

/** @throws EvenkeelError BUG when a size was not saved: a plan does not take such a node group */
function sizeOf(saved: JsonObject, name: "min" | "max" | "desired"): number {
  const size = saved[name];
  if (typeof size !== "number") throw new EvenkeelError("BUG", `a node group's ${name} size was not saved`);
  return size;
}

export const pause: Pause = {
  async capture(scope, id) {
    const group = await nodegroupOf(scope, id);
    if (!group) return undefined;
    const groups = await groupsOf(scope, group);
    const nodes = nodesOf(groups).length;
    const held = heldBy(groups);
    const { status = "unknown", scalingConfig, warmPoolConfig } = group;
    const counted = `${nodes} of ${scalingConfig?.desiredSize ?? "an unknown number of"} nodes`;
    const warm = warmPoolConfig?.enabled ? { warm: true } : {};
    const live = { status, inService: inService(groups), ...(held ? { held } : {}), ...warm };
    const words = status === "ACTIVE" ? counted : `${counted}, ${status.toLowerCase()}`;
    return { phase: phaseOf(group, nodes), saved: savedOf(group), words, live };
  },

  eligible,

  // EKS takes 0 as the minimum and the desired size, and 1 as the least maximum, which stays as it is.
  stop: (scope, id, saved) => scale(scope, id, { minSize: 0, maxSize: sizeOf(saved, "max"), desiredSize: 0 }),

  resume(scope, id, saved) {
    const [minSize, maxSize] = [sizeOf(saved, "min"), sizeOf(saved, "max")];
    return scale(scope, id, { minSize, maxSize, desiredSize: sizeOf(saved, "desired") });
  },

  resumed(before, { saved, live }) {
    if (live?.status === "UPDATING") return { phase: "moving", differs: [] };
    const differs = differences(before, saved, { desired: "the Cluster Autoscaler may have scaled it out since" });
    const isLess = Number(saved.desired ?? 0) < Number(before.desired ?? 0);
    if (isLess || differs.some(({ field }) => field !== "desired")) return { phase: "ready", differs: [] };
    const isShort = Number(live?.inService ?? 0) < Number(saved.desired);
    return isShort ? { phase: "moving", differs: [] } : { phase: "done", differs };
  },
};
