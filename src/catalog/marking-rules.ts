import type { ResourceType } from "../model/resource.ts";
import { factsOf } from "./registry.ts";

/* How tags of resources are set and taken away, as data: imports no SDK. */

/** By which API a type is tagged, and the IAM actions for it. */
export interface MarkingRule {
  readonly by: "ec2" | "iam" | "tagging";
  readonly mark: readonly string[];
  readonly unmark: readonly string[];
}

/** What AWS has no tags for, or changes more than tags of. */
const NEVER: Readonly<Record<ResourceType, string>> = {
  "AWS::AutoScaling::LaunchConfiguration": "launch configurations can't have tags",
  // Source: Resource Groups Tagging API reference, TagResources.
  "AWS::CloudFormation::Stack": "AWS changes a stack's tags only by an update of the whole stack",
  "AWS::IAM::Group": "IAM groups can't have tags",
  "AWS::Scheduler::Schedule": "schedules can't have tags, only their groups can",
};

const iam = (kind: string): MarkingRule => ({ by: "iam", mark: [`iam:Tag${kind}`], unmark: [`iam:Untag${kind}`] });

/** Source: Resource Groups Tagging API reference, "Services that support the Resource Groups Tagging API". */
const IAM: Readonly<Record<ResourceType, MarkingRule>> = {
  "AWS::IAM::InstanceProfile": iam("InstanceProfile"),
  "AWS::IAM::ManagedPolicy": iam("Policy"),
  "AWS::IAM::Role": iam("Role"),
  "AWS::IAM::User": iam("User"),
};

/**
 * The Tagging API asks for the right to tag by the service's own call, too. Source: Resource Groups Tagging API reference,
 * TagResources; the service authorisation reference of each service.
 */
const SERVICES: Readonly<Record<string, readonly [mark: string, unmark: string, ...also: string[]]>> = {
  AppRunner: ["apprunner:TagResource", "apprunner:UntagResource"],
  AutoScaling: ["autoscaling:CreateOrUpdateTags", "autoscaling:DeleteTags"],
  CloudWatch: ["cloudwatch:TagResource", "cloudwatch:UntagResource"],
  // CodeBuild has no call for tags alone.
  CodeBuild: ["codebuild:UpdateProject", "codebuild:UpdateProject"],
  DMS: ["dms:AddTagsToResource", "dms:RemoveTagsFromResource"],
  DocDB: ["rds:AddTagsToResource", "rds:RemoveTagsFromResource"],
  DynamoDB: ["dynamodb:TagResource", "dynamodb:UntagResource"],
  ECS: ["ecs:TagResource", "ecs:UntagResource"],
  EKS: ["eks:TagResource", "eks:UntagResource"],
  EMR: ["elasticmapreduce:AddTags", "elasticmapreduce:RemoveTags"],
  ElastiCache: ["elasticache:AddTagsToResource", "elasticache:RemoveTagsFromResource"],
  ElasticLoadBalancingV2: ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"],
  Events: ["events:TagResource", "events:UntagResource"],
  Glue: ["glue:TagResource", "glue:UntagResource"],
  KMS: ["kms:TagResource", "kms:UntagResource"],
  Kinesis: ["kinesis:AddTagsToStream", "kinesis:RemoveTagsFromStream"],
  Lambda: ["lambda:TagResource", "lambda:UntagResource"],
  Logs: ["logs:TagResource", "logs:UntagResource"],
  MSK: ["kafka:TagResource", "kafka:UntagResource"],
  Neptune: ["rds:AddTagsToResource", "rds:RemoveTagsFromResource"],
  OpenSearchService: ["es:AddTags", "es:RemoveTags"],
  RDS: ["rds:AddTagsToResource", "rds:RemoveTagsFromResource"],
  Redshift: ["redshift:CreateTags", "redshift:DeleteTags"],
  // S3 knows only all tags of a bucket at once: they are read and written back.
  S3: ["s3:PutBucketTagging", "s3:PutBucketTagging", "s3:GetBucketTagging"],
  SNS: ["sns:TagResource", "sns:UntagResource"],
  SQS: ["sqs:TagQueue", "sqs:UntagQueue"],
  SageMaker: ["sagemaker:AddTags", "sagemaker:DeleteTags"],
  SecretsManager: ["secretsmanager:TagResource", "secretsmanager:UntagResource"],
  WorkSpaces: ["workspaces:CreateTags", "workspaces:DeleteTags"],
};

/** How a type is tagged, or why it can't be. */
export function markingOf(type: ResourceType): MarkingRule | { readonly never: string } {
  const never = NEVER[type];
  if (never) return { never };
  const own = IAM[type];
  if (own) return own;
  const [, service = ""] = type.split("::");
  if (service === "EC2") return { by: "ec2", mark: ["ec2:CreateTags"], unmark: ["ec2:DeleteTags"] };
  const actions = SERVICES[service];
  if (!actions) return { never: `Evenkeel does not know how to tag ${factsOf(type)?.title ?? type}s` };
  const [mark, unmark, ...also] = actions;
  return {
    by: "tagging",
    mark: ["tag:TagResources", mark, ...also],
    unmark: ["tag:UntagResources", unmark, ...also],
  };
}
