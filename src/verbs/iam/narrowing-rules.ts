/*
 * What each action can be narrowed to, where that is not the ARN of the type for which it is asked. As data.
 * Source: service authorization reference, "Actions, resources, and condition keys" of each service.
 */

/** What AWS takes no resource for, by service. */
export const WITHOUT_RESOURCE: Readonly<Record<string, readonly string[]>> = {
  "application-autoscaling": ["DescribeScalableTargets"],
  apprunner: ["ListServices"],
  autoscaling: ["DescribeAutoScalingGroups", "DescribeLaunchConfigurations"],
  cloudformation: ["ListImports", "ListStacks"],
  cloudtrail: ["LookupEvents"],
  codebuild: ["ListProjects"],
  dms: ["DescribeReplicationInstances", "DescribeReplicationTasks"],
  dynamodb: ["ListBackups", "ListTables"],
  ecs: ["DeregisterTaskDefinition", "DescribeTaskDefinition", "ListClusters", "ListServices", "ListTaskDefinitions"],
  eks: ["ListClusters"],
  elasticmapreduce: ["ListClusters"],
  es: ["ListDomainNames"],
  events: ["ListEventBuses", "ListRules"],
  glue: ["GetTriggers"],
  iam: ["GetAccountAuthorizationDetails", "ListAccountAliases", "ListInstanceProfiles", "ListRoles"],
  kafka: ["ListClustersV2"],
  kinesis: ["ListStreams", "UpdateShardCount"],
  kms: ["ListAliases", "ListKeys"],
  lambda: ["GetAccountSettings", "ListEventSourceMappings", "ListFunctions"],
  logs: ["DescribeLogGroups"],
  pricing: ["GetProducts"],
  s3: ["ListAllMyBuckets"],
  sagemaker: ["ListEndpointConfigs", "ListEndpoints", "ListInferenceComponents", "ListModels", "ListNotebookInstances"],
  scheduler: ["ListSchedules"],
  secretsmanager: ["ListSecrets"],
  sns: ["ListTopics"],
  sqs: ["ListQueues"],
  sts: ["GetCallerIdentity"],
  tag: ["GetResources", "TagResources", "UntagResources"],
  workspaces: ["CreateTags", "DeleteTags", "DescribeWorkspaces"],
};

/** Of these services it is all of the reading calls, but for the few that stand elsewhere. */
export const READS_WITHOUT_RESOURCE = /^(ec2|elasticloadbalancing):Describe/;
export const READS_WITH_RESOURCE: readonly string[] = ["ec2:DescribeInstanceAttribute", "ec2:DescribeVpcAttribute"];

/** What AWS has resources for, and what must be allowed for all of them even so, with the reason. */
export const OPEN: Readonly<Record<string, string>> = {
  // Source: service authorization reference of Cost Explorer: a billing view, which a request may name and ours does not.
  "ce:GetCostAndUsage": "no billing view is named, and AWS does not say which one it takes for that",
  "ce:GetCostAndUsageWithResources": "no billing view is named, and AWS does not say which one it takes for that",
  // Source: CloudFormation API reference, DescribeStacks: its example of a denial takes every stack's ARN out.
  "cloudformation:DescribeStacks": "all stacks are asked for at once, which is a question about none of them",
  // Source: CloudWatch API reference, DescribeAlarms.
  "cloudwatch:DescribeAlarms": "AWS tells of composite alarms only where this is allowed for everything",
  // Source: service authorization reference of CloudWatch: only data sets are resources of it, and metrics are in none.
  "cloudwatch:GetMetricData": "metrics of AWS services have no ARN",
  // Source: github.com/cdklabs/construct-hub/pull/1207: AWS's refusal names `*` where the tasks of a whole cluster are listed.
  "ecs:ListTasks": "only tasks of one container instance have a resource, not those of a cluster",
};

