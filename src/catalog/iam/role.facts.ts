import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::IAM::Role",
  short: "iam:role",
  title: "IAM role",
  group: "identity",
  scope: "global",
  arn: "arn:{partition}:iam::{account}:role/{id}",
  shape: { sdk: "client-iam", name: "RoleDetail" },
  more: { AssumeRolePolicyDocument: "json", InlinePolicies: "json", InstanceProfiles: "json" },
  volatile: ["RoleLastUsed"],
  secret: [],
  unordered: ["AttachedManagedPolicies", "InstanceProfiles"],
  links: [
    { kind: "uses", to: "AWS::IAM::ManagedPolicy", path: "AttachedManagedPolicies[].PolicyArn" },
    { kind: "uses", to: "AWS::IAM::ManagedPolicy", path: "PermissionsBoundary.PermissionsBoundaryArn" },
  ],
  defaults: "service-linked roles (path /aws-service-role/) and Identity Center's (path /aws-reserved/) belong to AWS",
  iam: { list: ["iam:GetAccountAuthorizationDetails"], read: ["iam:GetRole", "iam:GetAccountAuthorizationDetails"] },
  sources: ["https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html"],
} as const satisfies Facts;
