import { valuesAt } from "../../model/path.ts";
import type { Resource } from "../../model/resource.ts";
import type { Eligibility, PauseState } from "../contract.ts";
import { isByUser, processesOf } from "./auto-scaling-group-capture.ts";
import { zeroRefusal } from "./auto-scaling-group-zero.ts";

/** Whether a group's processes may be suspended and will be ours to bring back. */
export function eligible({ saved }: PauseState, resource: Resource, way?: string): Eligibility {
  const reason = refusal(saved, resource.tags) ?? (way === "zero" ? zeroRefusal(saved) : undefined);
  if (reason) return { kind: "kept", reason };
  if (way !== "zero") return { kind: "eligible", loses: [], risks: risks(resource) };
  const members = Array.isArray(saved.members) ? saved.members.length : 0;
  const loses = [`${members === 1 ? "its member" : `its ${members} members`}, terminated with the data on them`];
  return { kind: "eligible", loses, risks: ZERO_RISKS };
}

const MISSED =
  "scaling alarms in breach when it is resumed are acted on at once; scheduled actions missed meanwhile are not";

const ZERO_RISKS = [
  MISSED,
  "it launches its members anew at the resume, by its launch template as it is then: AWS may be short of capacity",
];

function refusal(saved: PauseState["saved"], tags: Resource["tags"]): string | undefined {
  if (saved.operator) return `it is managed by ${String(saved.operator)}, which refuses changes by anybody else`;
  const nodes = tags["eks:nodegroup-name"];
  if (nodes) return `EKS node group ${nodes} runs it: scale the node group instead`;
  const byAws = Object.entries(processesOf(saved)).filter(([, reason]) => !isByUser(reason));
  if (byAws[0]) return `AWS itself has suspended ${byAws.map(([name]) => name).join(", ")}: ${byAws[0][1]}`;
  const isEmpty = saved.desired === 0 && Array.isArray(saved.members) && saved.members.length === 0;
  return isEmpty ? "nothing runs in it" : undefined;
}

/** Share of On-Demand instances above the base; below 100 the rest are Spot. */
const ON_DEMAND = "MixedInstancesPolicy.InstancesDistribution.OnDemandPercentageAboveBaseCapacity";

function risks({ configuration }: Resource): string[] {
  const isMixed = valuesAt(configuration, ON_DEMAND).some((share) => typeof share === "number" && share < 100);
  const checks = String(configuration.HealthCheckType ?? "EC2").split(",");
  const classic = checks.includes("ELB") && valuesAt(configuration, "LoadBalancerNames[]").length > 0;
  const unread = [...checks.filter((check) => check === "VPC_LATTICE"), ...(classic ? ["Classic Load Balancer"] : [])];
  return [
    MISSED,
    ...(isMixed ? ["its Spot members can't be stopped: they go on running, and AWS may take them"] : []),
    ...unread.map((check) => `members that fail ${check} health checks after their start may be replaced`),
  ];
}