/** `service:rest` = `arn:{partition}:service:{region}:{account}:rest`. */
export const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  "application-autoscaling:RegisterScalableTarget": ["application-autoscaling:scalable-target/*"],
  "cognito-idp:DescribeUserPoolClient": ["cognito-idp:userpool/*"],
  "ec2:CreateSnapshot": ["ec2:volume/*", "arn:{partition}:ec2:{region}::snapshot/*"],
  // Besides Evenkeel's own tags: those that a snapshot is made with.
  "ec2:CreateTags": ["arn:{partition}:ec2:{region}::snapshot/*"],
  "ec2:DetachInternetGateway": ["ec2:internet-gateway/*", "ec2:vpc/*"],
  "ec2:DisassociateRouteTable": ["ec2:internet-gateway/*", "ec2:route-table/*", "ec2:subnet/*", "ec2:vpn-gateway/*"],
  "ec2:ReplaceNetworkAclAssociation": ["ec2:network-acl/*", "ec2:subnet/*"],
  "ecs:DescribeTasks": ["ecs:task/*"],
  "ecs:StopTask": ["ecs:task/*"],
  "eks:DeleteFargateProfile": ["eks:fargateprofile/*"],
  "eks:ListNodegroups": ["eks:cluster/*"],
  "elasticache:CreateSnapshot": ["elasticache:cluster:*", "elasticache:replicationgroup:*", "elasticache:snapshot:*"],
  "elasticache:DeleteCacheCluster": ["elasticache:cluster:*", "elasticache:snapshot:*"],
  "elasticache:DeleteReplicationGroup": ["elasticache:replicationgroup:*", "elasticache:snapshot:*"],
  "iam:DeleteVirtualMFADevice": ["arn:{partition}:iam::{account}:mfa/*"],
  "iam:PassRole": ["arn:{partition}:iam::{account}:role/*"],
  "iam:RemoveUserFromGroup": ["arn:{partition}:iam::{account}:group/*"],
  "kms:CreateGrant": ["kms:key/*"],
  "rds:CreateDBClusterSnapshot": ["rds:cluster:*", "rds:cluster-snapshot:*"],
  "rds:CreateDBSnapshot": ["rds:db:*", "rds:snapshot:*"],
  "rds:DeleteDBCluster": ["rds:cluster:*", "rds:cluster-snapshot:*"],
  "rds:DescribeDBClusters": ["rds:cluster:*"],
  "rds:DescribeReservedDBInstances": ["rds:ri:*"],
  "rds:RemoveFromGlobalCluster": ["rds:cluster:*", "arn:{partition}:rds::{account}:global-cluster:*"],
  "rds:StartDBCluster": ["rds:cluster:*"],
  "redshift:CreateClusterSnapshot": ["redshift:cluster:*", "redshift:snapshot:*"],
  "s3:AbortMultipartUpload": ["arn:{partition}:s3:::*/*"],
  "s3:DeleteObject": ["arn:{partition}:s3:::*/*"],
  "s3:DeleteObjectVersion": ["arn:{partition}:s3:::*/*"],
  "sagemaker:CreateEndpoint": ["sagemaker:endpoint/*", "sagemaker:endpoint-config/*"],
  "sagemaker:DescribeEndpointConfig": ["sagemaker:endpoint-config/*"],
  "sagemaker:DescribeModel": ["sagemaker:model/*"],
};

type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** What else must be so, where AWS tells it of the call. */
export const ONLY_WHERE: Readonly<Record<string, Condition>> = {
  // Source: EC2 user guide, "Grant permission to tag Amazon EC2 resources during creation".
  "ec2:CreateTags": { StringEquals: { "ec2:CreateAction": "CreateSnapshot" } },
  // Of disks that are encrypted. Source: KMS developer guide, "AWS KMS condition keys": kms:GrantIsForAWSResource.
  "kms:CreateGrant": {
    Bool: { "kms:GrantIsForAWSResource": "true" },
    StringLike: { "kms:ViaService": "ec2.*.amazonaws.com*" },
  },
};

/** Tags are set and taken away by their keys, so no right to tag reaches beyond Evenkeel's own. */
export const OWN_TAGS: Condition = { "ForAllValues:StringLike": { "aws:TagKeys": ["evenkeel:*"] } };

/** These write more than tags, or all tags of a thing at once. */
export const TAGS_AND_MORE: readonly string[] = [
  "codebuild:UpdateProject",
  "s3:GetBucketTagging",
  "s3:PutBucketTagging",
];
