import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::EC2::KeyPair",
  short: "ec2:key-pair",
  title: "EC2 key pair",
  group: "compute",
  scope: "regional",
  // IAM names key pairs by name, as instances and launch templates do; the id stands in the configuration.
  arn: "arn:{partition}:ec2:{region}:{account}:key-pair/{id}",
  shape: { sdk: "client-ec2", name: "KeyPairInfo" },
  volatile: [],
  secret: [],
  unordered: [],
  links: [],
  iam: { list: ["ec2:DescribeKeyPairs"], read: ["ec2:DescribeKeyPairs"] },
  removal: {
    how: "deleted",
    loses: ["the public key; whoever has the private key can import it again"],
    patienceMinutes: 1,
    iam: { inspect: [], remove: ["ec2:DeleteKeyPair"] },
  },
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteKeyPair.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_KeyPairInfo.html",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html",
  ],
} as const satisfies Facts;
