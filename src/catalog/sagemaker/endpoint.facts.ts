import type { Facts } from "../contract.ts";
import { IDLE_CRITERIA, WEEK_HOURS } from "../idle.ts";

export const facts = {
  type: "AWS::SageMaker::Endpoint",
  short: "sagemaker:endpoint",
  title: "SageMaker endpoint",
  group: "ml",
  scope: "regional",
  arn: "arn:{partition}:sagemaker:{region}:{account}:endpoint/{id}",
  shape: { sdk: "client-sagemaker", name: "DescribeEndpointOutput" },
  volatile: [
    "EndpointStatus",
    "FailureReason",
    "LastModifiedTime",
    // There while an update is under way.
    "PendingDeploymentSummary",
    "DataCaptureConfig.CaptureStatus",
    // Current values follow the desired ones.
    ...(["ProductionVariants", "ShadowProductionVariants"] as const).flatMap((variants) => [
      `${variants}[].CurrentWeight`,
      `${variants}[].CurrentInstanceCount`,
      `${variants}[].CurrentServerlessConfig`,
      `${variants}[].InstancePools[].CurrentInstanceCount`,
      `${variants}[].VariantStatus`,
      `${variants}[].DeployedImages[].ResolutionTime`,
      `${variants}[].CapacityReservationConfig.TotalInstanceCount`,
      `${variants}[].CapacityReservationConfig.AvailableInstanceCount`,
      `${variants}[].CapacityReservationConfig.UsedByCurrentEndpoint`,
      `${variants}[].CapacityReservationConfig.Ec2CapacityReservations`,
    ]),
  ],
  // A baseline for explanations is data of the model's users.
  secret: ["ExplainerConfig.ClarifyExplainerConfig.ShapConfig.ShapBaselineConfig.ShapBaseline"],
  unordered: [
    "ProductionVariants",
    "ShadowProductionVariants",
    "LastDeploymentConfig.AutoRollbackConfiguration.Alarms",
  ],
  controllerOwned: [
    { path: "ProductionVariants[].DesiredInstanceCount", by: "Application Auto Scaling" },
    { path: "ProductionVariants[].DesiredServerlessConfig.ProvisionedConcurrency", by: "Application Auto Scaling" },
    { path: "ProductionVariants[].DesiredWeight", by: "weight shifting" },
    { path: "ShadowProductionVariants[].DesiredInstanceCount", by: "Application Auto Scaling" },
  ],
  categories: {
    capacity: [
      "ProductionVariants[].DesiredInstanceCount",
      "ProductionVariants[].DesiredServerlessConfig",
      "ProductionVariants[].ManagedInstanceScaling",
    ],
  },
  links: [
    { kind: "uses", to: "AWS::SageMaker::EndpointConfig", path: "EndpointConfigName" },
    { kind: "uses", to: "AWS::KMS::Key", path: "DataCaptureConfig.KmsKeyId" },
    { kind: "uses", to: "AWS::KMS::Key", path: "AsyncInferenceConfig.OutputConfig.KmsKeyId" },
    {
      kind: "uses",
      to: "AWS::SNS::Topic",
      path: "AsyncInferenceConfig.OutputConfig.NotificationConfig.SuccessTopic",
    },
    { kind: "uses", to: "AWS::SNS::Topic", path: "AsyncInferenceConfig.OutputConfig.NotificationConfig.ErrorTopic" },
    {
      kind: "uses",
      to: "AWS::CloudWatch::Alarm",
      path: "LastDeploymentConfig.AutoRollbackConfiguration.Alarms[].AlarmName",
    },
  ],
  iam: {
    list: ["sagemaker:ListEndpoints", "sagemaker:DescribeEndpoint", "tag:GetResources"],
    read: ["sagemaker:DescribeEndpoint", "tag:GetResources"],
  },
  pause: {
    stage: "services",
    how: "deleted; its configuration and models stay",
    keepsCosting: ["model artifacts in S3 and images in ECR"],
    // Making an endpoint loads its models onto new instances.
    patienceMinutes: 60,
    iam: {
      capture: [
        "sagemaker:DescribeEndpoint",
        "sagemaker:DescribeEndpointConfig",
        "sagemaker:DescribeModel",
        "sagemaker:ListInferenceComponents",
        "sagemaker:ListTags",
        "application-autoscaling:DescribeScalableTargets",
      ],
      pause: ["sagemaker:DeleteEndpoint"],
      resume: ["sagemaker:CreateEndpoint", "sagemaker:AddTags", "sagemaker:UpdateEndpointWeightsAndCapacities"],
    },
  },
  removal: {
    how: "deleted; its configuration and models stay",
    loses: [],
    patienceMinutes: 60,
    iam: { inspect: ["sagemaker:ListInferenceComponents"], remove: ["sagemaker:DeleteEndpoint"] },
  },
  idle: [
    {
      namespace: "AWS/SageMaker",
      signs: [{ metric: "Invocations", statistic: "Sum", below: 1, unit: " invocations" }],
      dimensions: {
        EndpointName: { from: "id" },
        VariantName: { from: "configuration", path: "ProductionVariants[].VariantName" },
      },
      hours: WEEK_HOURS,
      sources: [IDLE_CRITERIA, "https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html"],
    },
  ],
  sources: [
    "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DeleteEndpoint.html",
    "https://docs.aws.amazon.com/sagemaker/latest/dg/realtime-endpoints-delete-resources.html",
    "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeEndpoint.html",
    "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariantSummary.html",
  ],
} as const satisfies Facts;
