import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import { EKSClient, type Nodegroup, UpdateNodegroupConfigCommand } from "@aws-sdk/client-eks";
import { canonical } from "../../model/canonical.ts";
import { EvenkeelError } from "../../model/errors.ts";
import { type JsonObject, toJson } from "../../model/json.ts";
import type { Resource } from "../../model/resource.ts";
import type { Eligibility, Pause, PauseState, WriteScope } from "../contract.ts";
import { differences, finished } from "../pausing.ts";
import { groupsOf, namedBy, nodegroupOf, nodesOf } from "./nodegroup-read.ts";

function savedOf({ scalingConfig: { minSize, maxSize, desiredSize } = {} }: Nodegroup): JsonObject {
  return toJson({ min: minSize, max: maxSize, desired: desiredSize }) as JsonObject;
}

/** What would keep nodes from leaving, or others from coming: whoever made it so has a reason. */
function heldBy(groups: readonly AutoScalingGroup[]): string | undefined {
  for (const { AutoScalingGroupName: name, SuspendedProcesses = [], Instances = [] } of groups) {
    const held = SuspendedProcesses.map(({ ProcessName = "" }) => ProcessName).filter((process) =>
      /^(Launch|Terminate)$/.test(process),
    );
    if (held.length > 0) return `its Auto Scaling group ${name} has ${held.sort().join(" and ")} suspended`;
    const stuck = Instances.filter(({ ProtectedFromScaleIn }) => ProtectedFromScaleIn).length;
    if (stuck > 0) return `${stuck} of its nodes are protected from scale-in`;
  }
  return undefined;
}

function phaseOf({ status, scalingConfig }: Nodegroup, nodes: number): PauseState["phase"] {
  if (status === "UPDATING" || status === "CREATING" || status === "DELETING") return "moving";
  if (scalingConfig?.desiredSize !== 0 || scalingConfig.minSize !== 0) return "running";
  return nodes === 0 ? "paused" : "moving";
}

function refusal({ saved, words, live }: PauseState, { unknown }: Resource): string | undefined {
  if (live?.status !== "ACTIVE") return `its status is ${String(live?.status)}: it may not come back`;
  if ([saved.min, saved.max, saved.desired].some((size) => typeof size !== "number"))
    return `its sizes could not be read: ${words}`;
  const nodes = unknown?.find(({ path }) => path === "Nodes");
  if (nodes) return `whether one of its nodes is protected could not be read: ${nodes.reason}`;
  return live.held ? String(live.held) : undefined;
}

/** Source: EKS user guide, "Simplify node lifecycle with managed node groups". */
function eligible(state: PauseState, resource: Resource): Eligibility {
  const reason = refusal(state, resource);
  if (reason) return { kind: "kept", reason };
  return {
    kind: "eligible",
    loses: [
      "what its nodes hold themselves: instance stores, emptyDir and hostPath volumes, caches of images",
      "its nodes: others come back, with other names and addresses; their pods wait or go to other nodes meanwhile",
    ],
    risks: [
      "the Cluster Autoscaler may scale it out again, and Karpenter or Auto Mode may start other nodes for its pods: pause those first",
      "pod disruption budgets slow it: pods have 15 minutes to leave, then their node is terminated all the same",
      "AWS may be short of its instance types when it is resumed",
      ...(state.live?.warm ? ["its warm pool keeps its instances"] : []),
    ],
  };
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
    const live = { status, nodes, ...(held ? { held } : {}), ...(warmPoolConfig?.enabled ? { warm: true } : {}) };
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
    const isShort = Number(live?.nodes ?? 0) < Number(saved.desired);
    return isShort ? { phase: "moving", differs: [] } : { phase: "done", differs };
  },
};
