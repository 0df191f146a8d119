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
  // That a person disabled a key is told by Enabled, which stays. One whose deletion is scheduled is not listed.
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
  categories: { "security exposure": ["Enabled", "Rotation", "ValidTo"] },
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
  removal: {
    how: "deletion scheduled in 30 days; until then CancelKeyDeletion brings it back",
    loses: ["whatever is encrypted with it and nowhere else, once the 30 days are over; until then nobody can read it"],
    holdsData: true,
    patienceMinutes: 5,
    iam: { inspect: [], remove: ["kms:ScheduleKeyDeletion"] },
  },
  noStop:
    "a customer's own key costs by the month, also while it is disabled, until its deletion is scheduled: what it has encrypted is lost with it",
  sources: [
    "https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html",
    "https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-delete.html",
    "https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html",
    "https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html",
    "https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html",
  ],
} as const satisfies Facts;
