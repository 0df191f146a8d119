import {
  DescribeInstanceAttributeCommand,
  EC2Client,
  type Instance,
  ModifyInstanceAttributeCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import type { Found, ReadScope, Removal, WriteScope } from "../contract.ts";

/**
 * Each keeps it from being terminated, stop protection too. DescribeInstanceAttribute tells one at a time. Source: EC2 user
 * guide, "Change instance termination protection" and "Enable stop protection for your EC2 instances".
 */
const PROTECTIONS = { disableApiTermination: "termination protection", disableApiStop: "stop protection" } as const;

type Protection = keyof typeof PROTECTIONS;

async function protectionsOf(scope: ReadScope, InstanceId: string): Promise<Protection[]> {
  const ask = async (Attribute: Protection): Promise<Protection[]> => {
    const asked = new DescribeInstanceAttributeCommand({ InstanceId, Attribute });
    const { DisableApiTermination, DisableApiStop } = await scope.client(EC2Client).send(asked);
    return DisableApiTermination?.Value || DisableApiStop?.Value ? [Attribute] : [];
  };
  return (await Promise.all([ask("disableApiTermination"), ask("disableApiStop")])).flat();
}

/** One attribute a call, and only those that are on: of a Spot Instance termination protection may not even be named. */
async function unprotect(scope: WriteScope, InstanceId: string): Promise<void> {
  const off = { Value: false };
  for (const each of await protectionsOf(scope, InstanceId)) {
    const change = each === "disableApiStop" ? { DisableApiStop: off } : { DisableApiTermination: off };
    await scope.writer(EC2Client).send(new ModifyInstanceAttributeCommand({ InstanceId, ...change }));
  }
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
    const protections = await protectionsOf(scope, found.id);
    return {
      words: found.state ?? "in an unknown state",
      ...(volumes.length > 0 ? { loses: [`the data of its volumes ${volumes.join(", ")}`] } : {}),
      ...(protections.length > 0 ? { guardedBy: protections.map((each) => PROTECTIONS[each]).join(" and ") } : {}),
    };
  },
  prepare: (scope, { id }) => unprotect(scope, id),
  remove: (scope, { id }) => scope.writer(EC2Client).send(new TerminateInstancesCommand({ InstanceIds: [id] })),
};
