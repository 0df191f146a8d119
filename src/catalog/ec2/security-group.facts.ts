import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::EC2::SecurityGroup",
  short: "ec2:security-group",
  title: "security group",
  group: "network",
  scope: "regional",
  arn: "arn:{partition}:ec2:{region}:{account}:security-group/{id}",
  shape: { sdk: "client-ec2", name: "SecurityGroup" },
  // Moves with the peering connection that a reference goes through.
  volatile: [
    "IpPermissions[].UserIdGroupPairs[].PeeringStatus",
    "IpPermissionsEgress[].UserIdGroupPairs[].PeeringStatus",
  ],
  secret: [],
  unordered: [
    "IpPermissions",
    "IpPermissions[].UserIdGroupPairs",
    "IpPermissions[].IpRanges",
    "IpPermissions[].Ipv6Ranges",
    "IpPermissions[].PrefixListIds",
    "IpPermissionsEgress",
    "IpPermissionsEgress[].UserIdGroupPairs",
    "IpPermissionsEgress[].IpRanges",
    "IpPermissionsEgress[].Ipv6Ranges",
    "IpPermissionsEgress[].PrefixListIds",
  ],
  links: [
    { kind: "attached-to", to: "AWS::EC2::VPC", path: "VpcId" },
    {
      kind: "member-of",
      to: "AWS::EC2::VPC",
      path: "",
      where: { member: "GroupName", is: "default", idAt: "VpcId" },
      onRemoval: "with",
    },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "IpPermissions[].UserIdGroupPairs[].GroupId" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "IpPermissionsEgress[].UserIdGroupPairs[].GroupId" },
    { kind: "uses", to: "AWS::EC2::PrefixList", path: "IpPermissions[].PrefixListIds[].PrefixListId" },
    { kind: "uses", to: "AWS::EC2::PrefixList", path: "IpPermissionsEgress[].PrefixListIds[].PrefixListId" },
  ],
  defaults: "the group named default of each VPC can't be deleted",
  iam: { list: ["ec2:DescribeSecurityGroups"], read: ["ec2:DescribeSecurityGroups"] },
  removal: {
    how: "deleted",
    loses: [],
    preparations: {
      revoke: {
        how: "the rules that name other groups revoked",
        releases: ["AWS::EC2::SecurityGroup"],
        iam: ["ec2:RevokeSecurityGroupIngress", "ec2:RevokeSecurityGroupEgress"],
      },
    },
    // The network interfaces of a function linger for up to forty minutes.
    patienceMinutes: 45,
    iam: { inspect: [], remove: ["ec2:DeleteSecurityGroup"] },
  },
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroup.html",
    "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
  ],
} as const satisfies Facts;
