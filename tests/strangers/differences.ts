/** The one place where moto's and the twin's answers may differ; who is right, by AWS's own page. */

/** The servers that are held against each other. */
export type ServerName = "moto" | "twin";

/** What each of them answers: an error code, `accepted`, or what the test that names the difference makes of it. */
export interface Difference extends Readonly<Record<ServerName, string>> {
  readonly operation: string;
  /** What is asked or seen. */
  readonly of: string;
  /** `neither` = AWS has an answer that none of them gives. */
  readonly right: ServerName | "neither";
  readonly page: `https://docs.aws.amazon.com/${string}`;
}

const EC2 = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference";
const EC2_ERRORS = `${EC2}/errors-overview.html` as const;
const S3_GUIDE = "https://docs.aws.amazon.com/AmazonS3/latest/userguide";

export const DIFFERENCES = {
  defaultGateway: {
    operation: "ec2 DescribeInternetGateways",
    of: "gateways of an account's default VPC",
    moto: "none",
    twin: "one",
    right: "twin",
    page: "https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html",
  },
  imageSnapshot: {
    operation: "ec2 RegisterImage",
    of: "the snapshot behind the root device",
    moto: "one of moto's own making",
    twin: "the one that was given",
    right: "twin",
    page: `${EC2}/API_RegisterImage.html`,
  },
  imageTags: {
    operation: "ec2 RegisterImage",
    of: "tags given in TagSpecifications",
    moto: "lost",
    twin: "kept",
    right: "twin",
    page: `${EC2}/API_RegisterImage.html`,
  },
  streamTags: {
    operation: "kinesis CreateStream",
    of: "tags given with the stream",
    moto: "lost",
    twin: "kept",
    right: "twin",
    page: "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html",
  },
  noNatGateway: {
    operation: "ec2 DeleteNatGateway",
    of: "an id that is nowhere",
    moto: "InternalFailure",
    twin: "NatGatewayNotFound",
    right: "twin",
    page: EC2_ERRORS,
  },
  noLaunchTemplate: {
    operation: "ec2 DeleteLaunchTemplate",
    of: "an id that is nowhere",
    moto: "InvalidLaunchTemplateName.NotFoundException",
    twin: "InvalidLaunchTemplateId.NotFound",
    right: "twin",
    page: EC2_ERRORS,
  },
  attachedTwice: {
    operation: "ec2 AttachVolume",
    of: "a volume that is attached",
    moto: "accepted",
    twin: "VolumeInUse",
    right: "twin",
    page: EC2_ERRORS,
  },
  detachedTwice: {
    operation: "ec2 DetachVolume",
    of: "a volume that is not attached",
    moto: "InternalFailure",
    twin: "IncorrectState",
    right: "twin",
    page: EC2_ERRORS,
  },
  startedGone: {
    operation: "ec2 StartInstances",
    of: "a terminated instance",
    moto: "accepted",
    twin: "IncorrectInstanceState",
    right: "twin",
    page: EC2_ERRORS,
  },
  stoppedGone: {
    operation: "ec2 StopInstances",
    of: "a terminated instance",
    moto: "accepted",
    twin: "IncorrectInstanceState",
    right: "twin",
    page: EC2_ERRORS,
  },
  resizedRunning: {
    operation: "ec2 ModifyInstanceAttribute",
    of: "the type of a running instance",
    moto: "accepted",
    twin: "IncorrectInstanceState",
    right: "twin",
    page: EC2_ERRORS,
  },
  mainRouteTable: {
    operation: "ec2 DeleteRouteTable",
    of: "the main route table of a VPC",
    moto: "accepted",
    twin: "DependencyViolation",
    right: "twin",
    page: `${EC2}/API_DeleteRouteTable.html`,
  },
  revokedTwice: {
    operation: "ec2 RevokeSecurityGroupIngress",
    of: "a rule that a group of the default VPC has not",
    moto: "InvalidPermission.NotFound",
    twin: "accepted",
    right: "twin",
    page: `${EC2}/API_RevokeSecurityGroupIngress.html`,
  },
  noFinalSnapshot: {
    operation: "rds DeleteDBInstance",
    of: "a database, with no word about a final snapshot",
    moto: "accepted",
    twin: "InvalidParameterCombination",
    right: "twin",
    page: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html",
  },
  sameSubnetGroup: {
    operation: "rds CreateDBSubnetGroup",
    of: "a name that is taken",
    moto: "accepted",
    twin: "DBSubnetGroupAlreadyExists",
    right: "twin",
    page: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSubnetGroup.html",
  },
  fleetTooLarge: {
    operation: "autoscaling SetDesiredCapacity",
    of: "more than the group's maximum",
    moto: "accepted",
    twin: "ValidationError",
    right: "twin",
    page: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html",
  },
  fleetInUse: {
    operation: "autoscaling DeleteAutoScalingGroup",
    of: "a group with instances, without force",
    moto: "accepted",
    twin: "ResourceInUse",
    right: "twin",
    page: "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DeleteAutoScalingGroup.html",
  },
  bucketPublicAccess: {
    operation: "s3 GetPublicAccessBlock",
    of: "a new bucket",
    moto: "NoSuchPublicAccessBlockConfiguration",
    twin: "accepted",
    right: "twin",
    page: `${S3_GUIDE}/access-control-block-public-access.html`,
  },
  bucketEncryption: {
    operation: "s3 GetBucketEncryption",
    of: "a new bucket",
    moto: "ServerSideEncryptionConfigurationNotFoundError",
    twin: "accepted",
    right: "twin",
    page: `${S3_GUIDE}/default-bucket-encryption.html`,
  },
  sameTargetGroup: {
    operation: "elbv2 CreateTargetGroup",
    of: "a target group that is there, with the same settings",
    moto: "DuplicateTargetGroupName",
    twin: "accepted",
    right: "twin",
    page: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html",
  },
  listenerTaken: {
    operation: "elbv2 CreateListener",
    of: "a port that has a listener, with other settings",
    moto: "accepted",
    twin: "DuplicateListener",
    right: "twin",
    page: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html",
  },
  keyPendingDeletion: {
    operation: "kms DisableKey",
    of: "a key that is pending deletion",
    moto: "accepted",
    twin: "KMSInvalidStateException",
    right: "twin",
    page: "https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html",
  },
  protectedStack: {
    operation: "cloudformation DeleteStack",
    of: "a stack with termination protection",
    moto: "accepted",
    twin: "ValidationError",
    right: "twin",
    page: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-protect-stacks.html",
  },
  undefinedValue: {
    operation: "dynamodb PutItem",
    of: "a condition with a value that is not given",
    moto: "InternalFailure",
    twin: "ValidationException",
    right: "twin",
    page: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ExpressionAttributeValues.html",
  },
  brokenCondition: {
    operation: "dynamodb PutItem",
    of: "a condition whose parenthesis is not closed",
    moto: "InternalFailure",
    twin: "ValidationException",
    right: "twin",
    page: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ConditionExpressions.html",
  },
  purgedTwice: {
    operation: "sqs PurgeQueue",
    of: "a queue that was emptied within the last minute",
    moto: "accepted",
    twin: "AWS.SimpleQueueService.PurgeQueueInProgress",
    right: "twin",
    page: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html",
  },
  /** Neither pretends: a call that is not simulated is never a silent success. */
  notSimulated: {
    operation: "any",
    of: "an operation that the server does not simulate",
    moto: "NotImplemented",
    twin: "UnknownOperation",
    right: "neither",
    page: EC2_ERRORS,
  },
} as const satisfies Readonly<Record<string, Difference>>;
