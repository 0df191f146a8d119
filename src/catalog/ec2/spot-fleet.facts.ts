import type { Facts } from "../contract.ts";

const SPECIFICATIONS = "SpotFleetRequestConfig.LaunchSpecifications[]";
const TEMPLATES = "SpotFleetRequestConfig.LaunchTemplateConfigs[]";
const BALANCERS = "SpotFleetRequestConfig.LoadBalancersConfig";

export const facts = {
  type: "AWS::EC2::SpotFleet",
  short: "ec2:spot-fleet-request",
  title: "Spot Fleet request",
  group: "compute",
  scope: "regional",
  arn: "arn:{partition}:ec2:{region}:{account}:spot-fleet-request/{id}",
  shape: { sdk: "client-ec2", name: "SpotFleetRequestConfig" },
  more: { SubnetIds: "json" },
  volatile: [
    "SpotFleetRequestState",
    "ActivityStatus",
    "SpotFleetRequestConfig.FulfilledCapacity",
    "SpotFleetRequestConfig.OnDemandFulfilledCapacity",
  ],
  secret: [`${SPECIFICATIONS}.UserData`],
  // An idempotency token.
  notSecret: ["SpotFleetRequestConfig.ClientToken"],
  // The specifications, templates and overrides themselves are orders of preference.
  unordered: [
    "SubnetIds",
    `${SPECIFICATIONS}.SecurityGroups`,
    `${SPECIFICATIONS}.BlockDeviceMappings`,
    `${SPECIFICATIONS}.NetworkInterfaces`,
    `${SPECIFICATIONS}.NetworkInterfaces[].Groups`,
    `${SPECIFICATIONS}.TagSpecifications`,
    `${SPECIFICATIONS}.TagSpecifications[].Tags`,
    "SpotFleetRequestConfig.TagSpecifications",
    "SpotFleetRequestConfig.TagSpecifications[].Tags",
    `${BALANCERS}.ClassicLoadBalancersConfig.ClassicLoadBalancers`,
    `${BALANCERS}.TargetGroupsConfig.TargetGroups`,
  ],
  controllerOwned: [{ path: "SpotFleetRequestConfig.TargetCapacity", by: "Application Auto Scaling" }],
  categories: {
    capacity: [
      "SpotFleetRequestConfig.TargetCapacity",
      "SpotFleetRequestConfig.OnDemandTargetCapacity",
      `${SPECIFICATIONS}.InstanceType`,
      `${TEMPLATES}.Overrides[].InstanceType`,
    ],
    permissions: ["SpotFleetRequestConfig.IamFleetRole", `${SPECIFICATIONS}.IamInstanceProfile`],
    "security exposure": [`${SPECIFICATIONS}.SecurityGroups`],
  },
  links: [
    { kind: "uses", to: "AWS::IAM::Role", path: "SpotFleetRequestConfig.IamFleetRole" },
    { kind: "uses", to: "AWS::EC2::LaunchTemplate", path: `${TEMPLATES}.LaunchTemplateSpecification.LaunchTemplateId` },
    {
      kind: "uses",
      to: "AWS::EC2::LaunchTemplate",
      path: `${TEMPLATES}.LaunchTemplateSpecification.LaunchTemplateName`,
    },
    { kind: "uses", to: "AWS::EC2::Image", path: `${SPECIFICATIONS}.ImageId` },
    { kind: "uses", to: "AWS::EC2::KeyPair", path: `${SPECIFICATIONS}.KeyName` },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: `${SPECIFICATIONS}.SecurityGroups[].GroupId` },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: `${SPECIFICATIONS}.NetworkInterfaces[].Groups[]` },
    { kind: "uses", to: "AWS::EC2::Snapshot", path: `${SPECIFICATIONS}.BlockDeviceMappings[].Ebs.SnapshotId` },
    { kind: "uses", to: "AWS::KMS::Key", path: `${SPECIFICATIONS}.BlockDeviceMappings[].Ebs.KmsKeyId` },
    { kind: "uses", to: "AWS::IAM::InstanceProfile", path: `${SPECIFICATIONS}.IamInstanceProfile.Arn` },
    { kind: "uses", to: "AWS::IAM::InstanceProfile", path: `${SPECIFICATIONS}.IamInstanceProfile.Name` },
    { kind: "attached-to", to: "AWS::EC2::Subnet", path: "SubnetIds[]" },
    {
      kind: "attached-to",
      to: "AWS::ElasticLoadBalancingV2::TargetGroup",
      path: `${BALANCERS}.TargetGroupsConfig.TargetGroups[].Arn`,
    },
    {
      kind: "attached-to",
      to: "AWS::ElasticLoadBalancing::LoadBalancer",
      path: `${BALANCERS}.ClassicLoadBalancersConfig.ClassicLoadBalancers[].Name`,
    },
  ],
  iam: { list: ["ec2:DescribeSpotFleetRequests"], read: ["ec2:DescribeSpotFleetRequests"] },
  removal: {
    how: "cancelled, and its members terminated",
    loses: ["its members, with the data on them"],
    // It is gone when the last of its members is terminated.
    patienceMinutes: 20,
    iam: { inspect: [], remove: ["ec2:CancelSpotFleetRequests"] },
  },
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CancelSpotFleetRequests.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/cancel-spot-fleet.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-fleet-states.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SpotFleetRequestConfigData.html",
    "https://docs.aws.amazon.com/autoscaling/application/userguide/services-that-can-integrate-ec2.html",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html",
  ],
} as const satisfies Facts;
