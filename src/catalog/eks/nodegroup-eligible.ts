import type { Resource } from "../../model/resource.ts";
import type { Eligibility, PauseState } from "../contract.ts";

function refusal({ saved, words, live }: PauseState, { unknown }: Resource): string | undefined {
  if (live?.status !== "ACTIVE") return `its status is ${String(live?.status)}: it may not come back`;
  if ([saved.min, saved.max, saved.desired].some((size) => typeof size !== "number"))
    return `its sizes could not be read: ${words}`;
  const nodes = unknown?.find(({ path }) => path === "Nodes");
  if (nodes) return `whether one of its nodes is protected could not be read: ${nodes.reason}`;
  // The pool is as large as what desired leaves of its capacity. Source: Auto Scaling user guide, "Warm pools".
  if (live.warm) return "it has a warm pool, which would fill as the node group empties";
  return live.held ? String(live.held) : undefined;
}

/** Source: EKS user guide, "Simplify node lifecycle with managed node groups". */
export function eligible(state: PauseState, resource: Resource): Eligibility {
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
    ],
  };
}
