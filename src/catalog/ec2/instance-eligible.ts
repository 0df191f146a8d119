import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { Resource } from "../../model/resource.ts";
import type { Eligibility, PauseState } from "../contract.ts";

/** Whether an instance can be stopped and started again by its owner, and what that loses. */
export function eligible({ saved }: PauseState, { tags }: Resource, way?: string): Eligibility {
  const hibernates = way === "hibernate";
  const reason = refusal(saved, tags) ?? (hibernates && saved.hibernation !== true ? NO_HIBERNATION : undefined);
  if (reason) return { kind: "kept", reason };
  const uncertain = hibernates ? HIBERNATION_RISKS : [];
  return { kind: "eligible", loses: losses(saved, hibernates), risks: [...uncertain, ...risks(saved)] };
}

const NO_HIBERNATION = "hibernation was not enabled when it was launched, and can't be later";

/** Source: EC2 user guide, "Hibernate your Amazon EC2 instance", and its "Prerequisites". */
const HIBERNATION_RISKS = [
  "AWS stops it and its memory is lost where it can't write all of it to the root volume",
  "AWS supports no hibernation that lasts longer than 60 days",
];

/**
 * Sources: EC2 user guide, "Stop and start Amazon EC2 instances", "Stop a Spot Instance"; Karpenter's tags, by version:
 * https://karpenter.sh/docs/concepts/nodeclasses/#spectags
 */
function refusal(saved: JsonObject, tags: Resource["tags"]): string | undefined {
  if (saved.operator) return `it is managed by ${String(saved.operator)}, which refuses changes by anybody else`;
  if (tags["eks:nodegroup-name"])
    return `EKS node group ${tags["eks:nodegroup-name"]} runs it and would replace it: scale the node group instead`;
  const pool = tags["karpenter.sh/nodepool"] ?? tags["karpenter.sh/provisioner-name"];
  if (pool)
    return `it is a node of Karpenter's node pool ${pool}, which would replace it: scale the workloads on it instead`;
  const cluster = tags["aws:elasticmapreduce:job-flow-id"];
  if (cluster) return `it is a node of EMR cluster ${cluster}, which would replace it or fail`;
  if (saved.rootDevice === "instance-store") return "its root device is an instance store: it can't be stopped";
  if (saved.stopProtection === true) return "it has stop protection";
  return saved.lifecycle === "spot" ? spotRefusal(part(saved.spotRequest), tags) : undefined;
}

function spotRefusal(request: JsonObject, tags: Resource["tags"]): string | undefined {
  const group = tags["aws:autoscaling:groupName"];
  if (group) return `it is a Spot instance of Auto Scaling group ${group}: it can be terminated, not stopped`;
  if (tags["aws:ec2:fleet-id"] || tags["aws:ec2spot:fleet-request-id"])
    return "it is a Spot instance of a fleet, which would replace it";
  if (request.type !== "persistent") return "its Spot request is one-time: it can be terminated, not stopped";
  if (request.state !== "active")
    return `its Spot request is ${String(request.state ?? "in an unknown state")}, not active: it may not start again`;
  return request.launchGroup ? "it is a Spot instance of a launch group: it can't be stopped" : undefined;
}

function losses(saved: JsonObject, hibernates: boolean): string[] {
  const { disks, gigabytes } = part(saved.instanceStore);
  const memory = saved.hibernation ? "the memory (it could hibernate, but is stopped)" : "the memory";
  return [
    ...(hibernates ? [] : [memory]),
    ...(disks
      ? [`the data of ${disks === 1 ? "1 instance store volume" : `${disks} instance store volumes`} (${gigabytes} GB)`]
      : []),
    ...(saved.publicAddress ? [`the public address ${String(saved.publicAddress)}`] : []),
  ];
}

function risks(saved: JsonObject): string[] {
  const keys = (saved.keys ?? []) as readonly string[];
  const spot = saved.lifecycle === "spot";
  return [
    `AWS may be short of ${spot ? "Spot capacity for " : ""}this instance type in its zone when it is started`,
    ...keys.map(
      (key) => `its volumes need KMS key ${key}: enabled, and with the right to make a grant for whoever starts it`,
    ),
  ];
}

function part(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
