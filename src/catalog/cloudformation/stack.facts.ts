import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::CloudFormation::Stack",
  short: "cloudformation:stack",
  title: "CloudFormation stack",
  group: "management",
  scope: "regional",
  // The id is the name; the ARN ends in a UUID that only AWS's answer has.
  arn: "arn:{partition}:cloudformation:{region}:{account}:stack/{id}",
  shape: { sdk: "client-cloudformation", name: "Stack" },
  more: { Resources: { sdk: "client-cloudformation", name: "StackResourceSummary", list: true } },
  // LastUpdatedTime stays: it moves with a stack update only, and is all that tells of a changed template.
  volatile: [
    "StackStatus",
    "StackStatusReason",
    "DetailedStatus",
    "DeletionTime",
    "LastOperations",
    // A drift check moves it; what the check found stays.
    "DriftInformation.LastCheckTimestamp",
    "Resources[].LastUpdatedTimestamp",
    "Resources[].ResourceStatus",
    "Resources[].ResourceStatusReason",
    "Resources[].DriftInformation.LastCheckTimestamp",
  ],
  // Only parameters declared NoEcho are masked by AWS; outputs never are.
  secret: ["Parameters[].ParameterValue", "Parameters[].ResolvedValue", "Outputs[].OutputValue"],
  unordered: [
    "Parameters",
    "Outputs",
    "Capabilities",
    "NotificationARNs",
    "RollbackConfiguration.RollbackTriggers",
    "Resources",
  ],
  categories: { permissions: ["RoleARN", "Capabilities"] },
  links: [
    { kind: "owns", path: "Resources[]", typeAt: "ResourceType", idAt: "PhysicalResourceId" },
    { kind: "member-of", to: "AWS::CloudFormation::Stack", path: "ParentId", onRemoval: "with" },
    { kind: "uses", to: "AWS::IAM::Role", path: "RoleARN" },
    { kind: "uses", to: "AWS::SNS::Topic", path: "NotificationARNs[]" },
    {
      kind: "uses",
      to: "AWS::CloudWatch::Alarm",
      path: "RollbackConfiguration.RollbackTriggers[].Arn",
      service: "cloudwatch",
    },
  ],
  iam: {
    // Describing all stacks asks for the right to list them, too (API_DescribeStacks, StackName).
    list: ["cloudformation:DescribeStacks", "cloudformation:ListStackResources", "cloudformation:ListStacks"],
    read: ["cloudformation:DescribeStacks", "cloudformation:ListStackResources"],
  },
  removal: {
    how: "deleted with its parts",
    loses: ["its parts, except those that its template retains"],
    preparations: {
      unprotect: {
        how: "termination protection switched off",
        iam: ["cloudformation:UpdateTerminationProtection"],
      },
    },
    // As long as its slowest part takes: a distribution, a cluster, the interfaces of a function.
    patienceMinutes: 60,
    iam: { inspect: [], remove: ["cloudformation:DeleteStack", "cloudformation:ListImports"] },
  },
  sources: [
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html",
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html",
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListImports.html",
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-protect-stacks.html",
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html",
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html",
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackResourceSummary.html",
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html",
  ],
} as const satisfies Facts;
