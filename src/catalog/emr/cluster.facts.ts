import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::EMR::Cluster",
  short: "elasticmapreduce:cluster",
  title: "EMR cluster",
  group: "compute",
  scope: "regional",
  arn: "arn:{partition}:elasticmapreduce:{region}:{account}:cluster/{id}",
  shape: { sdk: "client-emr", name: "Cluster" },
  more: {
    InstanceGroups: { sdk: "client-emr", name: "InstanceGroup", list: true },
    InstanceFleets: { sdk: "client-emr", name: "InstanceFleet", list: true },
  },
  volatile: [
    "Status",
    "NormalizedInstanceHours",
    // Another one when EMR replaces the primary node.
    "MasterPublicDnsName",
    "InstanceGroups[].Status",
    "InstanceGroups[].RunningInstanceCount",
    "InstanceGroups[].AutoScalingPolicy.Status",
    // They follow what was set, when EMR has applied it.
    "InstanceGroups[].LastSuccessfullyAppliedConfigurations",
    "InstanceGroups[].LastSuccessfullyAppliedConfigurationsVersion",
    "InstanceFleets[].Status",
    "InstanceFleets[].ProvisionedOnDemandCapacity",
    "InstanceFleets[].ProvisionedSpotCapacity",
  ],
  secret: [
    "KerberosAttributes.KdcAdminPassword",
    "KerberosAttributes.CrossRealmTrustPrincipalPassword",
    "KerberosAttributes.ADDomainJoinPassword",
  ],
  unordered: [
    "Applications",
    "Ec2InstanceAttributes.RequestedEc2SubnetIds",
    "Ec2InstanceAttributes.RequestedEc2AvailabilityZones",
    "Ec2InstanceAttributes.AdditionalMasterSecurityGroups",
    "Ec2InstanceAttributes.AdditionalSlaveSecurityGroups",
    "PlacementGroups",
    "InstanceGroups",
    "InstanceFleets",
    "InstanceFleets[].InstanceTypeSpecifications",
  ],
  controllerOwned: [
    { path: "InstanceGroups[].RequestedInstanceCount", by: "EMR scaling" },
    { path: "InstanceFleets[].TargetOnDemandCapacity", by: "EMR scaling" },
    { path: "InstanceFleets[].TargetSpotCapacity", by: "EMR scaling" },
  ],
  categories: {
    capacity: ["InstanceGroups", "InstanceFleets"],
    "security exposure": ["Ec2InstanceAttributes", "SecurityConfiguration", "KerberosAttributes"],
    permissions: ["ServiceRole", "AutoScalingRole"],
  },
  links: [
    { kind: "attached-to", to: "AWS::EC2::Subnet", path: "Ec2InstanceAttributes.Ec2SubnetId" },
    { kind: "uses", to: "AWS::EC2::KeyPair", path: "Ec2InstanceAttributes.Ec2KeyName" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "Ec2InstanceAttributes.EmrManagedMasterSecurityGroup" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "Ec2InstanceAttributes.EmrManagedSlaveSecurityGroup" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "Ec2InstanceAttributes.ServiceAccessSecurityGroup" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "Ec2InstanceAttributes.AdditionalMasterSecurityGroups[]" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "Ec2InstanceAttributes.AdditionalSlaveSecurityGroups[]" },
    { kind: "uses", to: "AWS::IAM::InstanceProfile", path: "Ec2InstanceAttributes.IamInstanceProfile" },
    { kind: "uses", to: "AWS::IAM::Role", path: "ServiceRole" },
    { kind: "uses", to: "AWS::IAM::Role", path: "AutoScalingRole" },
    { kind: "uses", to: "AWS::EC2::Image", path: "CustomAmiId" },
    { kind: "uses", to: "AWS::KMS::Key", path: "LogEncryptionKmsKeyId" },
    { kind: "uses", to: "AWS::EMR::SecurityConfiguration", path: "SecurityConfiguration" },
  ],
  iam: {
    list: [
      "elasticmapreduce:ListClusters",
      "elasticmapreduce:DescribeCluster",
      "elasticmapreduce:ListInstanceGroups",
      "elasticmapreduce:ListInstanceFleets",
    ],
    read: [
      "elasticmapreduce:DescribeCluster",
      "elasticmapreduce:ListInstanceGroups",
      "elasticmapreduce:ListInstanceFleets",
    ],
  },
  removal: {
    how: "terminated",
    loses: ["what is in its HDFS and on its nodes", "its running steps and applications"],
    preparations: {
      unprotect: {
        how: "termination protection switched off",
        iam: ["elasticmapreduce:SetTerminationProtection"],
      },
    },
    patienceMinutes: 30,
    iam: { inspect: [], remove: ["elasticmapreduce:TerminateJobFlows"] },
  },
  noStop:
    "it has no stop, and a terminated cluster does not start again: leave it, resize its core and task nodes, let an auto-termination policy end it when it is idle, or save what its HDFS holds to S3, terminate it and make another one",
  sources: [
    "https://docs.aws.amazon.com/emr/latest/APIReference/API_TerminateJobFlows.html",
    "https://docs.aws.amazon.com/emr/latest/APIReference/API_Cluster.html",
    "https://docs.aws.amazon.com/emr/latest/APIReference/API_ListClusters.html",
    "https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-auto-termination-policy.html",
    "https://docs.aws.amazon.com/emr/latest/ManagementGuide/UsingEMR_TerminateJobFlow.html",
  ],
} as const satisfies Facts;
