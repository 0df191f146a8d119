import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::EC2::EIP",
  short: "ec2:eip",
  title: "Elastic IP address",
  group: "network",
  scope: "regional",
  arn: "arn:{partition}:ec2:{region}:{account}:elastic-ip/{id}",
  shape: { sdk: "client-ec2", name: "Address" },
  // An Elastic IP address and its association stay through stop and start: nothing here moves by itself.
  volatile: [],
  secret: [],
  unordered: [],
  links: [
    { kind: "attached-to", to: "AWS::EC2::Instance", path: "InstanceId", onRemoval: "after" },
    { kind: "attached-to", to: "AWS::EC2::NetworkInterface", path: "NetworkInterfaceId", onRemoval: "after" },
  ],
  defaults: "addresses with ServiceManaged are released by the service that holds them",
  iam: { list: ["ec2:DescribeAddresses"], read: ["ec2:DescribeAddresses"] },
  removal: {
    how: "released",
    loses: ["the address itself, which AWS may give to somebody else"],
    patienceMinutes: 15,
    iam: { inspect: [], remove: ["ec2:ReleaseAddress"] },
  },
  noStop: "it costs by the hour, attached or idle: release it if nobody needs the same address again",
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReleaseAddress.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Address.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html",
  ],
} as const satisfies Facts;
