import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::EKS::Nodegroup",
  short: "eks:nodegroup",
  title: "EKS node group",
  group: "containers",
  scope: "regional",
  // The id is `cluster/node group`; AWS puts a UUID at the end, which listings give.
  arn: "arn:{partition}:eks:{region}:{account}:nodegroup/{id}/*",
  shape: { sdk: "client-eks", name: "Nodegroup" },
  // The instances of its Auto Scaling groups, which come and go.
  more: { Nodes: "json" },
  volatile: ["status", "modifiedAt", "health", "Nodes"],
  secret: [],
  // Instance types are an order of preference.
  unordered: ["subnets", "taints", "resources.autoScalingGroups", "remoteAccess.sourceSecurityGroups"],
  controllerOwned: [{ path: "scalingConfig.desiredSize", by: "the Cluster Autoscaler" }],
  categories: {
    capacity: ["scalingConfig", "instanceTypes", "capacityType", "diskSize", "warmPoolConfig"],
    permissions: ["nodeRole"],
    "security exposure": ["remoteAccess"],
  },
  links: [
    { kind: "member-of", to: "AWS::EKS::Cluster", path: "clusterName" },
    { kind: "owns", to: "AWS::AutoScaling::AutoScalingGroup", path: "resources.autoScalingGroups[].name" },
    // Scaling to 0 terminates them, so that what protects one of them protects the node group.
    { kind: "owns", to: "AWS::EC2::Instance", path: "Nodes[]" },
    { kind: "owns", to: "AWS::EC2::SecurityGroup", path: "resources.remoteAccessSecurityGroup" },
    { kind: "uses", to: "AWS::IAM::Role", path: "nodeRole" },
    { kind: "uses", to: "AWS::EC2::LaunchTemplate", path: "launchTemplate.id" },
    { kind: "uses", to: "AWS::EC2::KeyPair", path: "remoteAccess.ec2SshKey" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "remoteAccess.sourceSecurityGroups[]" },
    { kind: "attached-to", to: "AWS::EC2::Subnet", path: "subnets[]" },
  ],
  iam: {
    list: ["eks:ListClusters", "eks:ListNodegroups", "eks:DescribeNodegroup", "autoscaling:DescribeAutoScalingGroups"],
    read: ["eks:DescribeNodegroup", "autoscaling:DescribeAutoScalingGroups"],
  },
  pause: {
    stage: "compute",
    how: "scaled to 0 nodes",
    keepsCosting: ["the cluster's control plane", "persistent volumes and load balancers of its pods"],
    // A node's pods have 15 minutes to leave.
    patienceMinutes: 40,
    iam: {
      capture: ["eks:DescribeNodegroup", "autoscaling:DescribeAutoScalingGroups"],
      pause: ["eks:UpdateNodegroupConfig"],
      resume: ["eks:UpdateNodegroupConfig"],
    },
  },
  removal: {
    how: "deleted",
    loses: ["its nodes and what is on them"],
    // Its pods have 15 minutes to leave a node.
    patienceMinutes: 40,
    iam: { inspect: [], remove: ["eks:DeleteNodegroup"] },
  },
  sources: [
    "https://docs.aws.amazon.com/eks/latest/APIReference/API_DeleteNodegroup.html",
    "https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html",
    "https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupScalingConfig.html",
    "https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateNodegroupConfig.html",
    "https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html",
  ],
} as const satisfies Facts;
