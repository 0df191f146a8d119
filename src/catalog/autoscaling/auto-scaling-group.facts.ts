import type { Facts } from "../contract.ts";

const TEMPLATE = "MixedInstancesPolicy.LaunchTemplate";

export const facts = {
  type: "AWS::AutoScaling::AutoScalingGroup",
  short: "autoscaling:group",
  title: "Auto Scaling group",
  group: "compute",
  scope: "regional",
  // AWS puts a UUID in the middle; listings give the whole ARN.
  arn: "arn:{partition}:autoscaling:{region}:{account}:autoScalingGroup:*:autoScalingGroupName/{id}",
  shape: { sdk: "client-auto-scaling", name: "AutoScalingGroup" },
  // The subnets come as one text with commas; which tags go to new instances is no part of a tag's value. A node group is
  // told by two tags.
  more: { SubnetIds: "json", TagsPropagatedAtLaunch: "json", Nodegroup: "json" },
  volatile: [
    "Status",
    // The group's members come and go; what it wants is DesiredCapacity.
    "Instances",
    "PredictedCapacity",
    "WarmPoolSize",
    "WarmPoolConfiguration.Status",
    // Holds the time of the suspension: `User suspended at 2024-01-25T16:45:06Z`.
    "SuspendedProcesses[].SuspensionReason",
  ],
  secret: [],
  // TerminationPolicies and the overrides of a mixed instances policy are orders of preference.
  unordered: [
    "SubnetIds",
    "TagsPropagatedAtLaunch",
    "AvailabilityZones",
    "AvailabilityZoneIds",
    "LoadBalancerNames",
    "TargetGroupARNs",
    "TrafficSources",
    "EnabledMetrics",
    "SuspendedProcesses",
    "CapacityReservationSpecification.CapacityReservationTarget.CapacityReservationIds",
    "CapacityReservationSpecification.CapacityReservationTarget.CapacityReservationResourceGroupArns",
  ],
  controllerOwned: [{ path: "DesiredCapacity", by: "scaling policies, scheduled actions or an ECS capacity provider" }],
  categories: {
    capacity: [
      "DesiredCapacity",
      "MinSize",
      "MaxSize",
      "WarmPoolConfiguration",
      "SuspendedProcesses",
      "MixedInstancesPolicy.InstancesDistribution",
    ],
    tags: ["TagsPropagatedAtLaunch"],
  },
  links: [
    { kind: "owns", to: "AWS::EC2::Instance", path: "Instances[].InstanceId" },
    { kind: "uses", to: "AWS::EC2::LaunchTemplate", path: "LaunchTemplate.LaunchTemplateId" },
    { kind: "uses", to: "AWS::EC2::LaunchTemplate", path: "LaunchTemplate.LaunchTemplateName" },
    { kind: "uses", to: "AWS::EC2::LaunchTemplate", path: `${TEMPLATE}.LaunchTemplateSpecification.LaunchTemplateId` },
    {
      kind: "uses",
      to: "AWS::EC2::LaunchTemplate",
      path: `${TEMPLATE}.LaunchTemplateSpecification.LaunchTemplateName`,
    },
    {
      kind: "uses",
      to: "AWS::EC2::LaunchTemplate",
      path: `${TEMPLATE}.Overrides[].LaunchTemplateSpecification.LaunchTemplateId`,
    },
    {
      kind: "uses",
      to: "AWS::EC2::LaunchTemplate",
      path: `${TEMPLATE}.Overrides[].LaunchTemplateSpecification.LaunchTemplateName`,
    },
    { kind: "uses", to: "AWS::EC2::Image", path: `${TEMPLATE}.Overrides[].ImageId` },
    { kind: "uses", to: "AWS::AutoScaling::LaunchConfiguration", path: "LaunchConfigurationName" },
    { kind: "uses", to: "AWS::EC2::PlacementGroup", path: "PlacementGroup" },
    { kind: "uses", to: "AWS::IAM::Role", path: "ServiceLinkedRoleARN" },
    { kind: "attached-to", to: "AWS::ElasticLoadBalancingV2::TargetGroup", path: "TargetGroupARNs[]" },
    { kind: "attached-to", to: "AWS::ElasticLoadBalancing::LoadBalancer", path: "LoadBalancerNames[]" },
    { kind: "attached-to", to: "AWS::EC2::Subnet", path: "SubnetIds[]" },
    { kind: "member-of", to: "AWS::EKS::Nodegroup", path: "Nodegroup", onRemoval: "with" },
  ],
  defaults: "groups with an Operator are run by that AWS service, which refuses changes by anybody else",
  iam: { list: ["autoscaling:DescribeAutoScalingGroups"], read: ["autoscaling:DescribeAutoScalingGroups"] },
  pause: {
    stage: "controllers",
    how: "scaling and replacing suspended",
    ways: { zero: "minimum and desired 0, its members terminated (select ec2:instance too), then launching suspended" },
    takesMembers: ["zero"],
    keepsCosting: ["members that can't be stopped, such as Spot instances"],
    // After their start members have to pass status checks and those of load balancers before they may be judged.
    patienceMinutes: 20,
    iam: {
      capture: [
        "autoscaling:DescribeAutoScalingGroups",
        "ec2:DescribeInstances",
        "ec2:DescribeInstanceStatus",
        "elasticloadbalancing:DescribeTargetHealth",
      ],
      // Sizes are changed only by the way `zero`.
      pause: ["autoscaling:SuspendProcesses", "autoscaling:UpdateAutoScalingGroup"],
      resume: ["autoscaling:ResumeProcesses", "autoscaling:UpdateAutoScalingGroup"],
    },
  },
  removal: {
    how: "deleted with its members",
    loses: [
      "its members and warm pool, with the data on them",
      "its scaling policies, and alarms that had no other action than these",
    ],
    preparations: {
      unprotect: {
        how: "its deletion protection and its members' scale-in protection switched off",
        iam: ["autoscaling:SetInstanceProtection", "autoscaling:UpdateAutoScalingGroup"],
      },
    },
    // Its members leave their load balancers first, and may be held by lifecycle hooks for a while.
    patienceMinutes: 30,
    iam: { inspect: [], remove: ["autoscaling:DeleteAutoScalingGroup"] },
  },
  sources: [
    "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DeleteAutoScalingGroup.html",
    "https://docs.aws.amazon.com/autoscaling/ec2/userguide/resource-deletion-protection.html",
    "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_AutoScalingGroup.html",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html",
    "https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-suspend-resume-processes.html",
    "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-health-checks.html",
    "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-instance-protection.html",
    "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-warm-pools.html",
  ],
} as const satisfies Facts;
