import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::SageMaker::EndpointConfig",
  short: "sagemaker:endpoint-config",
  title: "SageMaker endpoint configuration",
  group: "ml",
  scope: "regional",
  arn: "arn:{partition}:sagemaker:{region}:{account}:endpoint-config/{id}",
  shape: { sdk: "client-sagemaker", name: "DescribeEndpointConfigOutput" },
  // It can't be changed.
  volatile: [],
  // A baseline for explanations is data of the model's users.
  secret: ["ExplainerConfig.ClarifyExplainerConfig.ShapConfig.ShapBaselineConfig.ShapBaseline"],
  unordered: ["ProductionVariants", "ShadowProductionVariants", "VpcConfig.SecurityGroupIds", "VpcConfig.Subnets"],
  categories: {
    capacity: ["ProductionVariants", "ShadowProductionVariants"],
    "security exposure": ["KmsKeyId", "VpcConfig", "EnableNetworkIsolation", "DataCaptureConfig"],
    permissions: ["ExecutionRoleArn"],
  },
  links: [
    { kind: "uses", to: "AWS::SageMaker::Model", path: "ProductionVariants[].ModelName" },
    { kind: "uses", to: "AWS::SageMaker::Model", path: "ShadowProductionVariants[].ModelName" },
    { kind: "uses", to: "AWS::KMS::Key", path: "KmsKeyId" },
    { kind: "uses", to: "AWS::KMS::Key", path: "DataCaptureConfig.KmsKeyId" },
    { kind: "uses", to: "AWS::KMS::Key", path: "AsyncInferenceConfig.OutputConfig.KmsKeyId" },
    { kind: "uses", to: "AWS::SNS::Topic", path: "AsyncInferenceConfig.OutputConfig.NotificationConfig.SuccessTopic" },
    { kind: "uses", to: "AWS::SNS::Topic", path: "AsyncInferenceConfig.OutputConfig.NotificationConfig.ErrorTopic" },
    { kind: "uses", to: "AWS::IAM::Role", path: "ExecutionRoleArn" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "VpcConfig.SecurityGroupIds[]" },
    { kind: "attached-to", to: "AWS::EC2::Subnet", path: "VpcConfig.Subnets[]" },
  ],
  iam: {
    list: ["sagemaker:ListEndpointConfigs", "sagemaker:DescribeEndpointConfig", "tag:GetResources"],
    read: ["sagemaker:DescribeEndpointConfig", "tag:GetResources"],
  },
  removal: {
    how: "deleted",
    loses: [],
    patienceMinutes: 5,
    iam: { inspect: [], remove: ["sagemaker:DeleteEndpointConfig"] },
  },
  sources: [
    "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DeleteEndpointConfig.html",
    "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeEndpointConfig.html",
    "https://docs.aws.amazon.com/sagemaker/latest/dg/realtime-endpoints-delete-resources.html",
  ],
} as const satisfies Facts;
