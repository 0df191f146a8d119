import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::EC2::Snapshot",
  short: "ec2:snapshot",
  title: "EBS snapshot",
  group: "storage",
  scope: "regional",
  // EC2 puts no account into the ARN of a snapshot.
  arn: "arn:{partition}:ec2:{region}::snapshot/{id}",
  shape: { sdk: "client-ec2", name: "Snapshot" },
  // Public: whether every AWS account may make volumes of it. Grants to single accounts need a call per snapshot.
  more: { Public: "json" },
  // Known only once the snapshot is complete, or ended by the clock.
  volatile: ["State", "StateMessage", "Progress", "CompletionTime", "FullSnapshotSizeInBytes", "RestoreExpiryTime"],
  secret: [],
  unordered: [],
  categories: { "security exposure": ["Public"] },
  links: [{ kind: "uses", to: "AWS::KMS::Key", path: "KmsKeyId" }],
  defaults: "snapshots that AWS Backup has made are deleted by it only",
  iam: { list: ["ec2:DescribeSnapshots"], read: ["ec2:DescribeSnapshots"] },
  removal: {
    how: "deleted",
    loses: ["the data, unless a Recycle Bin rule keeps it"],
    holdsData: true,
    patienceMinutes: 15,
    iam: { inspect: [], remove: ["ec2:DeleteSnapshot"] },
  },
  noStop: "it costs by the GB until it is deleted: delete it if nothing needs it, or archive it if it is kept for long",
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSnapshot.html",
    "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-deleting-snapshot.html",
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/deleting-backups.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Snapshot.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshots.html",
    "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html",
  ],
} as const satisfies Facts;
