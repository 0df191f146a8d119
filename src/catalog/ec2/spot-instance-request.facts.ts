import type { Facts } from "../contract.ts";

export const facts = {
  // CloudFormation has no such type: this is as it would be called there.
  type: "AWS::EC2::SpotInstanceRequest",
  short: "ec2:spot-instance-request",
  title: "Spot Instance request",
  group: "compute",
  scope: "regional",
  arn: "arn:{partition}:ec2:{region}:{account}:spot-instances-request/{id}",
  shape: { sdk: "client-ec2", name: "SpotInstanceRequest" },
  // A persistent one gets another instance after each interruption, and is disabled while its owner has stopped that.
  volatile: ["State", "Status", "Fault", "InstanceId", "LaunchedAvailabilityZone", "LaunchedAvailabilityZoneId"],
  secret: ["LaunchSpecification.UserData"],
  unordered: [
    "LaunchSpecification.SecurityGroups",
    "LaunchSpecification.BlockDeviceMappings",
    "LaunchSpecification.NetworkInterfaces",
    "LaunchSpecification.NetworkInterfaces[].Groups",
  ],
  categories: {
    capacity: ["LaunchSpecification.InstanceType"],
    permissions: ["LaunchSpecification.IamInstanceProfile"],
    "security exposure": ["LaunchSpecification.SecurityGroups"],
  },
  links: [
    // A one-time request ends with its instance. For a persistent one AWS would launch another instance at once.
    {
      kind: "member-of",
      to: "AWS::EC2::Instance",
      path: "",
      where: { member: "Type", is: "one-time", idAt: "InstanceId" },
      onRemoval: "with",
    },
    {
      kind: "attached-to",
      to: "AWS::EC2::Instance",
      path: "",
      where: { member: "Type", is: "persistent", idAt: "InstanceId" },
      onRemoval: "together",
    },
    { kind: "member-of", to: "AWS::EC2::SpotFleet", path: "tag:aws:ec2spot:fleet-request-id", onRemoval: "with" },
    { kind: "member-of", to: "AWS::EC2::EC2Fleet", path: "tag:aws:ec2:fleet-id", onRemoval: "with" },
    { kind: "uses", to: "AWS::EC2::Image", path: "LaunchSpecification.ImageId" },
    { kind: "uses", to: "AWS::EC2::KeyPair", path: "LaunchSpecification.KeyName" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "LaunchSpecification.SecurityGroups[].GroupId" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "LaunchSpecification.NetworkInterfaces[].Groups[]" },
    { kind: "uses", to: "AWS::EC2::Subnet", path: "LaunchSpecification.SubnetId" },
    { kind: "uses", to: "AWS::EC2::Subnet", path: "LaunchSpecification.NetworkInterfaces[].SubnetId" },
    { kind: "uses", to: "AWS::EC2::Snapshot", path: "LaunchSpecification.BlockDeviceMappings[].Ebs.SnapshotId" },
    { kind: "uses", to: "AWS::IAM::InstanceProfile", path: "LaunchSpecification.IamInstanceProfile.Arn" },
    { kind: "uses", to: "AWS::IAM::InstanceProfile", path: "LaunchSpecification.IamInstanceProfile.Name" },
  ],
  iam: { list: ["ec2:DescribeSpotInstanceRequests"], read: ["ec2:DescribeSpotInstanceRequests"] },
  removal: {
    how: "cancelled",
    loses: [],
    patienceMinutes: 5,
    iam: { inspect: [], remove: ["ec2:CancelSpotInstanceRequests"] },
  },
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CancelSpotInstanceRequests.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SpotInstanceRequest.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-spot-instances-cancel.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-spot-instances-request.html",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html",
  ],
} as const satisfies Facts;
