import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::IAM::Group",
  short: "iam:group",
  title: "IAM group",
  group: "identity",
  scope: "global",
  // The ARN holds the path too, which the id has not; listings give it whole.
  arn: "arn:{partition}:iam::{account}:group/{id}",
  shape: { sdk: "client-iam", name: "GroupDetail" },
  more: { InlinePolicies: "json" },
  // Members are told by the users; groups have no tags.
  volatile: [],
  secret: [],
  // Condition keys such as `token.actions.githubusercontent.com:sub` are names, and what they ask for is no secret.
  notSecret: ["InlinePolicies.*.Statement[].Condition", "InlinePolicies.*.Statement.Condition"],
  unordered: ["AttachedManagedPolicies"],
  links: [{ kind: "uses", to: "AWS::IAM::ManagedPolicy", path: "AttachedManagedPolicies[].PolicyArn" }],
  iam: {
    list: ["iam:GetAccountAuthorizationDetails"],
    read: ["iam:GetGroup", "iam:GetGroupPolicy", "iam:ListAttachedGroupPolicies", "iam:ListGroupPolicies"],
  },
  removal: {
    how: "deleted",
    loses: [],
    preparations: {
      detach: {
        how: "managed policies detached, inline policies deleted",
        releases: ["AWS::IAM::ManagedPolicy"],
        iam: ["iam:DetachGroupPolicy", "iam:DeleteGroupPolicy"],
      },
    },
    patienceMinutes: 5,
    iam: { inspect: [], remove: ["iam:DeleteGroup"] },
  },
  sources: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroup.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GroupDetail.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html",
  ],
} as const satisfies Facts;
