import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::OpenSearchService::Domain",
  short: "es:domain",
  title: "OpenSearch domain",
  group: "databases",
  scope: "regional",
  arn: "arn:{partition}:es:{region}:{account}:domain/{id}",
  shape: { sdk: "client-opensearch", name: "DomainStatus" },
  // A text in the API, parsed here.
  more: { AccessPolicies: "json" },
  volatile: [
    "Created",
    "Deleted",
    "Processing",
    "UpgradeProcessing",
    "DomainProcessingStatus",
    "ChangeProgressDetails",
    "ModifyingProperties",
    // What AWS has to offer, and has installed by itself.
    "ServiceSoftwareOptions",
    "AutoTuneOptions.ErrorMessage",
    "AIMLOptions.NaturalLanguageQueryGenerationOptions.CurrentState",
    "AutomatedSnapshotPauseOptions.State",
  ],
  secret: [],
  unordered: [
    "VPCOptions.SubnetIds",
    "VPCOptions.AvailabilityZones",
    "VPCOptions.SecurityGroupIds",
    "ClusterConfig.NodeOptions",
  ],
  categories: {
    capacity: ["ClusterConfig", "EBSOptions"],
    "security exposure": [
      "VPCOptions",
      "EncryptionAtRestOptions",
      "NodeToNodeEncryptionOptions",
      "DomainEndpointOptions",
      "AdvancedSecurityOptions",
    ],
    permissions: ["AccessPolicies", "CognitoOptions", "IdentityCenterOptions"],
  },
  links: [
    { kind: "attached-to", to: "AWS::EC2::VPC", path: "VPCOptions.VPCId" },
    { kind: "attached-to", to: "AWS::EC2::Subnet", path: "VPCOptions.SubnetIds[]" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "VPCOptions.SecurityGroupIds[]" },
    { kind: "uses", to: "AWS::KMS::Key", path: "EncryptionAtRestOptions.KmsKeyId" },
    { kind: "uses", to: "AWS::IAM::Role", path: "CognitoOptions.RoleArn" },
    { kind: "uses", to: "AWS::Logs::LogGroup", path: "LogPublishingOptions.*.CloudWatchLogsLogGroupArn" },
  ],
  iam: {
    list: ["es:ListDomainNames", "es:DescribeDomains", "tag:GetResources"],
    read: ["es:DescribeDomains", "tag:GetResources"],
  },
  removal: {
    how: "deleted",
    loses: ["its indices, and its automated snapshots with them", "its endpoint: one made anew gets another"],
    holdsData: true,
    patienceMinutes: 60,
    iam: { inspect: [], remove: ["es:DeleteDomain"] },
  },
  noStop:
    "its nodes and their storage cost by the hour until it is deleted: leave it, use fewer or smaller nodes, or take a snapshot into a bucket of your own, delete it and restore that into a new one; its automated snapshots go with it",
  sources: [
    "https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DeleteDomain.html",
    "https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DomainStatus.html",
    "https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DescribeDomains.html",
    "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-snapshots.html",
  ],
} as const satisfies Facts;
