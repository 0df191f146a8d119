import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::ElastiCache::CacheCluster",
  short: "elasticache:cluster",
  title: "ElastiCache cluster",
  group: "databases",
  scope: "regional",
  arn: "arn:{partition}:elasticache:{region}:{account}:cluster:{id}",
  shape: { sdk: "client-elasticache", name: "CacheCluster" },
  volatile: [
    "CacheClusterStatus",
    "PendingModifiedValues.AuthTokenStatus",
    "NotificationConfiguration.TopicStatus",
    "CacheSecurityGroups[].Status",
    "SecurityGroups[].Status",
    "CacheParameterGroup.ParameterApplyStatus",
    "CacheParameterGroup.CacheNodeIdsToReboot",
    "CacheNodes[].CacheNodeStatus",
    "CacheNodes[].ParameterGroupStatus",
    // ElastiCache replaces a failed node by itself.
    "CacheNodes[].CacheNodeCreateTime",
    "LogDeliveryConfigurations[].Status",
    "LogDeliveryConfigurations[].Message",
  ],
  secret: [],
  notSecret: ["AuthTokenLastModifiedDate"],
  unordered: [
    "CacheNodes",
    "CacheSecurityGroups",
    "SecurityGroups",
    "LogDeliveryConfigurations",
    "PendingModifiedValues.CacheNodeIdsToRemove",
    "PendingModifiedValues.LogDeliveryConfigurations",
  ],
  categories: {
    capacity: ["CacheNodeType", "NumCacheNodes", "CacheNodes"],
    "security exposure": [
      "SecurityGroups",
      "CacheSubnetGroupName",
      "AuthTokenEnabled",
      "TransitEncryptionEnabled",
      "TransitEncryptionMode",
      "AtRestEncryptionEnabled",
    ],
  },
  links: [
    // The primary can't be deleted by itself, and of a sharded group no member can.
    { kind: "member-of", to: "AWS::ElastiCache::ReplicationGroup", path: "ReplicationGroupId", onRemoval: "with" },
    { kind: "uses", to: "AWS::ElastiCache::SubnetGroup", path: "CacheSubnetGroupName" },
    { kind: "uses", to: "AWS::ElastiCache::ParameterGroup", path: "CacheParameterGroup.CacheParameterGroupName" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "SecurityGroups[].SecurityGroupId" },
    { kind: "uses", to: "AWS::SNS::Topic", path: "NotificationConfiguration.TopicArn" },
    {
      kind: "uses",
      to: "AWS::Logs::LogGroup",
      path: "LogDeliveryConfigurations[].DestinationDetails.CloudWatchLogsDetails.LogGroup",
    },
  ],
  iam: {
    list: ["elasticache:DescribeCacheClusters", "tag:GetResources"],
    read: ["elasticache:DescribeCacheClusters", "tag:GetResources"],
  },
  removal: {
    how: "deleted",
    loses: ["what is cached in it, as far as no snapshot has it"],
    // Memcached has no snapshots.
    backup: "a final snapshot (of Redis and Valkey)",
    patienceMinutes: 60,
    iam: { inspect: [], remove: ["elasticache:DeleteCacheCluster", "elasticache:CreateSnapshot"] },
  },
  noStop:
    "its nodes cost by the hour until they are deleted: leave it, use fewer or smaller nodes, or delete it, with a final snapshot (Memcached has none: its data is lost), and make it again; what is in a replication group is deleted and made again with that",
  sources: [
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CacheCluster.html",
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeCacheClusters.html",
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DeleteCacheCluster.html",
  ],
} as const satisfies Facts;
