import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::SageMaker::NotebookInstance",
  short: "sagemaker:notebook-instance",
  title: "SageMaker notebook instance",
  group: "ml",
  scope: "regional",
  arn: "arn:{partition}:sagemaker:{region}:{account}:notebook-instance/{id}",
  shape: { sdk: "client-sagemaker", name: "DescribeNotebookInstanceOutput" },
  volatile: ["NotebookInstanceStatus", "FailureReason", "LastModifiedTime"],
  secret: [],
  unordered: ["SecurityGroups", "AdditionalCodeRepositories"],
  categories: {
    capacity: ["InstanceType", "VolumeSizeInGB"],
    "security exposure": [
      "DirectInternetAccess",
      "RootAccess",
      "SubnetId",
      "SecurityGroups",
      "InstanceMetadataServiceConfiguration",
    ],
    permissions: ["RoleArn"],
  },
  links: [
    { kind: "attached-to", to: "AWS::EC2::Subnet", path: "SubnetId" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "SecurityGroups[]" },
    // SageMaker makes it with the notebook instance and deletes it with it.
    { kind: "owns", to: "AWS::EC2::NetworkInterface", path: "NetworkInterfaceId" },
    { kind: "uses", to: "AWS::IAM::Role", path: "RoleArn" },
    { kind: "uses", to: "AWS::KMS::Key", path: "KmsKeyId" },
    {
      kind: "uses",
      to: "AWS::SageMaker::NotebookInstanceLifecycleConfig",
      path: "NotebookInstanceLifecycleConfigName",
    },
  ],
  iam: {
    list: ["sagemaker:ListNotebookInstances", "sagemaker:DescribeNotebookInstance", "tag:GetResources"],
    read: ["sagemaker:DescribeNotebookInstance", "tag:GetResources"],
  },
  pause: {
    stage: "compute",
    how: "stopped; its volume stays",
    keepsCosting: ["storage"],
    patienceMinutes: 20,
    iam: {
      capture: ["sagemaker:DescribeNotebookInstance"],
      pause: ["sagemaker:StopNotebookInstance"],
      resume: ["sagemaker:StartNotebookInstance"],
    },
  },
  removal: {
    how: "deleted",
    loses: ["everything on its volume: notebooks, data sets and environments"],
    holdsData: true,
    preparations: { stop: { how: "stopped", iam: ["sagemaker:StopNotebookInstance"] } },
    patienceMinutes: 30,
    iam: { inspect: [], remove: ["sagemaker:DeleteNotebookInstance"] },
  },
  sources: [
    "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DeleteNotebookInstance.html",
    "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeNotebookInstance.html",
    "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StopNotebookInstance.html",
    "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StartNotebookInstance.html",
    "https://docs.aws.amazon.com/sagemaker/latest/dg/howitworks-create-ws.html",
    "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_NotebookInstanceLifecycleHook.html",
  ],
} as const satisfies Facts;
