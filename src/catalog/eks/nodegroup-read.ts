import {
  AutoScalingClient,
  type AutoScalingGroup,
  DescribeAutoScalingGroupsCommand,
} from "@aws-sdk/client-auto-scaling";
import { DescribeNodegroupCommand, EKSClient, type Nodegroup } from "@aws-sdk/client-eks";
import type { ReadScope } from "../contract.ts";
import { orGone } from "../reading.ts";

/** The cluster and the node group in an id. */
export function namedBy(id: string): { readonly clusterName: string; readonly nodegroupName: string } {
  const nodegroupName = id.slice(id.indexOf("/") + 1);
  return { clusterName: id.slice(0, -nodegroupName.length - 1), nodegroupName };
}

/** A node group by its id `cluster/node group`; undefined = gone, alone or with its cluster. */
export async function nodegroupOf(scope: ReadScope, id: string): Promise<Nodegroup | undefined> {
  const command = new DescribeNodegroupCommand(namedBy(id));
  return (await orGone(scope.client(EKSClient).send(command)))?.nodegroup;
}

/** The Auto Scaling groups that run its nodes. Ones that are gone are left out. */
export async function groupsOf(scope: ReadScope, { resources }: Nodegroup): Promise<AutoScalingGroup[]> {
  const AutoScalingGroupNames = (resources?.autoScalingGroups ?? []).flatMap(({ name }) => name ?? []);
  // No names would mean all groups.
  if (AutoScalingGroupNames.length === 0) return [];
  const command = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames });
  return (await scope.client(AutoScalingClient).send(command)).AutoScalingGroups ?? [];
}

/** The ids of their instances, sorted. */
export function nodesOf(groups: readonly AutoScalingGroup[]): string[] {
  return groups.flatMap(({ Instances }) => (Instances ?? []).flatMap(({ InstanceId }) => InstanceId ?? [])).sort();
}
