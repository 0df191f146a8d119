import type { PropertyRules } from "../../model/property-rules.ts";

/** What is known of an instance's properties, whoever owns it: RDS, DocumentDB and Neptune answer with the same shape. */
export const INSTANCE_PROPERTIES = {
  volatile: [
    "DBInstanceStatus",
    "StatusInfos",
    "PercentProgress",
    "LatestRestorableTime",
    // Set while stopped: when RDS will start it again.
    "AutomaticRestartTime",
    "ResumeFullAutomationModeTime",
    // A failover swaps the two, and so may a stop and start of a Multi-AZ instance. Nobody can change them otherwise.
    "AvailabilityZone",
    "SecondaryAvailabilityZone",
    "VpcSecurityGroups[].Status",
    "DBSecurityGroups[].Status",
    "DBParameterGroups[].ParameterApplyStatus",
    "OptionGroupMemberships[].Status",
    "DomainMemberships[].Status",
    "AssociatedRoles[].Status",
    "DBSubnetGroup.SubnetGroupStatus",
    "DBSubnetGroup.Subnets[].SubnetStatus",
    "MasterUserSecret.SecretStatus",
    // RDS renews server certificates by itself.
    "CertificateDetails.ValidTill",
    // AWS says it when it has an upgrade to offer.
    "IsStorageConfigUpgradeAvailable",
    "StorageVolumeStatus",
    "StorageOperationStatus",
    "StorageOperationPercentProgress",
    "AdditionalStorageVolumes[].StorageVolumeStatus",
    "AdditionalStorageVolumes[].StorageOperationStatus",
    "AdditionalStorageVolumes[].StorageOperationPercentProgress",
  ],
  // RDS masks it today; what would be there is a password.
  secret: ["PendingModifiedValues.MasterUserPassword"],
  unordered: [
    "VpcSecurityGroups",
    "DBSecurityGroups",
    "DBParameterGroups",
    "OptionGroupMemberships",
    "DBSubnetGroup.Subnets",
    "DBSubnetGroup.SupportedNetworkTypes",
    "ReadReplicaDBInstanceIdentifiers",
    "ReadReplicaDBClusterIdentifiers",
    "EnabledCloudwatchLogsExports",
    "PendingModifiedValues.PendingCloudwatchLogsExports.LogTypesToEnable",
    "PendingModifiedValues.PendingCloudwatchLogsExports.LogTypesToDisable",
    "PendingModifiedValues.ProcessorFeatures",
    "PendingModifiedValues.AdditionalStorageVolumes",
    "ProcessorFeatures",
    "AssociatedRoles",
    "DomainMemberships",
    "DBInstanceAutomatedBackupsReplications",
    "AdditionalStorageVolumes",
  ],
  categories: {
    capacity: [
      "DBInstanceClass",
      "AllocatedStorage",
      "MaxAllocatedStorage",
      "StorageType",
      "Iops",
      "StorageThroughput",
      "MultiAZ",
      "ProcessorFeatures",
    ],
    "security exposure": [
      "StorageEncrypted",
      "IAMDatabaseAuthenticationEnabled",
      "DBSubnetGroup",
      "CACertificateIdentifier",
    ],
    permissions: ["AssociatedRoles", "MonitoringRoleArn"],
  },
} as const satisfies PropertyRules;
