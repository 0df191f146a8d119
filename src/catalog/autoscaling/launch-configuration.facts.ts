import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::AutoScaling::LaunchConfiguration",
  short: "autoscaling:launch-configuration",
  title: "launch configuration",
  group: "compute",
  scope: "regional",
  // AWS puts a UUID in the middle; listings give the whole ARN.
  arn: "arn:{partition}:autoscaling:{region}:{account}:launchConfiguration:*:launchConfigurationName/{id}",
  shape: { sdk: "client-auto-scaling", name: "LaunchConfiguration" },
  volatile: [],
  secret: ["UserData"],
  unordered: ["SecurityGroups", "ClassicLinkVPCSecurityGroups", "BlockDeviceMappings"],
  categories: {
    capacity: ["InstanceType", "EbsOptimized", "SpotPrice"],
    permissions: ["IamInstanceProfile"],
    "security exposure": ["SecurityGroups", "AssociatePublicIpAddress", "MetadataOptions"],
  },
  links: [
    { kind: "uses", to: "AWS::EC2::Image", path: "ImageId" },
    { kind: "uses", to: "AWS::EC2::KeyPair", path: "KeyName" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "SecurityGroups[]" },
    { kind: "uses", to: "AWS::EC2::Snapshot", path: "BlockDeviceMappings[].Ebs.SnapshotId" },
    // By its name or its ARN.
    { kind: "uses", to: "AWS::IAM::InstanceProfile", path: "IamInstanceProfile" },
  ],
  iam: {
    list: ["autoscaling:DescribeLaunchConfigurations"],
    read: ["autoscaling:DescribeLaunchConfigurations"],
  },
  removal: {
    how: "deleted",
    loses: [],
    // A group that is being deleted holds it until it is gone.
    patienceMinutes: 10,
    iam: { inspect: [], remove: ["autoscaling:DeleteLaunchConfiguration"] },
  },
  sources: [
    "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DeleteLaunchConfiguration.html",
    "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchConfiguration.html",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html",
  ],
} as const satisfies Facts;
