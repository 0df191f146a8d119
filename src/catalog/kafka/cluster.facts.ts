import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::MSK::Cluster",
  short: "kafka:cluster",
  title: "MSK cluster",
  group: "streaming",
  scope: "regional",
  // The id is the whole ARN: every call wants that, and its last part is AWS's own.
  arn: "arn:{partition}:kafka:{region}:{account}:cluster/{id}",
  shape: { sdk: "client-kafka", name: "Cluster" },
  volatile: [
    "State",
    "StateInfo",
    "ActiveOperationArn",
    // Another one after each operation: what an update must name.
    "CurrentVersion",
    "Provisioned.CustomerActionStatus",
  ],
  secret: [],
  unordered: [
    "Provisioned.BrokerNodeGroupInfo.ClientSubnets",
    "Provisioned.BrokerNodeGroupInfo.SecurityGroups",
    "Provisioned.BrokerNodeGroupInfo.ZoneIds",
    "Provisioned.ClientAuthentication.Tls.CertificateAuthorityArnList",
  ],
  controllerOwned: [
    { path: "Provisioned.BrokerNodeGroupInfo.StorageInfo.EbsStorageInfo.VolumeSize", by: "MSK storage autoscaling" },
  ],
  categories: {
    capacity: ["Provisioned.NumberOfBrokerNodes", "Provisioned.BrokerNodeGroupInfo", "Provisioned.StorageMode"],
    "security exposure": [
      "Provisioned.BrokerNodeGroupInfo.ConnectivityInfo",
      "Provisioned.BrokerNodeGroupInfo.SecurityGroups",
      "Provisioned.ClientAuthentication",
      "Provisioned.EncryptionInfo",
    ],
  },
  links: [
    { kind: "attached-to", to: "AWS::EC2::Subnet", path: "Provisioned.BrokerNodeGroupInfo.ClientSubnets[]" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "Provisioned.BrokerNodeGroupInfo.SecurityGroups[]" },
    { kind: "attached-to", to: "AWS::EC2::Subnet", path: "Serverless.VpcConfigs[].SubnetIds[]" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "Serverless.VpcConfigs[].SecurityGroupIds[]" },
    { kind: "uses", to: "AWS::KMS::Key", path: "Provisioned.EncryptionInfo.EncryptionAtRest.DataVolumeKMSKeyId" },
    { kind: "uses", to: "AWS::MSK::Configuration", path: "Provisioned.CurrentBrokerSoftwareInfo.ConfigurationArn" },
    { kind: "uses", to: "AWS::Logs::LogGroup", path: "Provisioned.LoggingInfo.BrokerLogs.CloudWatchLogs.LogGroup" },
    { kind: "uses", to: "AWS::S3::Bucket", path: "Provisioned.LoggingInfo.BrokerLogs.S3.Bucket" },
  ],
  iam: { list: ["kafka:ListClustersV2"], read: ["kafka:DescribeClusterV2"] },
  removal: {
    how: "deleted",
    loses: ["its topics and all messages in them: MSK has no snapshots", "its broker addresses"],
    holdsData: true,
    patienceMinutes: 60,
    iam: { inspect: [], remove: ["kafka:DeleteCluster"] },
  },
  noStop:
    "its brokers and their storage cost by the hour until it is deleted: leave it, use fewer or smaller brokers, or delete it and make it again; it has no snapshot, so that what its topics hold must be copied elsewhere before, and it gets other broker addresses",
  sources: [
    "https://docs.aws.amazon.com/msk/latest/developerguide/msk-delete-cluster.html",
    "https://docs.aws.amazon.com/MSK/2.0/APIReference/v2-clusters.html",
    "https://docs.aws.amazon.com/MSK/2.0/APIReference/v2-clusters-clusterarn.html",
    "https://docs.aws.amazon.com/msk/latest/developerguide/msk-remove-broker.html",
    "https://docs.aws.amazon.com/msk/latest/developerguide/msk-autoexpand.html",
  ],
} as const satisfies Facts;
