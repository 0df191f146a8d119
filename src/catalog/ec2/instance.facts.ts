import type { Facts } from "../contract.ts";
import { IDLE_CRITERIA, WEEK_HOURS } from "../idle.ts";

export const facts = {
  type: "AWS::EC2::Instance",
  short: "ec2:instance",
  title: "EC2 instance",
  group: "compute",
  scope: "regional",
  arn: "arn:{partition}:ec2:{region}:{account}:instance/{id}",
  billed: { bare: "i-" },
  // User data and the API protections need a call per instance (DescribeInstanceAttribute), so the listing has none.
  shape: { sdk: "client-ec2", name: "Instance" },
  // What AWS moves by itself, at a stop and start, or while it attaches things.
  volatile: [
    "State",
    "StateReason",
    "StateTransitionReason",
    "LaunchTime",
    "UsageOperationUpdateTime",
    "PublicIpAddress",
    "PublicDnsName",
    // An open reservation is taken and left as instances start and stop; the wish stands in CapacityReservationSpecification.
    "CapacityReservationId",
    "MetadataOptions.State",
    "NetworkInterfaces[].Association",
    "NetworkInterfaces[].PrivateIpAddresses[].Association",
    "NetworkInterfaces[].Status",
    "NetworkInterfaces[].Attachment.Status",
    "NetworkInterfaces[].Attachment.AttachTime",
    "SecondaryInterfaces[].Status",
    "SecondaryInterfaces[].Attachment.Status",
    "SecondaryInterfaces[].Attachment.AttachTime",
    "BlockDeviceMappings[].Ebs.Status",
    "BlockDeviceMappings[].Ebs.AttachTime",
  ],
  secret: [],
  // An idempotency token, which tells what launched the instance.
  notSecret: ["ClientToken"],
  unordered: [
    "BlockDeviceMappings",
    "SecurityGroups",
    "NetworkInterfaces",
    "NetworkInterfaces[].Groups",
    "NetworkInterfaces[].PrivateIpAddresses",
    "NetworkInterfaces[].Ipv6Addresses",
    "NetworkInterfaces[].Ipv4Prefixes",
    "NetworkInterfaces[].Ipv6Prefixes",
    "SecondaryInterfaces",
    "SecondaryInterfaces[].PrivateIpAddresses",
    "ProductCodes",
    "Licenses",
    "Monitoring.MetricCategoryIds",
  ],
  categories: {
    capacity: ["InstanceType", "CpuOptions", "EbsOptimized"],
    permissions: ["IamInstanceProfile"],
    "security exposure": ["NetworkInterfaces[].Groups", "NetworkInterfaces[].SourceDestCheck", "SourceDestCheck"],
  },
  links: [
    {
      kind: "member-of",
      to: "AWS::AutoScaling::AutoScalingGroup",
      path: "tag:aws:autoscaling:groupName",
      onRemoval: "with",
    },
    { kind: "member-of", to: "AWS::EMR::Cluster", path: "tag:aws:elasticmapreduce:job-flow-id", onRemoval: "with" },
    { kind: "member-of", to: "AWS::EC2::EC2Fleet", path: "tag:aws:ec2:fleet-id", onRemoval: "with" },
    { kind: "member-of", to: "AWS::EC2::SpotFleet", path: "tag:aws:ec2spot:fleet-request-id", onRemoval: "with" },
    {
      kind: "owns",
      to: "AWS::EC2::Volume",
      path: "BlockDeviceMappings[]",
      where: { member: "Ebs.DeleteOnTermination", idAt: "Ebs.VolumeId" },
    },
    {
      kind: "owns",
      to: "AWS::EC2::NetworkInterface",
      path: "NetworkInterfaces[]",
      where: { member: "Attachment.DeleteOnTermination", idAt: "NetworkInterfaceId" },
    },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "SecurityGroups[].GroupId" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "NetworkInterfaces[].Groups[].GroupId" },
    { kind: "uses", to: "AWS::EC2::KeyPair", path: "KeyName" },
    { kind: "uses", to: "AWS::EC2::Image", path: "ImageId" },
    { kind: "uses", to: "AWS::IAM::InstanceProfile", path: "IamInstanceProfile.Arn" },
    { kind: "attached-to", to: "AWS::EC2::Subnet", path: "SubnetId" },
    { kind: "attached-to", to: "AWS::EC2::VPC", path: "VpcId" },
  ],
  defaults: "instances with Operator.Managed belong to the service that runs them (EKS Auto Mode, Lambda, ECS)",
  iam: { list: ["ec2:DescribeInstances"], read: ["ec2:DescribeInstances"] },
  pause: {
    stage: "compute",
    how: "stopped",
    ways: { hibernate: "hibernated: stopped with its memory on the root volume; only where that is enabled" },
    keepsCosting: ["EBS volumes", "Elastic IP addresses"],
    // Windows and large instances take minutes to stop; hibernation writes all of the memory.
    patienceMinutes: 15,
    iam: {
      capture: [
        "ec2:DescribeInstances",
        "ec2:DescribeInstanceAttribute",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeSpotInstanceRequests",
        "ec2:DescribeVolumes",
      ],
      pause: ["ec2:StopInstances"],
      // The grant is made in the caller's name where a volume is encrypted with a customer managed key.
      resume: ["ec2:StartInstances", "kms:CreateGrant"],
    },
  },
  removal: {
    how: "terminated",
    loses: ["its memory and its instance store"],
    preparations: {
      unprotect: { how: "termination and stop protection switched off", iam: ["ec2:ModifyInstanceAttribute"] },
    },
    patienceMinutes: 15,
    iam: { inspect: ["ec2:DescribeInstanceAttribute"], remove: ["ec2:TerminateInstances"] },
  },
  idle: [
    {
      namespace: "AWS/EC2",
      // Compute Optimizer: a peak below 5 % and less than 5 MB a day over the network. A gateway has little CPU and much network.
      signs: [
        { metric: "CPUUtilization", statistic: "Maximum", below: 5, unit: " %" },
        { metric: "NetworkIn", statistic: "Sum", below: 35_000_000, unit: " bytes" },
        { metric: "NetworkOut", statistic: "Sum", below: 35_000_000, unit: " bytes" },
      ],
      dimensions: { InstanceId: { from: "id" } },
      hours: WEEK_HOURS,
      sources: [
        IDLE_CRITERIA,
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html",
      ],
    },
  ],
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/terminating-instances.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Stop_Start.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Hibernate.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-spot-instances-request.html",
    "https://docs.aws.amazon.com/ebs/latest/userguide/how-ebs-encryption-works.html",
  ],
} as const satisfies Facts;
