import { CloudWatchClient, DescribeAlarmsCommand, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client as ELB,
  ModifyListenerCommand,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { ACCOUNT, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import type { TwinOptions } from "../twin.ts";

export const STARTS = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:alarm`;
export const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}:steps`;

/** A listener whose default rule forwards to two groups of two targets, by weights out of a hundred. */
export async function twoGroups(sticky?: number, options: Partial<TwinOptions> = {}) {
  const account = await testAccount(options);
  const { send } = account;
  const { LoadBalancers } = await send(ELB, new CreateLoadBalancerCommand({ Name: "web", Subnets: ["a", "b"] }));
  const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn ?? "";
  const primary = await group(account, "primary");
  const standby = await group(account, "standby");
  const actions = (weight: number) => [forward({ [primary]: weight, [standby]: 100 - weight }, sticky)];
  const listenerInput = { LoadBalancerArn, Protocol: "HTTP" as const, Port: 80, DefaultActions: actions(100) };
  const { Listeners } = await send(ELB, new CreateListenerCommand(listenerInput));
  const listener = Listeners?.[0]?.ListenerArn ?? "";
  const weigh = (weight: number) =>
    send(ELB, new ModifyListenerCommand({ ListenerArn: listener, DefaultActions: actions(weight) }));
  return { account, LoadBalancerArn, primary, standby, listener, weigh };
}

/** @param targets none for a group without */
export async function group({ send }: TestAccount, Name: string, targets = 2): Promise<string> {
  const made = await send(ELB, new CreateTargetGroupCommand({ Name, Protocol: "HTTP", Port: 80, VpcId: "vpc-0a" }));
  const TargetGroupArn = made.TargetGroups?.[0]?.TargetGroupArn ?? "";
  const Targets = Array.from({ length: targets }, (_, index) => ({ Id: `i-${Name}-${index}` }));
  if (targets > 0) await send(ELB, new RegisterTargetsCommand({ TargetGroupArn, Targets }));
  return TargetGroupArn;
}

/** @param sticky seconds */
export function forward(weights: Readonly<Record<string, number>>, sticky?: number) {
  const TargetGroups = Object.entries(weights).map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight }));
  const TargetGroupStickinessConfig = { Enabled: sticky !== undefined, DurationSeconds: sticky };
  return { Type: "forward" as const, ForwardConfig: { TargetGroups, TargetGroupStickinessConfig } };
}

/** The same with an alarm on the first group, a rule that tells a function of it, and a queue. */
export async function balanced(options: Partial<TwinOptions> = {}) {
  const made = await twoGroups(undefined, options);
  const { send } = made.account;
  await send(
    CloudWatchClient,
    new PutMetricAlarmCommand({
      AlarmName: "overrun",
      Namespace: "AWS/ApplicationELB",
      MetricName: "RequestCountPerTarget",
      Dimensions: [{ Name: "TargetGroup", Value: made.primary.split(":").at(-1) }],
      Statistic: "Sum",
      Period: 60,
      EvaluationPeriods: 3,
      Threshold: 500,
      ComparisonOperator: "GreaterThanThreshold",
    }),
  );
  const EventPattern = JSON.stringify({ source: ["aws.cloudwatch"], detail: { alarmName: ["overrun"] } });
  await send(EventBridgeClient, new PutRuleCommand({ Name: "overrun", EventPattern }));
  await send(EventBridgeClient, new PutTargetsCommand({ Rule: "overrun", Targets: [{ Id: "1", Arn: STARTS }] }));
  const { QueueUrl = "" } = await send(SQSClient, new CreateQueueCommand({ QueueName: "steps" }));
  const state = async () => {
    const { MetricAlarms } = await send(CloudWatchClient, new DescribeAlarmsCommand({}));
    return MetricAlarms?.[0]?.StateValue;
  };
  return { ...made, QueueUrl, state };
}
