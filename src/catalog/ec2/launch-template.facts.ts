import type { Facts } from "../contract.ts";

const VERSIONS = ["DefaultVersion", "LatestVersion"] as const;

export const facts = {
  type: "AWS::EC2::LaunchTemplate",
  short: "ec2:launch-template",
  title: "launch template",
  group: "compute",
  scope: "regional",
  arn: "arn:{partition}:ec2:{region}:{account}:launch-template/{id}",
  shape: { sdk: "client-ec2", name: "LaunchTemplate" },
  // The two versions that launches name by $Default and $Latest; a version itself never changes.
  more: {
    DefaultVersion: { sdk: "client-ec2", name: "LaunchTemplateVersion" },
    LatestVersion: { sdk: "client-ec2", name: "LaunchTemplateVersion" },
  },
  volatile: [],
  secret: ["DefaultVersion.LaunchTemplateData.UserData", "LatestVersion.LaunchTemplateData.UserData"],
  unordered: [
    "DefaultVersion.LaunchTemplateData.SecurityGroupIds",
    "DefaultVersion.LaunchTemplateData.SecurityGroups",
    "DefaultVersion.LaunchTemplateData.BlockDeviceMappings",
    "DefaultVersion.LaunchTemplateData.TagSpecifications",
    "DefaultVersion.LaunchTemplateData.TagSpecifications[].Tags",
    "DefaultVersion.LaunchTemplateData.NetworkInterfaces[].Groups",
    "LatestVersion.LaunchTemplateData.SecurityGroupIds",
    "LatestVersion.LaunchTemplateData.SecurityGroups",
    "LatestVersion.LaunchTemplateData.BlockDeviceMappings",
    "LatestVersion.LaunchTemplateData.TagSpecifications",
    "LatestVersion.LaunchTemplateData.TagSpecifications[].Tags",
    "LatestVersion.LaunchTemplateData.NetworkInterfaces[].Groups",
  ],
  categories: {
    capacity: ["DefaultVersion.LaunchTemplateData.InstanceType", "LatestVersion.LaunchTemplateData.InstanceType"],
    permissions: [
      "DefaultVersion.LaunchTemplateData.IamInstanceProfile",
      "LatestVersion.LaunchTemplateData.IamInstanceProfile",
    ],
    "security exposure": [
      "DefaultVersion.LaunchTemplateData.SecurityGroupIds",
      "LatestVersion.LaunchTemplateData.SecurityGroupIds",
    ],
  },
  links: [
    ...VERSIONS.flatMap((version) => {
      const data = `${version}.LaunchTemplateData` as const;
      return [
        { kind: "uses", to: "AWS::EC2::Snapshot", path: `${data}.BlockDeviceMappings[].Ebs.SnapshotId` },
        { kind: "uses", to: "AWS::KMS::Key", path: `${data}.BlockDeviceMappings[].Ebs.KmsKeyId` },
        // By name, outside of a network of one's own.
        { kind: "uses", to: "AWS::EC2::SecurityGroup", path: `${data}.SecurityGroups[]` },
        { kind: "uses", to: "AWS::EC2::NetworkInterface", path: `${data}.NetworkInterfaces[].NetworkInterfaceId` },
      ] as const;
    }),
    { kind: "uses", to: "AWS::EC2::Image", path: "DefaultVersion.LaunchTemplateData.ImageId" },
    { kind: "uses", to: "AWS::EC2::Image", path: "LatestVersion.LaunchTemplateData.ImageId" },
    { kind: "uses", to: "AWS::EC2::KeyPair", path: "DefaultVersion.LaunchTemplateData.KeyName" },
    { kind: "uses", to: "AWS::EC2::KeyPair", path: "LatestVersion.LaunchTemplateData.KeyName" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "DefaultVersion.LaunchTemplateData.SecurityGroupIds[]" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "LatestVersion.LaunchTemplateData.SecurityGroupIds[]" },
    {
      kind: "uses",
      to: "AWS::EC2::SecurityGroup",
      path: "DefaultVersion.LaunchTemplateData.NetworkInterfaces[].Groups[]",
    },
    {
      kind: "uses",
      to: "AWS::EC2::SecurityGroup",
      path: "LatestVersion.LaunchTemplateData.NetworkInterfaces[].Groups[]",
    },
    { kind: "uses", to: "AWS::EC2::Subnet", path: "DefaultVersion.LaunchTemplateData.NetworkInterfaces[].SubnetId" },
    { kind: "uses", to: "AWS::EC2::Subnet", path: "LatestVersion.LaunchTemplateData.NetworkInterfaces[].SubnetId" },
    { kind: "uses", to: "AWS::IAM::InstanceProfile", path: "DefaultVersion.LaunchTemplateData.IamInstanceProfile.Arn" },
    { kind: "uses", to: "AWS::IAM::InstanceProfile", path: "LatestVersion.LaunchTemplateData.IamInstanceProfile.Arn" },
    {
      kind: "uses",
      to: "AWS::IAM::InstanceProfile",
      path: "DefaultVersion.LaunchTemplateData.IamInstanceProfile.Name",
    },
    { kind: "uses", to: "AWS::IAM::InstanceProfile", path: "LatestVersion.LaunchTemplateData.IamInstanceProfile.Name" },
  ],
  defaults: "templates with Operator.Managed belong to an AWS service",
  iam: {
    list: ["ec2:DescribeLaunchTemplateVersions", "ec2:DescribeLaunchTemplates"],
    read: ["ec2:DescribeLaunchTemplateVersions", "ec2:DescribeLaunchTemplates"],
  },
  removal: {
    how: "deleted",
    loses: ["all its versions"],
    serviceManaged: "Operator.Managed",
    patienceMinutes: 1,
    iam: { inspect: [], remove: ["ec2:DeleteLaunchTemplate"] },
  },
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteLaunchTemplate.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplate.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeLaunchTemplateVersions.html",
  ],
} as const satisfies Facts;
