import type { Facts } from "../contract.ts";
import { WEEK_HOURS } from "../idle.ts";

export const facts = {
  type: "AWS::Lambda::Function",
  short: "lambda:function",
  title: "Lambda function",
  group: "compute",
  scope: "regional",
  arn: "arn:{partition}:lambda:{region}:{account}:function:{id}",
  // Versions and aliases stand behind the name.
  billed: { idEnds: ":" },
  shape: { sdk: "client-lambda", name: "FunctionConfiguration" },
  // No reservation (absent) and a reservation of zero are two things.
  more: { ReservedConcurrentExecutions: "json", Policy: "json", DeadLetterTarget: "json" },
  // A new version of the code or of the settings shows in what it changes.
  volatile: ["LastModified", "RevisionId", "SnapStart.OptimizationStatus"],
  secret: ["Environment.Variables.*"],
  // Layers are laid one over the other in their order.
  unordered: ["VpcConfig.SubnetIds", "VpcConfig.SecurityGroupIds", "Architectures", "Policy.Statement"],
  categories: {
    capacity: ["ReservedConcurrentExecutions", "MemorySize", "EphemeralStorage", "CapacityProviderConfig"],
    "security exposure": ["VpcConfig", "KMSKeyArn"],
  },
  links: [
    { kind: "uses", to: "AWS::IAM::Role", path: "Role" },
    { kind: "uses", to: "AWS::Lambda::LayerVersion", path: "Layers[].Arn" },
    { kind: "uses", to: "AWS::Logs::LogGroup", path: "LoggingConfig.LogGroup" },
    { kind: "uses", to: "AWS::KMS::Key", path: "KMSKeyArn" },
    { kind: "uses", to: "AWS::EFS::AccessPoint", path: "FileSystemConfigs[].Arn" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: "VpcConfig.SecurityGroupIds[]" },
    { kind: "attached-to", to: "AWS::EC2::Subnet", path: "VpcConfig.SubnetIds[]" },
    { kind: "attached-to", to: "AWS::EC2::VPC", path: "VpcConfig.VpcId" },
    { kind: "uses", path: "DeadLetterTarget", typeAt: "Type", idAt: "Arn" },
  ],
  iam: {
    list: ["lambda:GetFunctionConcurrency", "lambda:GetPolicy", "lambda:ListFunctions", "tag:GetResources"],
    // GetFunction would give the code away too.
    read: ["lambda:GetFunctionConcurrency", "lambda:GetFunctionConfiguration", "lambda:GetPolicy", "lambda:ListTags"],
  },
  pause: {
    stage: "services",
    how: "throttled (reserved concurrency 0), provisioned concurrency removed",
    keepsCosting: ["cached SnapStart snapshots of its versions"],
    // Provisioned concurrency is warmed up again on the way back: minutes.
    patienceMinutes: 20,
    iam: {
      capture: ["lambda:GetFunctionConcurrency", "lambda:ListProvisionedConcurrencyConfigs"],
      pause: ["lambda:DeleteProvisionedConcurrencyConfig", "lambda:PutFunctionConcurrency"],
      resume: [
        "lambda:DeleteFunctionConcurrency",
        // Asked only when the account's pool is short, for the reason.
        "lambda:GetAccountSettings",
        "lambda:PutFunctionConcurrency",
        "lambda:PutProvisionedConcurrencyConfig",
      ],
    },
  },
  removal: {
    how: "deleted with all versions and aliases",
    loses: ["its code, of all versions"],
    // AWS may be at work on it: an update, or a version that is being published.
    patienceMinutes: 10,
    iam: { inspect: [], remove: ["lambda:DeleteFunction"] },
  },
  idle: [
    {
      namespace: "AWS/Lambda",
      // A function that nobody calls publishes nothing, which is no data and not idle.
      signs: [{ metric: "Invocations", statistic: "Sum", below: 1, unit: " invocations" }],
      dimensions: { FunctionName: { from: "id" } },
      hours: WEEK_HOURS,
      sources: ["https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html"],
    },
  ],
  sources: [
    "https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html",
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-delete-replicas.html",
    "https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html",
    "https://docs.aws.amazon.com/lambda/latest/api/API_PutProvisionedConcurrencyConfig.html",
    "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
    "https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html",
    "https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html",
    "https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html",
    "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
  ],
} as const satisfies Facts;
