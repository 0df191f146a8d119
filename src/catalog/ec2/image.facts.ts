import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::EC2::Image",
  short: "ec2:image",
  title: "AMI",
  group: "compute",
  scope: "regional",
  // EC2 puts no account into the ARN of an image.
  arn: "arn:{partition}:ec2:{region}::image/{id}",
  shape: { sdk: "client-ec2", name: "Image" },
  // Disabled: set by its owner, though AWS tells it as a state.
  more: { Disabled: "json" },
  volatile: [
    "State",
    "StateReason",
    "LastLaunchedTime",
    // Amazon Inspector's findings.
    "ScanResults",
    // What the account's Allowed AMIs settings say of it, no setting of its own.
    "ImageAllowed",
  ],
  secret: [],
  unordered: [
    "BlockDeviceMappings",
    "ProductCodes",
    "ImageWatermarks",
    "InstanceTypeSpecification.SupportedInstanceTypes",
    "InstanceTypeSpecification.UnsupportedInstanceTypes",
  ],
  categories: { "security exposure": ["Public"] },
  links: [
    { kind: "uses", to: "AWS::EC2::Snapshot", path: "BlockDeviceMappings[].Ebs.SnapshotId" },
    { kind: "uses", to: "AWS::KMS::Key", path: "BlockDeviceMappings[].Ebs.KmsKeyId" },
  ],
  defaults: "images that AWS Backup has made are deleted by it only",
  iam: { list: ["ec2:DescribeImages"], read: ["ec2:DescribeImages"] },
  removal: {
    how: "deregistered",
    loses: ["the image, unless a Recycle Bin rule keeps it; its snapshots stay until their own steps"],
    holdsData: true,
    preparations: {
      unprotect: {
        how: "deregistration protection switched off",
        iam: ["ec2:DisableImageDeregistrationProtection"],
      },
    },
    patienceMinutes: 15,
    iam: { inspect: [], remove: ["ec2:DeregisterImage"] },
  },
  noStop: "its snapshots cost by the GB until the image is deregistered and they are deleted",
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeregisterImage.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableImageDeregistrationProtection.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-deregistration-protection.html",
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/deleting-backups.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Image.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/disable-an-ami.html",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html",
  ],
} as const satisfies Facts;
