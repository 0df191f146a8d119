import {
  AutoScalingClient,
  type AutoScalingGroup,
  type DescribeAutoScalingGroupsCommandInput,
  paginateDescribeAutoScalingGroups,
} from "@aws-sdk/client-auto-scaling";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { tagsOf, without } from "../reading.ts";
import { pause } from "./auto-scaling-group-pause.ts";
import { removal } from "./auto-scaling-group-removal.ts";

/** Names that do not exist are left out of the answer: no error to tell apart. */
async function* describe(scope: ReadScope, input: DescribeAutoScalingGroupsCommandInput): AsyncGenerator<Found> {
  const paging = { client: scope.client(AutoScalingClient), pageSize: scope.pageSize(100) };
  for await (const page of paginateDescribeAutoScalingGroups(paging, input))
    for (const group of page.AutoScalingGroups ?? []) yield found(group);
}

/** The id of the EKS node group that it belongs to. Source: EKS user guide, "Managed node groups", tags of their groups. */
function nodegroupOf(tags: Found["tags"]): string | undefined {
  const { "eks:cluster-name": cluster, "eks:nodegroup-name": name } = tags;
  return cluster && name ? `${cluster}/${name}` : undefined;
}

function found(group: AutoScalingGroup): Found {
  const tags = tagsOf(group.Tags);
  const propagated = group.Tags?.filter((tag) => tag.PropagateAtLaunch).map((tag) => tag.Key);
  return {
    id: group.AutoScalingGroupName ?? "",
    arn: group.AutoScalingGroupARN,
    createdAt: group.CreatedTime,
    state: group.Status,
    tags,
    configuration: {
      ...without(group, "Tags", "AutoScalingGroupName", "AutoScalingGroupARN", "CreatedTime", "VPCZoneIdentifier"),
      SubnetIds: group.VPCZoneIdentifier?.split(",").filter((id) => id !== ""),
      TagsPropagatedAtLaunch: propagated,
      Nodegroup: nodegroupOf(tags),
    },
  };
}

export default {
  list: (scope) => describe(scope, {}),

  async read(scope, id) {
    for await (const group of describe(scope, { AutoScalingGroupNames: [id] })) return group;
    return undefined;
  },
  pause,
  removal,
  charges: free,
} satisfies Entry;
