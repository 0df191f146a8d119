import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::IAM::InstanceProfile",
  short: "iam:instance-profile",
  title: "IAM instance profile",
  group: "identity",
  scope: "global",
  // The ARN holds the path too, which the id has not; listings give it whole.
  arn: "arn:{partition}:iam::{account}:instance-profile/{id}",
  shape: { sdk: "client-iam", name: "InstanceProfile" },
  // Answers hold each role in full, which is told with the role itself.
  more: { RoleNames: "json" },
  volatile: [],
  secret: [],
  unordered: ["RoleNames"],
  categories: { permissions: ["RoleNames"] },
  links: [{ kind: "uses", to: "AWS::IAM::Role", path: "RoleNames[]" }],
  iam: {
    // GetResources of the Tagging API leaves IAM's resources out, and listings their tags: one call a profile.
    list: ["iam:GetInstanceProfile", "iam:ListInstanceProfiles"],
    read: ["iam:GetInstanceProfile"],
  },
  removal: {
    how: "deleted",
    loses: [],
    preparations: {
      empty: {
        how: "its role removed from it",
        releases: ["AWS::IAM::Role"],
        iam: ["iam:RemoveRoleFromInstanceProfile"],
      },
    },
    patienceMinutes: 5,
    iam: { inspect: [], remove: ["iam:DeleteInstanceProfile"] },
  },
  sources: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteInstanceProfile.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveRoleFromInstanceProfile.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html",
    "https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/supported-services.html",
    "https://github.com/infrahouse/infrahouse-toolkit/issues/229",
  ],
} as const satisfies Facts;
