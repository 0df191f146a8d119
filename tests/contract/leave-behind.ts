import { AutoScalingClient, CreateAutoScalingGroupCommand } from "@aws-sdk/client-auto-scaling";
import {
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateKeyPairCommand,
  CreateLaunchTemplateCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVolumeCommand,
  CreateVpcCommand,
  EC2Client,
  RunInstancesCommand,
} from "@aws-sdk/client-ec2";
import type { TestAccount } from "./account.ts";

const IMAGE = "ami-0123456789abcdef0";

/** A network with groups that refer to each other, an instance, a fleet and a volume: what somebody might leave behind. */
export async function leaveBehind({ send }: Pick<TestAccount, "send">, name = "trial") {
  const vpc = (await send(EC2Client, new CreateVpcCommand({ CidrBlock: "10.9.0.0/16" }))).Vpc?.VpcId;
  const subnet = (await send(EC2Client, new CreateSubnetCommand({ VpcId: vpc, CidrBlock: "10.9.1.0/24" }))).Subnet
    ?.SubnetId;
  const gateway = (await send(EC2Client, new CreateInternetGatewayCommand({}))).InternetGateway?.InternetGatewayId;
  await send(EC2Client, new AttachInternetGatewayCommand({ VpcId: vpc, InternetGatewayId: gateway }));
  const group = async (which: string) =>
    (
      await send(
        EC2Client,
        new CreateSecurityGroupCommand({ VpcId: vpc, GroupName: `${name}-${which}`, Description: which }),
      )
    ).GroupId;
  const [front, back] = [await group("front"), await group("back")];
  const lets = async (to: string | undefined, from: string | undefined) =>
    send(
      EC2Client,
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: to,
        IpPermissions: [{ IpProtocol: "tcp", FromPort: 80, ToPort: 80, UserIdGroupPairs: [{ GroupId: from }] }],
      }),
    );
  await lets(front, back);
  await lets(back, front);
  await send(EC2Client, new CreateKeyPairCommand({ KeyName: name }));
  const launched = await send(
    EC2Client,
    new RunInstancesCommand({
      ImageId: IMAGE,
      InstanceType: "t3.micro",
      MinCount: 1,
      MaxCount: 1,
      KeyName: name,
      SubnetId: subnet,
      SecurityGroupIds: [front ?? ""],
    }),
  );
  const template = await send(
    EC2Client,
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: name,
      LaunchTemplateData: { ImageId: IMAGE, InstanceType: "t3.micro", SecurityGroupIds: [back ?? ""] },
    }),
  );
  await send(
    AutoScalingClient,
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: name,
      MinSize: 1,
      MaxSize: 2,
      DesiredCapacity: 1,
      VPCZoneIdentifier: subnet,
      LaunchTemplate: { LaunchTemplateId: template.LaunchTemplate?.LaunchTemplateId },
    }),
  );
  await send(EC2Client, new CreateVolumeCommand({ AvailabilityZone: "eu-west-1a", Size: 8 }));
  return { vpc, subnet, front, back, instance: launched.Instances?.[0]?.InstanceId };
}
