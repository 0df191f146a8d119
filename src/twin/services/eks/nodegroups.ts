import type { Nodegroup } from "@aws-sdk/client-eks";
import { arrive, forget, later } from "../../moving.ts";
import { AwsFault, type Call, type Operations, page, type Stored, type Table } from "../../service.ts";
import { groupOperations } from "../autoscaling/groups.ts";
import { clusterNamed, PAGE } from "./cluster-rows.ts";

type Group = Stored<Nodegroup>;

interface Row {
  readonly group: Group;
}

export const nodegroups = (call: Call): Table<Row> => call.table<Row>("eks.nodegroup");

/** About what they take; an update of the sizes is done long before all nodes have come or gone. */
const CREATING_MS = 3 * 60_000;
const UPDATING_MS = 20_000;
const DELETING_MS = 5 * 60_000;

const keyOf = ({ clusterName, nodegroupName }: Pick<Group, "clusterName" | "nodegroupName">) =>
  `${clusterName}/${nodegroupName}`;
const moveOf = (group: Group) => `eks.nodegroup/${keyOf(group)}`;
const scalingGroupOf = ({ resources }: Group) => resources?.autoScalingGroups?.[0]?.name;

/** Makes of all node groups what has become of them by now; deleted ones are no more. */
function settleNodegroups(call: Call): void {
  for (const { group } of nodegroups(call).all())
    if (arrive(call, moveOf(group), group) && group.status === "DELETING") nodegroups(call).delete(keyOf(group));
}

function nodegroupNamed(call: Call, input: Pick<Group, "clusterName" | "nodegroupName">): Group {
  settleNodegroups(call);
  const row = nodegroups(call).get(keyOf(clusterNamed(call, input.clusterName) && input));
  if (!row)
    throw new AwsFault("ResourceNotFoundException", `No node group found for name: ${input.nodegroupName}.`, 404);
  return row.group;
}

/** Source: EKS API reference, NodegroupScalingConfig: the maximum is at least 1. */
function checkSizes({ minSize = 0, maxSize = 1, desiredSize = 0 }: Group["scalingConfig"] & object): void {
  const invalid = (why: string) => new AwsFault("InvalidParameterException", why);
  if (maxSize < 1) throw invalid("maxSize must be at least 1");
  if (minSize > maxSize) throw invalid(`Minimum capacity ${minSize} can't be greater than max capacity ${maxSize}`);
  if (desiredSize < minSize)
    throw invalid(`Minimum capacity ${minSize} can't be greater than desired size ${desiredSize}`);
  if (desiredSize > maxSize) throw invalid(`desired capacity ${desiredSize} can't be greater than max size ${maxSize}`);
}

/** EKS takes one change at a time. */
function expectActive({ nodegroupName, status }: Group): void {
  if (status === "ACTIVE" || status === "DEGRADED") return;
  throw new AwsFault(
    "ResourceInUseException",
    `Nodegroup ${nodegroupName} cannot be updated as it is currently not in Active State`,
    409,
  );
}

function resize(call: Call, group: Group): void {
  const { minSize = 0, maxSize = 1, desiredSize = 0 } = group.scalingConfig ?? {};
  const sizes = { MinSize: minSize, MaxSize: maxSize, DesiredCapacity: desiredSize };
  groupOperations.UpdateAutoScalingGroup({ AutoScalingGroupName: scalingGroupOf(group), ...sizes }, call);
}

export const nodegroupOperations = {
  CreateNodegroup(input, call) {
    const { version, status } = clusterNamed(call, input.clusterName);
    if (status !== "ACTIVE")
      throw new AwsFault("InvalidRequestException", `Cluster '${input.clusterName}' is not in ACTIVE status`);
    settleNodegroups(call);
    const { clientRequestToken: _, scalingConfig, tags = {}, ...members } = input;
    if (nodegroups(call).get(keyOf(input)))
      throw new AwsFault("ResourceInUseException", `NodeGroup already exists with name ${input.nodegroupName}`, 409);
    const uuid = call.uuid();
    const name = `eks-${input.nodegroupName}-${uuid}`;
    const group = {
      capacityType: "ON_DEMAND",
      instanceTypes: ["t3.medium"],
      amiType: "AL2023_x86_64_STANDARD",
      diskSize: 20,
      labels: {},
      updateConfig: { maxUnavailable: 1 },
      version,
      ...members,
      nodegroupArn: call.arn("eks", `nodegroup/${keyOf(input)}/${uuid}`),
      createdAt: call.now(),
      modifiedAt: call.now(),
      status: "CREATING",
      scalingConfig: { minSize: 1, maxSize: 2, desiredSize: 2, ...scalingConfig },
      resources: { autoScalingGroups: [{ name }] },
      health: { issues: [] },
      tags,
    } as Group;
    checkSizes(group.scalingConfig ?? {});
    const { id: LaunchTemplateId, name: LaunchTemplateName = name } = input.launchTemplate ?? {};
    const Tags = Object.entries({
      "eks:cluster-name": input.clusterName,
      "eks:nodegroup-name": input.nodegroupName,
    }).map(([Key, Value]) => ({ Key, Value, PropagateAtLaunch: true }));
    const LaunchTemplate = LaunchTemplateId ? { LaunchTemplateId } : { LaunchTemplateName };
    groupOperations.CreateAutoScalingGroup(
      {
        AutoScalingGroupName: name,
        LaunchTemplate,
        MinSize: 0,
        MaxSize: 1,
        Tags,
        VPCZoneIdentifier: (input.subnets ?? []).join(","),
      },
      call,
    );
    resize(call, group);
    later(call, moveOf(group), CREATING_MS, { status: "ACTIVE" });
    nodegroups(call).put(keyOf(group), { group });
    return { nodegroup: group };
  },
  DescribeNodegroup(input, call) {
    return { nodegroup: nodegroupNamed(call, input) };
  },
  ListNodegroups(input, call) {
    const { name } = clusterNamed(call, input.clusterName);
    settleNodegroups(call);
    const names = nodegroups(call)
      .all()
      .filter(({ group }) => group.clusterName === name)
      .map(({ group }) => group.nodegroupName);
    const { items, next } = page(names, { token: input.nextToken, max: input.maxResults }, PAGE);
    return { nodegroups: items, nextToken: next };
  },
  UpdateNodegroupConfig(input, call) {
    const group = nodegroupNamed(call, input);
    expectActive(group);
    const sizes = { ...group.scalingConfig, ...input.scalingConfig };
    checkSizes(sizes);
    Object.assign(group, { scalingConfig: sizes, status: "UPDATING", modifiedAt: call.now() });
    resize(call, group);
    later(call, moveOf(group), UPDATING_MS, { status: "ACTIVE" });
    return { update: { id: call.uuid(), status: "InProgress", type: "ConfigUpdate", createdAt: call.now() } };
  },
  DeleteNodegroup(input, call) {
    const group = nodegroupNamed(call, input);
    groupOperations.DeleteAutoScalingGroup({ AutoScalingGroupName: scalingGroupOf(group), ForceDelete: true }, call);
    group.status = "DELETING";
    forget(call, moveOf(group));
    later(call, moveOf(group), DELETING_MS, { status: "DELETING" });
    return { nodegroup: group };
  },
} satisfies Operations<typeof import("@aws-sdk/client-eks")>;
