import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  type CreateAutoScalingGroupCommandInput,
} from "@aws-sdk/client-auto-scaling";
import { CreateLaunchTemplateCommand, EC2Client } from "@aws-sdk/client-ec2";
import type { TestAccount } from "../../../tests/contract/account.ts";

/** A group of two with room for four, made by a template of its own name. */
export async function smallGroup(
  { send }: TestAccount,
  name: string,
  more: Partial<CreateAutoScalingGroupCommandInput> = {},
): Promise<string> {
  const LaunchTemplateData = { ImageId: "ami-0a1b2c3d4e5f60718", InstanceType: "t3.small" as const };
  await send(EC2Client, new CreateLaunchTemplateCommand({ LaunchTemplateName: name, LaunchTemplateData }));
  const input = {
    AutoScalingGroupName: name,
    LaunchTemplate: { LaunchTemplateName: name, Version: "$Latest" },
    AvailabilityZones: ["eu-west-1a", "eu-west-1b"],
    MinSize: 1,
    MaxSize: 4,
    DesiredCapacity: 2,
  };
  await send(AutoScalingClient, new CreateAutoScalingGroupCommand({ ...input, ...more }));
  return name;
}
