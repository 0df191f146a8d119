import type { Facts } from "../contract.ts";

const IMAGE = "SourceConfiguration.ImageRepository.ImageConfiguration";
const CODE = "SourceConfiguration.CodeRepository.CodeConfiguration.CodeConfigurationValues";

export const facts = {
  type: "AWS::AppRunner::Service",
  short: "apprunner:service",
  title: "App Runner service",
  group: "containers",
  scope: "regional",
  // The id is `name/service id`.
  arn: "arn:{partition}:apprunner:{region}:{account}:service/{id}",
  shape: { sdk: "client-apprunner", name: "Service" },
  volatile: [
    "Status",
    "UpdatedAt",
    "DeletedAt",
    // Of the scaling configuration, which is a resource of its own.
    "AutoScalingConfigurationSummary.Status",
    "AutoScalingConfigurationSummary.HasAssociatedService",
    "AutoScalingConfigurationSummary.IsDefault",
  ],
  secret: [`${IMAGE}.RuntimeEnvironmentVariables.*`, `${CODE}.RuntimeEnvironmentVariables.*`],
  unordered: [],
  categories: {
    capacity: ["InstanceConfiguration.Cpu", "InstanceConfiguration.Memory", "AutoScalingConfigurationSummary"],
    permissions: ["InstanceConfiguration.InstanceRoleArn", "SourceConfiguration.AuthenticationConfiguration"],
    "security exposure": ["NetworkConfiguration.IngressConfiguration"],
  },
  links: [
    { kind: "uses", to: "AWS::IAM::Role", path: "InstanceConfiguration.InstanceRoleArn" },
    { kind: "uses", to: "AWS::IAM::Role", path: "SourceConfiguration.AuthenticationConfiguration.AccessRoleArn" },
    { kind: "uses", to: "AWS::KMS::Key", path: "EncryptionConfiguration.KmsKey" },
    {
      kind: "uses",
      to: "AWS::AppRunner::AutoScalingConfiguration",
      path: "AutoScalingConfigurationSummary.AutoScalingConfigurationArn",
    },
    {
      kind: "uses",
      to: "AWS::AppRunner::VpcConnector",
      path: "NetworkConfiguration.EgressConfiguration.VpcConnectorArn",
    },
    {
      kind: "uses",
      to: "AWS::AppRunner::ObservabilityConfiguration",
      path: "ObservabilityConfiguration.ObservabilityConfigurationArn",
    },
    {
      kind: "uses",
      to: "AWS::SecretsManager::Secret",
      path: `${IMAGE}.RuntimeEnvironmentSecrets.*`,
      service: "secretsmanager",
    },
    {
      kind: "uses",
      to: "AWS::SecretsManager::Secret",
      path: `${CODE}.RuntimeEnvironmentSecrets.*`,
      service: "secretsmanager",
    },
  ],
  iam: {
    list: ["apprunner:ListServices", "apprunner:DescribeService", "tag:GetResources"],
    read: ["apprunner:DescribeService", "tag:GetResources"],
  },
  pause: {
    stage: "services",
    how: "paused",
    keepsCosting: ["automatic deployments, by the month, where they are on"],
    patienceMinutes: 20,
    iam: {
      capture: ["apprunner:DescribeService"],
      pause: ["apprunner:PauseService"],
      resume: ["apprunner:ResumeService"],
    },
  },
  removal: {
    how: "deleted",
    loses: ["its default domain and its custom domains' associations"],
    patienceMinutes: 20,
    iam: { inspect: [], remove: ["apprunner:DeleteService"] },
  },
  sources: [
    "https://docs.aws.amazon.com/apprunner/latest/api/API_DeleteService.html",
    "https://docs.aws.amazon.com/apprunner/latest/api/API_Service.html",
    "https://docs.aws.amazon.com/apprunner/latest/api/API_PauseService.html",
    "https://docs.aws.amazon.com/apprunner/latest/dg/manage-pause.html",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsapprunner.html",
  ],
} as const satisfies Facts;
