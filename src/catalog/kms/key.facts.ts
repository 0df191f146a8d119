import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::KMS::Key",
  short: "kms:key",
  title: "KMS key",
  group: "identity",
  scope: "regional",
  arn: "arn:{partition}:kms:{region}:{account}:key/{id}",
  shape: { sdk: "client-kms", name: "KeyMetadata" },
  more: {
    KeyPolicy: "json",
    Aliases: "json",
    Rotation: { sdk: "client-kms", name: "GetKeyRotationStatusResponse" },
  },
  // That a person disabled a key or planned its deletion is told by Enabled and DeletionDate, which stay.
  volatile: ["KeyState", "CurrentKeyMaterialId", "Rotation.NextRotationDate", "Rotation.OnDemandRotationStartDate"],
  secret: [],
  unordered: [
    "EncryptionAlgorithms",
    "SigningAlgorithms",
    "KeyAgreementAlgorithms",
    "EncapsulationAlgorithms",
    "MacAlgorithms",
    "MultiRegionConfiguration.ReplicaKeys",
    "Aliases",
  ],
  categories: { "security exposure": ["Enabled", "DeletionDate", "Rotation", "ValidTo"] },
  links: [
    { kind: "member-of", to: "AWS::KMS::Key", path: "MultiRegionConfiguration.PrimaryKey.Arn" },
    { kind: "uses", to: "AWS::CloudHSM::Cluster", path: "CloudHsmClusterId" },
  ],
  defaults: "keys with KeyManager AWS (alias/aws/…) belong to AWS: they cost nothing and can't be changed or deleted",
  iam: {
    list: [
      "kms:ListKeys",
      "kms:ListAliases",
      "kms:DescribeKey",
      "kms:GetKeyPolicy",
      "kms:GetKeyRotationStatus",
      "tag:GetResources",
    ],
    read: ["kms:ListAliases", "kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "tag:GetResources"],
  },
  noStop:
    "a customer's own key costs by the month, also while it is disabled, until its deletion is scheduled: what it has encrypted is lost with it",
  sources: [
    "https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html",
    "https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html",
    "https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html",
  ],
} as const satisfies Facts;
