import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::IAM::User",
  short: "iam:user",
  title: "IAM user",
  group: "identity",
  scope: "global",
  // The ARN holds the path too, which the id has not; listings give it whole.
  arn: "arn:{partition}:iam::{account}:user/{id}",
  shape: { sdk: "client-iam", name: "UserDetail" },
  // How the user signs in, from calls of its own. Key ids are told apart and hidden by redaction.
  more: {
    InlinePolicies: "json",
    AccessKeys: "json",
    LoginProfile: { sdk: "client-iam", name: "LoginProfile" },
    MFADevices: "json",
  },
  // PasswordLastUsed and keys' last use are in no answer that is read here.
  volatile: [],
  secret: [],
  // Condition keys such as `token.actions.githubusercontent.com:sub` are names, and what they ask for is no secret.
  notSecret: ["InlinePolicies.*.Statement[].Condition", "InlinePolicies.*.Statement.Condition"],
  unordered: ["AttachedManagedPolicies", "GroupList", "AccessKeys", "MFADevices"],
  categories: { permissions: ["GroupList"], "security exposure": ["AccessKeys", "LoginProfile", "MFADevices"] },
  links: [
    { kind: "member-of", to: "AWS::IAM::Group", path: "GroupList[]" },
    { kind: "uses", to: "AWS::IAM::ManagedPolicy", path: "AttachedManagedPolicies[].PolicyArn" },
    { kind: "uses", to: "AWS::IAM::ManagedPolicy", path: "PermissionsBoundary.PermissionsBoundaryArn" },
  ],
  iam: {
    list: ["iam:GetAccountAuthorizationDetails", "iam:GetLoginProfile", "iam:ListAccessKeys", "iam:ListMFADevices"],
    read: [
      "iam:GetLoginProfile",
      "iam:GetUser",
      "iam:GetUserPolicy",
      "iam:ListAccessKeys",
      "iam:ListAttachedUserPolicies",
      "iam:ListGroupsForUser",
      "iam:ListMFADevices",
      "iam:ListUserPolicies",
    ],
  },
  removal: {
    how: "deleted",
    loses: ["its password, keys and MFA devices"],
    preparations: {
      credentials: {
        how: "password, access keys, SSH keys, certificates, service credentials and MFA devices deleted",
        iam: [
          "iam:DeleteLoginProfile",
          "iam:DeleteAccessKey",
          "iam:DeleteSSHPublicKey",
          "iam:DeleteSigningCertificate",
          "iam:DeleteServiceSpecificCredential",
          "iam:DeactivateMFADevice",
          "iam:DeleteVirtualMFADevice",
        ],
      },
      detach: {
        how: "removed from its groups, managed policies detached, inline policies and permissions boundary deleted",
        releases: ["AWS::IAM::Group", "AWS::IAM::ManagedPolicy"],
        iam: [
          "iam:RemoveUserFromGroup",
          "iam:DetachUserPolicy",
          "iam:DeleteUserPolicy",
          "iam:DeleteUserPermissionsBoundary",
        ],
      },
    },
    patienceMinutes: 5,
    iam: {
      inspect: ["iam:ListSSHPublicKeys", "iam:ListSigningCertificates", "iam:ListServiceSpecificCredentials"],
      remove: ["iam:DeleteUser"],
    },
  },
  sources: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteVirtualMFADevice.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users_remove.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UserDetail.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetLoginProfile.html",
  ],
} as const satisfies Facts;
