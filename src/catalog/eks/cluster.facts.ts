import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::EKS::Cluster",
  short: "eks:cluster",
  title: "EKS cluster",
  group: "containers",
  scope: "regional",
  arn: "arn:{partition}:eks:{region}:{account}:cluster/{id}",
  shape: { sdk: "client-eks", name: "Cluster" },
  volatile: [
    "status",
    "health",
    // EKS moves clusters to the newest platform version of their Kubernetes version by itself.
    "platformVersion",
    "connectorConfig.activationExpiry",
  ],
  secret: ["connectorConfig.activationCode"],
  unordered: [
    "resourcesVpcConfig.subnetIds",
    "resourcesVpcConfig.securityGroupIds",
    "resourcesVpcConfig.publicAccessCidrs",
    "logging.clusterLogging",
    "logging.clusterLogging[].types",
    "encryptionConfig[].resources",
    "computeConfig.nodePools",
  ],
  categories: {
    permissions: ["roleArn", "accessConfig", "computeConfig.nodeRoleArn"],
    "security exposure": [
      "resourcesVpcConfig.endpointPublicAccess",
      "resourcesVpcConfig.publicAccessCidrs",
      "resourcesVpcConfig.securityGroupIds",
      "encryptionConfig",
    ],
  },
  links: [
    { kind: "uses", to: "AWS::IAM::Role", path: "roleArn" },
    { kind: "uses", to: "AWS::IAM::Role", path: "computeConfig.nodeRoleArn" },
    { kind: "uses", to: "AWS::KMS::Key", path: "encryptionConfig[].provider.keyArn" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "resourcesVpcConfig.securityGroupIds[]" },
    { kind: "owns", to: "AWS::EC2::SecurityGroup", path: "resourcesVpcConfig.clusterSecurityGroupId" },
    { kind: "attached-to", to: "AWS::EC2::Subnet", path: "resourcesVpcConfig.subnetIds[]" },
    { kind: "attached-to", to: "AWS::EC2::VPC", path: "resourcesVpcConfig.vpcId" },
  ],
  iam: { list: ["eks:ListClusters", "eks:DescribeCluster"], read: ["eks:DescribeCluster"] },
  removal: {
    how: "deleted",
    loses: ["what runs in it; load balancers and volumes that its workloads have made stay behind"],
    preparations: {
      unprotect: { how: "deletion protection switched off", iam: ["eks:UpdateClusterConfig"] },
      "fargate-profiles": { how: "its Fargate profiles deleted", iam: ["eks:DeleteFargateProfile"] },
    },
    // The pods of a Fargate profile leave first, and profiles go one after the other.
    patienceMinutes: 40,
    iam: { inspect: ["eks:ListFargateProfiles"], remove: ["eks:DeleteCluster"] },
  },
  noStop:
    "its control plane costs by the hour until it is deleted, more under extended support: its node groups can go to 0; nodes that Karpenter, Auto Mode or Fargate run are ended by scaling their workloads to 0",
  sources: [
    "https://docs.aws.amazon.com/eks/latest/APIReference/API_DeleteCluster.html",
    "https://docs.aws.amazon.com/eks/latest/APIReference/API_DeleteFargateProfile.html",
    "https://docs.aws.amazon.com/eks/latest/userguide/delete-cluster.html",
    "https://docs.aws.amazon.com/eks/latest/APIReference/API_Cluster.html",
    "https://docs.aws.amazon.com/eks/latest/userguide/platform-versions.html",
    "https://aws.amazon.com/eks/pricing/",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html",
  ],
} as const satisfies Facts;
