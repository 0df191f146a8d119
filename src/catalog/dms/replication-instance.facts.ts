import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::DMS::ReplicationInstance",
  short: "dms:replication-instance",
  title: "DMS replication instance",
  group: "databases",
  scope: "regional",
  // The id is the ARN: DMS's own calls take nothing else.
  arn: "arn:{partition}:dms:{region}:{account}:rep:{id}",
  shape: { sdk: "client-database-migration-service", name: "ReplicationInstance" },
  volatile: [
    "ReplicationInstanceStatus",
    "VpcSecurityGroups[].Status",
    "ReplicationSubnetGroup.SubnetGroupStatus",
    "ReplicationSubnetGroup.Subnets[].SubnetStatus",
    // A failover swaps the two zones of a Multi-AZ instance.
    "SecondaryAvailabilityZone",
  ],
  secret: [],
  unordered: [
    "VpcSecurityGroups",
    "ReplicationSubnetGroup.Subnets",
    "ReplicationSubnetGroup.SupportedNetworkTypes",
    "ReplicationInstancePublicIpAddresses",
    "ReplicationInstancePrivateIpAddresses",
    "ReplicationInstanceIpv6Addresses",
  ],
  controllerOwned: [{ path: "AvailabilityZone", by: "a failover" }],
  categories: {
    capacity: ["ReplicationInstanceClass", "AllocatedStorage", "MultiAZ"],
    "security exposure": ["PubliclyAccessible", "VpcSecurityGroups", "ReplicationSubnetGroup", "KmsKeyId"],
  },
  links: [
    { kind: "attached-to", to: "AWS::EC2::VPC", path: "ReplicationSubnetGroup.VpcId" },
    {
      kind: "attached-to",
      to: "AWS::EC2::Subnet",
      path: "ReplicationSubnetGroup.Subnets[].SubnetIdentifier",
    },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "VpcSecurityGroups[].VpcSecurityGroupId" },
    {
      kind: "uses",
      to: "AWS::DMS::ReplicationSubnetGroup",
      path: "ReplicationSubnetGroup.ReplicationSubnetGroupIdentifier",
    },
    { kind: "uses", to: "AWS::KMS::Key", path: "KmsKeyId" },
  ],
  iam: {
    list: ["dms:DescribeReplicationInstances", "tag:GetResources"],
    read: ["dms:DescribeReplicationInstances", "tag:GetResources"],
  },
  removal: {
    how: "deleted",
    loses: ["its logs"],
    patienceMinutes: 30,
    iam: { inspect: [], remove: ["dms:DeleteReplicationInstance"] },
  },
  noStop:
    "it costs by the hour until it is deleted, also while all its tasks are stopped: leave it, give it a smaller class, or delete its tasks and it once they are done",
  sources: [
    "https://docs.aws.amazon.com/dms/latest/APIReference/API_DeleteReplicationInstance.html",
    "https://docs.aws.amazon.com/dms/latest/APIReference/API_ReplicationInstance.html",
    "https://docs.aws.amazon.com/dms/latest/userguide/CHAP_ReplicationInstance.html",
    "https://aws.amazon.com/dms/pricing/",
  ],
} as const satisfies Facts;
