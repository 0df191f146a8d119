import type { PropertyRules } from "../../model/property-rules.ts";

/** What is known of a cluster's properties, whoever owns it: RDS, DocumentDB and Neptune answer with the same shape. */
export const CLUSTER_PROPERTIES = {
  volatile: [
    "Status",
    "StatusInfos",
    "PercentProgress",
    "EarliestRestorableTime",
    "LatestRestorableTime",
    "EarliestBacktrackTime",
    "BacktrackConsumedChangeRecords",
    // Set while stopped: when RDS will start it again.
    "AutomaticRestartTime",
    "IOOptimizedNextAllowedModificationTime",
    // What Aurora Serverless v1 has scaled to.
    "Capacity",
    // A failover changes the writer.
    "DBClusterMembers[].IsClusterWriter",
    "DBClusterMembers[].DBClusterParameterGroupStatus",
    "DBClusterOptionGroupMemberships[].Status",
    "VpcSecurityGroups[].Status",
    "AssociatedRoles[].Status",
    "DomainMemberships[].Status",
    "MasterUserSecret.SecretStatus",
    // RDS renews server certificates by itself.
    "CertificateDetails.ValidTill",
    "PendingModifiedValues.CertificateDetails.ValidTill",
    // Raised by AWS, at a stop and start for example.
    "ServerlessV2PlatformVersion",
  ],
  // RDS masks it today; what would be there is a password.
  secret: ["PendingModifiedValues.MasterUserPassword"],
  unordered: [
    "AvailabilityZones",
    "CustomEndpoints",
    "DBClusterMembers",
    "DBClusterOptionGroupMemberships",
    "VpcSecurityGroups",
    "ReadReplicaIdentifiers",
    "AssociatedRoles",
    "EnabledCloudwatchLogsExports",
    "PendingModifiedValues.PendingCloudwatchLogsExports.LogTypesToEnable",
    "PendingModifiedValues.PendingCloudwatchLogsExports.LogTypesToDisable",
    "DomainMemberships",
  ],
  categories: {
    capacity: [
      "DBClusterInstanceClass",
      "DBClusterMembers",
      "ServerlessV2ScalingConfiguration",
      "ScalingConfigurationInfo",
      "AllocatedStorage",
      "StorageType",
      "Iops",
      "StorageThroughput",
    ],
    "security exposure": [
      "StorageEncrypted",
      "IAMDatabaseAuthenticationEnabled",
      "HttpEndpointEnabled",
      "DBSubnetGroup",
      "InternetAccessGatewayEnabled",
    ],
    permissions: ["AssociatedRoles", "MonitoringRoleArn"],
  },
} as const satisfies PropertyRules;
