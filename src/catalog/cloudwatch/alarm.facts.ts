import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::CloudWatch::Alarm",
  short: "cloudwatch:alarm",
  title: "CloudWatch alarm",
  group: "monitoring",
  scope: "regional",
  arn: "arn:{partition}:cloudwatch:{region}:{account}:alarm:{id}",
  shape: { sdk: "client-cloudwatch", name: "MetricAlarm" },
  volatile: [
    "StateValue",
    "StateReason",
    "StateReasonData",
    "StateUpdatedTimestamp",
    "StateTransitionedTimestamp",
    "EvaluationState",
    // Moves at every put, also one that changes nothing.
    "AlarmConfigurationUpdatedTimestamp",
  ],
  secret: [],
  unordered: [
    "OKActions",
    "AlarmActions",
    "InsufficientDataActions",
    "Dimensions",
    "Metrics",
    "Metrics[].MetricStat.Metric.Dimensions",
    "ActionConfiguration.AlarmTagsPropagation.IncludedTagKeys",
    "ActionConfiguration.AlarmTagsPropagation.ExcludedTagKeys",
  ],
  links: [
    { kind: "uses", to: "AWS::SNS::Topic", path: "AlarmActions[]", service: "sns" },
    { kind: "uses", to: "AWS::SNS::Topic", path: "OKActions[]", service: "sns" },
    { kind: "uses", to: "AWS::SNS::Topic", path: "InsufficientDataActions[]", service: "sns" },
    { kind: "uses", to: "AWS::AutoScaling::ScalingPolicy", path: "AlarmActions[]", service: "autoscaling" },
    { kind: "uses", to: "AWS::AutoScaling::ScalingPolicy", path: "OKActions[]", service: "autoscaling" },
    { kind: "uses", to: "AWS::Lambda::Function", path: "AlarmActions[]", service: "lambda" },
    { kind: "uses", to: "AWS::Lambda::Function", path: "OKActions[]", service: "lambda" },
    { kind: "uses", to: "AWS::Lambda::Function", path: "InsufficientDataActions[]", service: "lambda" },
  ],
  defaults: "alarms named TargetTracking-… belong to the scaling policy that made them and must not be edited",
  iam: {
    list: ["cloudwatch:DescribeAlarms", "tag:GetResources"],
    read: ["cloudwatch:DescribeAlarms", "tag:GetResources"],
  },
  pause: {
    stage: "alarms",
    // An alarm is billed whether its actions are enabled or not: what is saved is the noise.
    how: "actions disabled",
    keepsCosting: ["the alarm itself"],
    patienceMinutes: 2,
    iam: {
      capture: ["cloudwatch:DescribeAlarms"],
      pause: ["cloudwatch:DisableAlarmActions"],
      resume: ["cloudwatch:EnableAlarmActions"],
    },
  },
  removal: {
    how: "deleted",
    loses: ["its history"],
    patienceMinutes: 5,
    iam: { inspect: [], remove: ["cloudwatch:DeleteAlarms"] },
  },
  sources: [
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAlarms.html",
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DisableAlarmActions.html",
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html",
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html",
    "https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html",
  ],
} as const satisfies Facts;
