import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::SageMaker::Model",
  short: "sagemaker:model",
  title: "SageMaker model",
  group: "ml",
  scope: "regional",
  arn: "arn:{partition}:sagemaker:{region}:{account}:model/{id}",
  shape: { sdk: "client-sagemaker", name: "DescribeModelOutput" },
  // Where AWS recommends an instance type it does so anew from time to time.
  volatile: ["DeploymentRecommendation"],
  // What a container is started with may carry anything, tokens of model hubs among it.
  secret: ["PrimaryContainer.Environment.*", "Containers[].Environment.*"],
  // The order of containers is that of a pipeline.
  unordered: ["VpcConfig.SecurityGroupIds", "VpcConfig.Subnets"],
  categories: {
    "security exposure": ["VpcConfig", "EnableNetworkIsolation"],
    permissions: ["ExecutionRoleArn"],
  },
  links: [
    { kind: "uses", to: "AWS::IAM::Role", path: "ExecutionRoleArn" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "VpcConfig.SecurityGroupIds[]" },
    { kind: "attached-to", to: "AWS::EC2::Subnet", path: "VpcConfig.Subnets[]" },
  ],
  iam: {
    list: ["sagemaker:ListModels", "sagemaker:DescribeModel", "tag:GetResources"],
    read: ["sagemaker:DescribeModel", "tag:GetResources"],
  },
  removal: {
    how: "deleted; its artifacts in S3 and images in ECR stay",
    loses: [],
    patienceMinutes: 5,
    iam: { inspect: [], remove: ["sagemaker:DeleteModel"] },
  },
  sources: [
    "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DeleteModel.html",
    "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeModel.html",
    "https://docs.aws.amazon.com/sagemaker/latest/dg/realtime-endpoints-delete-resources.html",
  ],
} as const satisfies Facts;
