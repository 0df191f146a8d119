import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::CloudWatch::CompositeAlarm",
  short: "cloudwatch:composite-alarm",
  title: "CloudWatch composite alarm",
  group: "monitoring",
  scope: "regional",
  // The same form of ARN as a metric alarm's: the two share their names.
  arn: "arn:{partition}:cloudwatch:{region}:{account}:alarm:{id}",
  shape: { sdk: "client-cloudwatch", name: "CompositeAlarm" },
  // The alarms it is made of stand in the text of AlarmRule.
  more: { Children: "json" },
  volatile: [
    "StateValue",
    "StateReason",
    "StateReasonData",
    "StateUpdatedTimestamp",
    "StateTransitionedTimestamp",
    "ActionsSuppressedBy",
    "ActionsSuppressedReason",
    // Moves at every put, also one that changes nothing.
    "AlarmConfigurationUpdatedTimestamp",
  ],
  secret: [],
  unordered: [
    "OKActions",
    "AlarmActions",
    "InsufficientDataActions",
    "ActionConfiguration.AlarmTagsPropagation.IncludedTagKeys",
    "ActionConfiguration.AlarmTagsPropagation.ExcludedTagKeys",
  ],
  links: [
    // Both kinds of alarms share their names.
    { kind: "uses", to: "AWS::CloudWatch::Alarm", path: "Children[]" },
    { kind: "uses", to: "AWS::CloudWatch::CompositeAlarm", path: "Children[]" },
    { kind: "uses", to: "AWS::CloudWatch::Alarm", path: "ActionsSuppressor" },
    { kind: "uses", to: "AWS::CloudWatch::CompositeAlarm", path: "ActionsSuppressor" },
    { kind: "uses", to: "AWS::SNS::Topic", path: "AlarmActions[]", service: "sns" },
    { kind: "uses", to: "AWS::SNS::Topic", path: "OKActions[]", service: "sns" },
    { kind: "uses", to: "AWS::SNS::Topic", path: "InsufficientDataActions[]", service: "sns" },
    { kind: "uses", to: "AWS::Lambda::Function", path: "AlarmActions[]", service: "lambda" },
    { kind: "uses", to: "AWS::Lambda::Function", path: "OKActions[]", service: "lambda" },
    { kind: "uses", to: "AWS::Lambda::Function", path: "InsufficientDataActions[]", service: "lambda" },
  ],
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
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_CompositeAlarm.html",
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html",
  ],
} as const satisfies Facts;
