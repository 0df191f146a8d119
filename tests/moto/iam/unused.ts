import type { FunctionName } from "../../../src/lambda/functions.ts";

/** What a policy allows and the run under it never asks for, by the reason. */
type Unused = Readonly<Record<string, readonly string[]>>;

/** Of types of which moto has none, or of which nothing is made for the test, only the listing is called. */
const NONE_THERE = [
  ...["apprunner:DescribeService", "codebuild:BatchGetProjects", "eks:DescribeCluster", "eks:DescribeNodegroup"],
  ...["eks:ListNodegroups", "elasticmapreduce:DescribeCluster", "elasticmapreduce:ListInstanceFleets"],
  ...["elasticmapreduce:ListInstanceGroups", "es:DescribeDomains", "sagemaker:DescribeNotebookInstance"],
  "scheduler:GetSchedule",
];
const NO_PRICES = ["ec2:DescribeReservedInstances", "pricing:GetProducts"];
/** The strict layer answers before moto's services are asked. */
const ANSWERED_BEFORE = ["lambda:ListProvisionedConcurrencyConfigs", "sagemaker:ListInferenceComponents"];

const UNUSED: Readonly<Record<FunctionName, Unused>> = {
  reaper: {
    "there is none of the type": NONE_THERE,
    "moto has no App Runner, and no prices": ["apprunner:ListServices", ...NO_PRICES],
    "only of databases": ["rds:DescribeReservedDBInstances"],
    "asked for by DescribeStacks where it names no stack, and not by moto": ["cloudformation:ListStacks"],
    "the build has left none": [
      ...["ec2:CancelSpotInstanceRequests", "ec2:DeleteLaunchTemplate", "ec2:DeleteSnapshot"],
      ...["iam:DeleteRolePermissionsBoundary", "iam:DetachRolePolicy"],
    ],
    "only where groups name each other": ["ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress"],
    "asked for by CreateSnapshot where it sets tags, and not by moto": ["ec2:CreateTags"],
    "looked through before a snapshot goes, and the build has left none": ["ec2:DescribeImages"],
  },
  snapshot: {
    "there is none of the type": NONE_THERE,
    "moto has no App Runner": ["apprunner:ListServices"],
    "asked for by DescribeStacks where it names no stack, and not by moto": ["cloudformation:ListStacks"],
    "only of listeners that speak TLS": ["elasticloadbalancing:DescribeListenerCertificates"],
    "only of a snapshot that another one was faster than": ["s3:DeleteObject"],
  },
  pause: {
    "moto has no prices": NO_PRICES,
    "the strict layer answers first": ANSWERED_BEFORE,
    "only of services that scale by themselves": ["application-autoscaling:RegisterScalableTarget"],
    "only of the way that ends the members": ["autoscaling:UpdateAutoScalingGroup"],
    "only of Spot instances": ["ec2:DescribeSpotInstanceRequests"],
    "only of services on Fargate": ["ecs:DescribeTaskDefinition"],
    "only of groups behind a load balancer": ["elasticloadbalancing:DescribeTargetHealth"],
    "only of functions that have provisioned concurrency": ["lambda:DeleteProvisionedConcurrencyConfig"],
    "only of what a schedule had paused before a budget was overspent": ["s3:DeleteObject"],
  },
  resume: {
    "the strict layer answers first": ANSWERED_BEFORE,
    "only of services that scale by themselves": ["application-autoscaling:RegisterScalableTarget"],
    "only of the way that ends the members": ["autoscaling:UpdateAutoScalingGroup"],
    "only of Spot instances": ["ec2:DescribeSpotInstanceRequests"],
    "only of services on Fargate": ["ecs:DescribeTaskDefinition"],
    "only of groups behind a load balancer": ["elasticloadbalancing:DescribeTargetHealth"],
    "asked for by EC2 where disks are encrypted, and not by moto": ["kms:CreateGrant"],
    "only of functions with a reservation, or provisioned concurrency": [
      ...["lambda:GetAccountSettings", "lambda:PutFunctionConcurrency", "lambda:PutProvisionedConcurrencyConfig"],
    ],
    "asked for by CreateEndpoint where it sets tags, and not by moto": ["sagemaker:AddTags"],
    "only of variants whose weight was changed": ["sagemaker:UpdateEndpointWeightsAndCapacities"],
  },
  "stay-stopped": {
    "of clusters, as AWS starts them again, too": ["rds:DescribeDBClusters", "rds:StopDBCluster"],
  },
  "shed-alarm": {
    "asked for by ModifyRule where a rule signs in with Cognito, and not by moto": [
      "cognito-idp:DescribeUserPoolClient",
    ],
  },
  "shed-step": {
    "asked for by ModifyRule where a rule signs in with Cognito, and not by moto": [
      "cognito-idp:DescribeUserPoolClient",
    ],
    "only where a person has to know: load is held, given back early, or the weights are lost": ["sns:Publish"],
    "called by Lambda in the function's name": ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
  },
};

export function unused(name: FunctionName): string[] {
  return Object.values(UNUSED[name]).flat().sort();
}
