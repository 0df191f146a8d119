import type { Facts } from "../contract.ts";

/** Targets by the service in their ARN; universal targets (`arn:aws:scheduler:::aws-sdk:…`) name an API, no resource. */
const TARGETS = {
  lambda: "AWS::Lambda::Function",
  sqs: "AWS::SQS::Queue",
  sns: "AWS::SNS::Topic",
  ecs: "AWS::ECS::Cluster",
  kinesis: "AWS::Kinesis::Stream",
  states: "AWS::StepFunctions::StateMachine",
  firehose: "AWS::KinesisFirehose::DeliveryStream",
  events: "AWS::Events::EventBus",
  codebuild: "AWS::CodeBuild::Project",
  codepipeline: "AWS::CodePipeline::Pipeline",
} as const;

/** Where the tasks that it starts run. */
const NETWORK = "Target.EcsParameters.NetworkConfiguration.awsvpcConfiguration";

export const facts = {
  type: "AWS::Scheduler::Schedule",
  short: "scheduler:schedule",
  title: "EventBridge Scheduler schedule",
  group: "management",
  scope: "regional",
  // The id is `group/name`. Groups have tags, schedules have none.
  arn: "arn:{partition}:scheduler:{region}:{account}:schedule/{id}",
  shape: { sdk: "client-scheduler", name: "GetScheduleOutput" },
  // The state of a schedule is a setting, and stays.
  volatile: ["LastModificationDate"],
  // What a target is sent may carry anything, keys to other systems among it.
  secret: [
    "Target.Input",
    "Target.SageMakerPipelineParameters.PipelineParameterList[].Value",
    "Target.EventBridgePutRawEventsParameters.Metadata.*",
  ],
  unordered: [
    "Target.EcsParameters.NetworkConfiguration.awsvpcConfiguration.Subnets",
    "Target.EcsParameters.NetworkConfiguration.awsvpcConfiguration.SecurityGroups",
    "Target.EcsParameters.Tags",
  ],
  categories: { permissions: ["Target.RoleArn"] },
  links: [
    { kind: "member-of", to: "AWS::Scheduler::ScheduleGroup", path: "GroupName" },
    { kind: "uses", to: "AWS::IAM::Role", path: "Target.RoleArn" },
    { kind: "uses", to: "AWS::KMS::Key", path: "KmsKeyArn" },
    { kind: "uses", to: "AWS::SQS::Queue", path: "Target.DeadLetterConfig.Arn" },
    { kind: "uses", to: "AWS::ECS::TaskDefinition", path: "Target.EcsParameters.TaskDefinitionArn" },
    { kind: "uses", to: "AWS::EC2::SecurityGroup", path: `${NETWORK}.SecurityGroups[]` },
    { kind: "uses", to: "AWS::EC2::Subnet", path: `${NETWORK}.Subnets[]` },
    ...Object.entries(TARGETS).map(([service, to]) => ({ kind: "uses" as const, to, path: "Target.Arn", service })),
  ],
  iam: {
    list: ["scheduler:ListSchedules", "scheduler:GetSchedule"],
    read: ["scheduler:GetSchedule"],
  },
  pause: {
    stage: "triggers",
    how: "disabled",
    keepsCosting: [],
    // What a schedule with a flexible time window has begun before may still be delivered.
    patienceMinutes: 2,
    iam: {
      capture: ["scheduler:GetSchedule"],
      // A schedule is changed by writing the whole of it anew, and with it the role that it hands to the target.
      pause: ["scheduler:UpdateSchedule", "iam:PassRole"],
      resume: ["scheduler:UpdateSchedule", "iam:PassRole"],
    },
  },
  removal: {
    how: "deleted",
    loses: [],
    patienceMinutes: 2,
    iam: { inspect: [], remove: ["scheduler:DeleteSchedule"] },
  },
  sources: [
    "https://docs.aws.amazon.com/scheduler/latest/APIReference/API_DeleteSchedule.html",
    "https://docs.aws.amazon.com/scheduler/latest/APIReference/API_GetSchedule.html",
    "https://docs.aws.amazon.com/scheduler/latest/APIReference/API_UpdateSchedule.html",
    "https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-state.html",
    "https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridgescheduler.html",
  ],
} as const satisfies Facts;
