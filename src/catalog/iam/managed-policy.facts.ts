import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::IAM::ManagedPolicy",
  short: "iam:managed-policy",
  title: "customer managed policy",
  group: "identity",
  scope: "global",
  // The id is the whole ARN: every call wants that, and the name alone does not tell the path.
  arn: "arn:{partition}:iam::{account}:policy/{id}",
  shape: { sdk: "client-iam", name: "ManagedPolicyDetail" },
  // The default version is what the policy says; the others are one SetDefaultPolicyVersion away from it.
  more: { PolicyDocument: "json", OtherVersions: "json" },
  volatile: ["AttachmentCount", "PermissionsBoundaryUsageCount", "UpdateDate"],
  secret: [],
  // Condition keys such as `token.actions.githubusercontent.com:sub` are names, and what they ask for is no secret.
  notSecret: [
    "PolicyDocument.Statement[].Condition",
    "PolicyDocument.Statement.Condition",
    "OtherVersions.*.Statement[].Condition",
    "OtherVersions.*.Statement.Condition",
  ],
  unordered: [],
  categories: { permissions: ["DefaultVersionId", "OtherVersions"] },
  links: [],
  iam: {
    // GetResources of the Tagging API leaves IAM's resources out, and the details their tags: one call a policy.
    list: ["iam:GetAccountAuthorizationDetails", "iam:ListPolicyTags"],
    read: ["iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyVersions"],
  },
  removal: {
    how: "deleted",
    loses: [],
    preparations: {
      versions: { how: "all versions but the default one deleted", iam: ["iam:DeletePolicyVersion"] },
    },
    patienceMinutes: 5,
    iam: { inspect: [], remove: ["iam:DeletePolicy"] },
  },
  sources: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html",
    "https://github.com/gruntwork-io/cloud-nuke/issues/972",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ManagedPolicyDetail.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html",
    "https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/supported-services.html",
  ],
} as const satisfies Facts;
