import {
  CreateClusterCommand,
  CreateNodegroupCommand,
  type CreateNodegroupRequest,
  EKSClient,
} from "@aws-sdk/client-eks";
import type { TestAccount } from "../../../tests/contract/account.ts";

const ROLE = "arn:aws:iam::111111111111:role/eks";

/** Until what was begun is done. */
export const SETTLED_MS = 3_600_000;

export async function cluster({ send, twin }: TestAccount, name: string): Promise<string> {
  const resourcesVpcConfig = { subnetIds: ["subnet-0a", "subnet-0b"] };
  await send(EKSClient, new CreateClusterCommand({ name, roleArn: ROLE, resourcesVpcConfig }));
  await twin.clock.sleep(SETTLED_MS);
  return name;
}

/** A node group in a cluster that is there; gives its id. */
export async function nodegroup(
  { send, twin }: TestAccount,
  clusterName: string,
  more: Partial<CreateNodegroupRequest> = {},
): Promise<string> {
  const scalingConfig = { minSize: 1, maxSize: 4, desiredSize: 2 };
  const plain = { nodegroupName: "workers", nodeRole: ROLE, subnets: ["subnet-0a", "subnet-0b"], scalingConfig };
  const input = { ...plain, ...more, clusterName };
  await send(EKSClient, new CreateNodegroupCommand(input));
  await twin.clock.sleep(SETTLED_MS);
  return `${clusterName}/${input.nodegroupName}`;
}
