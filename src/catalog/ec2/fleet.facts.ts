import type { Facts } from "../contract.ts";

const CONFIGS = "LaunchTemplateConfigs[]";

export const facts = {
  type: "AWS::EC2::EC2Fleet",
  short: "ec2:fleet",
  title: "EC2 Fleet",
  group: "compute",
  scope: "regional",
  arn: "arn:{partition}:ec2:{region}:{account}:fleet/{id}",
  /*
   * Of types `maintain` and `request` only. AWS lists no `instant` ones, which launch once and then leave their instances
   * alone: Auto Scaling, Karpenter and Packer make one for each launch.
   */
  shape: { sdk: "client-ec2", name: "FleetData" },
  more: { SubnetIds: "json" },
  volatile: ["FleetState", "ActivityStatus", "FulfilledCapacity", "FulfilledOnDemandCapacity"],
  secret: [],
  // An idempotency token.
  notSecret: ["ClientToken"],
  // The configurations and their overrides are orders of preference.
  unordered: ["SubnetIds"],
  categories: {
    capacity: [
      "TargetCapacitySpecification",
      `${CONFIGS}.Overrides[].InstanceType`,
      `${CONFIGS}.Overrides[].WeightedCapacity`,
    ],
  },
  links: [
    { kind: "uses", to: "AWS::EC2::LaunchTemplate", path: `${CONFIGS}.LaunchTemplateSpecification.LaunchTemplateId` },
    { kind: "uses", to: "AWS::EC2::LaunchTemplate", path: `${CONFIGS}.LaunchTemplateSpecification.LaunchTemplateName` },
    { kind: "uses", to: "AWS::EC2::Image", path: `${CONFIGS}.Overrides[].ImageId` },
    { kind: "uses", to: "AWS::EC2::Snapshot", path: `${CONFIGS}.Overrides[].BlockDeviceMappings[].Ebs.SnapshotId` },
    { kind: "uses", to: "AWS::KMS::Key", path: `${CONFIGS}.Overrides[].BlockDeviceMappings[].Ebs.KmsKeyId` },
    { kind: "attached-to", to: "AWS::EC2::Subnet", path: "SubnetIds[]" },
  ],
  iam: { list: ["ec2:DescribeFleets"], read: ["ec2:DescribeFleets"] },
  removal: {
    how: "deleted with its members",
    loses: ["its members, with the data on them"],
    // It is gone when the last of its members is terminated.
    patienceMinutes: 20,
    iam: { inspect: [], remove: ["ec2:DeleteFleets"] },
  },
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteFleets.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/delete-fleet.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/EC2-fleet-states.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeFleets.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_FleetData.html",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html",
  ],
} as const satisfies Facts;
