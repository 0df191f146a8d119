import {
  DescribeInstanceAttributeCommand,
  EC2Client,
  type Instance,
  ModifyInstanceAttributeCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import type { Found, ReadScope, Removal } from "../contract.ts";

async function isProtected(scope: ReadScope, InstanceId: string): Promise<boolean> {
  const asked = { InstanceId, Attribute: "disableApiTermination" } as const;
  const answer = await scope.client(EC2Client).send(new DescribeInstanceAttributeCommand(asked));
  return answer.DisableApiTermination?.Value === true;
}

/** What is deleted with it because it was attached so. */
function volumesOf({ configuration }: Found): string[] {
  const { BlockDeviceMappings = [] } = configuration as Instance;
  return BlockDeviceMappings.flatMap(({ Ebs }) => (Ebs?.DeleteOnTermination && Ebs.VolumeId ? [Ebs.VolumeId] : []));
}

export const removal: Removal = {
  async inspect(found, scope) {
    const { Operator } = found.configuration as Instance;
    if (Operator?.Managed) return { refuses: `it is managed by ${Operator.Principal}, which removes it itself` };
    if (found.state === "shutting-down") return { leaving: true, words: "shutting-down" };
    const volumes = volumesOf(found);
    return {
      words: found.state ?? "in an unknown state",
      ...(volumes.length > 0 ? { loses: [`the data of its volumes ${volumes.join(", ")}`] } : {}),
      ...((await isProtected(scope, found.id)) ? { guardedBy: "termination protection" } : {}),
    };
  },
  prepare: (scope, { id }) => {
    const asked = { InstanceId: id, DisableApiTermination: { Value: false } };
    return scope.writer(EC2Client).send(new ModifyInstanceAttributeCommand(asked));
  },
  remove: (scope, { id }) => scope.writer(EC2Client).send(new TerminateInstancesCommand({ InstanceIds: [id] })),
};
