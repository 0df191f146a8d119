import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::IAM::Role",
  short: "iam:role",
  title: "IAM role",
  group: "identity",
  scope: "global",
  // The ARN holds the path too, which the id has not; listings give it whole.
  arn: "arn:{partition}:iam::{account}:role/{id}",
  shape: { sdk: "client-iam", name: "RoleDetail" },
  // The details lack Description and MaxSessionDuration, which ListRoles has.
  more: {
    AssumeRolePolicyDocument: "json",
    InlinePolicies: "json",
    InstanceProfiles: "json",
    Description: "json",
    MaxSessionDuration: "json",
  },
  volatile: ["RoleLastUsed"],
  secret: [],
  // Condition keys such as `token.actions.githubusercontent.com:sub` are names, and what they ask for is no secret.
  notSecret: [
    "AssumeRolePolicyDocument.Statement[].Condition",
    "AssumeRolePolicyDocument.Statement.Condition",
    "InlinePolicies.*.Statement[].Condition",
    "InlinePolicies.*.Statement.Condition",
  ],
  unordered: [
    "AttachedManagedPolicies",
    "InstanceProfiles",
    // IAM gives the principals of a trust policy back in an order of its own.
    "AssumeRolePolicyDocument.Statement[].Principal.AWS",
    "AssumeRolePolicyDocument.Statement[].Principal.Service",
    "AssumeRolePolicyDocument.Statement[].Principal.Federated",
  ],
  categories: { permissions: ["InstanceProfiles", "MaxSessionDuration"] },
  links: [
    { kind: "uses", to: "AWS::IAM::ManagedPolicy", path: "AttachedManagedPolicies[].PolicyArn" },
    { kind: "uses", to: "AWS::IAM::ManagedPolicy", path: "PermissionsBoundary.PermissionsBoundaryArn" },
    { kind: "attached-to", to: "AWS::IAM::InstanceProfile", path: "InstanceProfiles[]", onRemoval: "after" },
  ],
  defaults: "service-linked roles (path /aws-service-role/) and Identity Center's (path /aws-reserved/) belong to AWS",
  iam: {
    list: ["iam:GetAccountAuthorizationDetails", "iam:ListRoles"],
    read: [
      "iam:GetRole",
      "iam:GetRolePolicy",
      "iam:ListAttachedRolePolicies",
      "iam:ListInstanceProfilesForRole",
      "iam:ListRolePolicies",
    ],
  },
  removal: {
    how: "deleted",
    loses: ["its unique id: policies of others that name it do not know one of the same name again"],
    preparations: {
      detach: {
        how: "managed policies detached, inline policies and permissions boundary deleted",
        releases: ["AWS::IAM::ManagedPolicy"],
        iam: ["iam:DetachRolePolicy", "iam:DeleteRolePolicy", "iam:DeleteRolePermissionsBoundary"],
      },
    },
    patienceMinutes: 5,
    iam: { inspect: [], remove: ["iam:DeleteRole"] },
  },
  sources: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleLastUsed.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleDetail.html",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html",
  ],
} as const satisfies Facts;
