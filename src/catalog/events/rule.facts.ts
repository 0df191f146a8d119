import type { Facts } from "../contract.ts";

/** Targets by the service in their ARN. */
const TARGETS = {
  lambda: "AWS::Lambda::Function",
  sqs: "AWS::SQS::Queue",
  sns: "AWS::SNS::Topic",
  ecs: "AWS::ECS::Cluster",
  kinesis: "AWS::Kinesis::Stream",
  states: "AWS::StepFunctions::StateMachine",
  firehose: "AWS::KinesisFirehose::DeliveryStream",
  logs: "AWS::Logs::LogGroup",
  codebuild: "AWS::CodeBuild::Project",
  codepipeline: "AWS::CodePipeline::Pipeline",
} as const;

/** Where the tasks that it starts run. */
const NETWORK = "Targets[].EcsParameters.NetworkConfiguration.awsvpcConfiguration";

export const facts = {
  type: "AWS::Events::Rule",
  short: "events:rule",
  title: "EventBridge rule",
  group: "management",
  scope: "regional",
  // The id is the rule's name; on another bus than the default one, `bus/rule`.
  arn: "arn:{partition}:events:{region}:{account}:rule/{id}",
  shape: { sdk: "client-eventbridge", name: "Rule" },
  // The state of a rule is a setting, and stays.
  volatile: [],
  more: {
    EventPattern: "json",
    Targets: { sdk: "client-eventbridge", name: "Target", list: true },
  },
  // What a target is sent may carry anything, keys to other systems among it.
  secret: [
    "Targets[].Input",
    "Targets[].InputTransformer.InputTemplate",
    "Targets[].HttpParameters.HeaderParameters.*",
    "Targets[].HttpParameters.QueryStringParameters.*",
    "Targets[].SageMakerPipelineParameters.PipelineParameterList[].Value",
  ],
  unordered: [
    "Targets",
    "Targets[].EcsParameters.NetworkConfiguration.awsvpcConfiguration.Subnets",
    "Targets[].EcsParameters.NetworkConfiguration.awsvpcConfiguration.SecurityGroups",
    "Targets[].EcsParameters.Tags",
  ],
  categories: { permissions: ["RoleArn", "Targets[].RoleArn"] },
  links: [
    { kind: "attached-to", to: "AWS::Events::EventBus", path: "EventBusName" },
    { kind: "uses", to: "AWS::IAM::Role", path: "RoleArn" },
    { kind: "uses", to: "AWS::IAM::Role", path: "Targets[].RoleArn" },
    { kind: "uses", to: "AWS::ECS::TaskDefinition", path: "Targets[].EcsParameters.TaskDefinitionArn" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: `${NETWORK}.SecurityGroups[]` },
    { kind: "uses", to: "AWS::EC2::Subnet", path: `${NETWORK}.Subnets[]` },
    { kind: "uses", to: "AWS::SQS::Queue", path: "Targets[].DeadLetterConfig.Arn" },
    ...Object.entries(TARGETS).map(([service, to]) => ({ kind: "uses" as const, to, path: "Targets[].Arn", service })),
  ],
  defaults: "rules with ManagedBy were made by an AWS service, which changes and deletes them",
  iam: {
    list: ["events:ListEventBuses", "events:ListRules", "events:ListTargetsByRule", "tag:GetResources"],
    read: ["events:ListRules", "events:ListTargetsByRule", "tag:GetResources"],
  },
  pause: {
    stage: "triggers",
    how: "disabled",
    keepsCosting: [],
    // It is disabled at once, and may match events for a short while yet.
    patienceMinutes: 2,
    iam: { capture: ["events:DescribeRule"], pause: ["events:DisableRule"], resume: ["events:EnableRule"] },
  },
  removal: {
    how: "deleted",
    loses: [],
    preparations: { "remove-targets": { how: "its targets removed", iam: ["events:RemoveTargets"] } },
    patienceMinutes: 2,
    iam: { inspect: [], remove: ["events:DeleteRule"] },
  },
  sources: [
    "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteRule.html",
    "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RemoveTargets.html",
    "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DisableRule.html",
    "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EnableRule.html",
    "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Rule.html",
    "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html",
    "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html",
  ],
} as const satisfies Facts;
