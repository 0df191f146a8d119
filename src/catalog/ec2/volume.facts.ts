import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::EC2::Volume",
  short: "ec2:volume",
  title: "EBS volume",
  group: "storage",
  scope: "regional",
  arn: "arn:{partition}:ec2:{region}:{account}:volume/{id}",
  billed: { bare: "vol-" },
  shape: { sdk: "client-ec2", name: "Volume" },
  volatile: ["State", "Attachments[].State", "Attachments[].AttachTime"],
  secret: [],
  unordered: ["Attachments"],
  categories: { capacity: ["Size", "VolumeType", "Iops", "Throughput"] },
  links: [
    { kind: "attached-to", to: "AWS::EC2::Instance", path: "Attachments[].InstanceId", onRemoval: "after" },
    { kind: "uses", to: "AWS::KMS::Key", path: "KmsKeyId" },
  ],
  defaults: "volumes with Operator.Managed belong to the service that runs them",
  iam: { list: ["ec2:DescribeVolumes"], read: ["ec2:DescribeVolumes"] },
  removal: {
    how: "deleted",
    loses: ["its data"],
    holdsData: true,
    backup: "an EBS snapshot",
    serviceManaged: "Operator.Managed",
    // The snapshot of a large volume takes its time.
    patienceMinutes: 60,
    iam: {
      inspect: [],
      backup: ["ec2:CreateSnapshot", "ec2:CreateTags", "ec2:DescribeSnapshots"],
      remove: ["ec2:DeleteVolume"],
    },
  },
  noStop:
    "it costs by the GB also while its instance is stopped: take a snapshot, delete it, and create it again from the snapshot",
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVolume.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSnapshot.html",
    "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-deleting-volume.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Volume.html",
    "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-describing-volumes.html",
  ],
} as const satisfies Facts;
