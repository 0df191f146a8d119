import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::ElastiCache::ReplicationGroup",
  short: "elasticache:replication-group",
  title: "ElastiCache replication group",
  group: "databases",
  scope: "regional",
  arn: "arn:{partition}:elasticache:{region}:{account}:replicationgroup:{id}",
  shape: { sdk: "client-elasticache", name: "ReplicationGroup" },
  volatile: [
    "Status",
    "PendingModifiedValues.Resharding",
    "PendingModifiedValues.AuthTokenStatus",
    "NodeGroups[].Status",
    // A failover changes the primary.
    "NodeGroups[].NodeGroupMembers[].CurrentRole",
    "LogDeliveryConfigurations[].Status",
    "LogDeliveryConfigurations[].Message",
  ],
  secret: [],
  notSecret: ["AuthTokenLastModifiedDate"],
  unordered: [
    "MemberClusters",
    "MemberClustersOutpostArns",
    "NodeGroups",
    "NodeGroups[].NodeGroupMembers",
    "UserGroupIds",
    "LogDeliveryConfigurations",
    "PendingModifiedValues.LogDeliveryConfigurations",
    "PendingModifiedValues.UserGroups.UserGroupIdsToAdd",
    "PendingModifiedValues.UserGroups.UserGroupIdsToRemove",
  ],
  controllerOwned: [
    { path: "NodeGroups", by: "ElastiCache auto scaling" },
    { path: "MemberClusters", by: "ElastiCache auto scaling" },
  ],
  categories: {
    capacity: ["CacheNodeType", "NodeGroups", "MemberClusters", "MultiAZ", "AutomaticFailover", "DataTiering"],
    "security exposure": [
      "AuthTokenEnabled",
      "TransitEncryptionEnabled",
      "TransitEncryptionMode",
      "AtRestEncryptionEnabled",
    ],
    permissions: ["UserGroupIds"],
  },
  links: [
    { kind: "owns", to: "AWS::ElastiCache::CacheCluster", path: "MemberClusters[]" },
    {
      kind: "member-of",
      to: "AWS::ElastiCache::GlobalReplicationGroup",
      path: "GlobalReplicationGroupInfo.GlobalReplicationGroupId",
    },
    { kind: "uses", to: "AWS::ElastiCache::UserGroup", path: "UserGroupIds[]" },
    { kind: "uses", to: "AWS::KMS::Key", path: "KmsKeyId" },
    {
      kind: "uses",
      to: "AWS::Logs::LogGroup",
      path: "LogDeliveryConfigurations[].DestinationDetails.CloudWatchLogsDetails.LogGroup",
    },
  ],
  iam: {
    list: ["elasticache:DescribeReplicationGroups", "tag:GetResources"],
    read: ["elasticache:DescribeReplicationGroups", "tag:GetResources"],
  },
  removal: {
    how: "deleted with all of its members",
    loses: ["its data, as far as no snapshot has it"],
    // Many use it as a database of its own.
    holdsData: true,
    backup: "a final snapshot",
    patienceMinutes: 60,
    iam: { inspect: [], remove: ["elasticache:DeleteReplicationGroup", "elasticache:CreateSnapshot"] },
  },
  noStop:
    "its nodes cost by the hour until they are deleted: leave it, use fewer or smaller nodes, or delete it with a final snapshot and make it again from that",
  sources: [
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DeleteReplicationGroup.html",
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ReplicationGroup.html",
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeReplicationGroups.html",
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Scaling.html",
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-final.html",
  ],
} as const satisfies Facts;
