import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::SecretsManager::Secret",
  short: "secretsmanager:secret",
  title: "Secrets Manager secret",
  group: "identity",
  scope: "regional",
  // The id is the name; the ARN ends in six characters that only AWS's answer has.
  arn: "arn:{partition}:secretsmanager:{region}:{account}:secret:{id}",
  // The value is never read. A new one shows as a new version.
  shape: { sdk: "client-secrets-manager", name: "DescribeSecretResponse" },
  more: { ResourcePolicy: "json" },
  volatile: [
    "LastAccessedDate",
    "LastRotatedDate",
    "NextRotationDate",
    // Moves with the version stages and the settings, which are told themselves.
    "LastChangedDate",
    "ReplicationStatus[].Status",
    "ReplicationStatus[].StatusMessage",
    "ReplicationStatus[].LastAccessedDate",
  ],
  secret: ["ExternalSecretRotationMetadata[].Value"],
  unordered: ["ReplicationStatus", "ExternalSecretRotationMetadata", "VersionIdsToStages.*"],
  controllerOwned: [{ path: "VersionIdsToStages", by: "the secret's rotation" }],
  categories: {
    "security exposure": ["KmsKeyId", "RotationEnabled", "RotationRules"],
    permissions: ["ResourcePolicy", "ExternalSecretRotationRoleArn"],
  },
  links: [
    { kind: "uses", to: "AWS::KMS::Key", path: "KmsKeyId" },
    { kind: "uses", to: "AWS::KMS::Key", path: "ReplicationStatus[].KmsKeyId" },
    { kind: "uses", to: "AWS::Lambda::Function", path: "RotationLambdaARN" },
    { kind: "uses", to: "AWS::IAM::Role", path: "ExternalSecretRotationRoleArn" },
  ],
  defaults: "secrets with OwningService were made by an AWS service, which rotates and deletes them",
  iam: {
    list: ["secretsmanager:ListSecrets", "secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"],
    read: ["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"],
  },
  removal: {
    how: "deleted with a recovery window of 30 days; until then RestoreSecret brings it back",
    loses: ["its value and all versions, once the 30 days are over; until then nobody can read it"],
    holdsData: true,
    patienceMinutes: 5,
    iam: { inspect: [], remove: ["secretsmanager:DeleteSecret"] },
  },
  noStop: "it costs by the month until it is deleted: delete it with a recovery window if nothing reads it any more",
  sources: [
    "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html",
    "https://docs.aws.amazon.com/secretsmanager/latest/userguide/delete-secret-replica.html",
    "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html",
    "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html",
    "https://docs.aws.amazon.com/secretsmanager/latest/userguide/service-linked-secrets.html",
  ],
} as const satisfies Facts;
