import { CloudWatchClient, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import {
  DeregisterTargetsCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  ModifyRuleCommand,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { FunctionHandler } from "../delivery/invocations.ts";
import { createIncident, type Incident } from "../incident.ts";
import { known, type Seed } from "./seed.ts";

const ALARM = "web-overrun";

/** What the demo's web fleet can do: targets, and requests a second that each of them serves. */
const FLEET = {
  "web-primary": { targets: 4, capacity: 12 },
  "web-canary": { targets: 2, capacity: 12 },
  "web-standby": { targets: 3, capacity: 20 },
} as const;

/** Requests a second: a busy morning, half an hour of far too much, and quiet again. */
const OFFERED = [
  [0, 24],
  [420, 26],
  [540, 64],
  [2100, 66],
  [2220, 20],
] as const;

/** The demo's balancer under a load that it can't serve. */
export interface Overload {
  readonly listener: string;
  readonly primary: string;
  /** Requests a second that each target of the primary serves. */
  readonly capacity: number;
  readonly alarm: string;
  readonly queueUrl: string;
  /** @param functions what the alarm starts, and what takes the queue's messages */
  begin(functions: { readonly alarm: FunctionHandler; readonly step: FunctionHandler }): Incident;
}

/** Sets up what watches the balancer: an alarm, a rule for its events, a queue for the steps. */
export async function overload(seed: Seed): Promise<Overload> {
  const elb = seed.client(ElasticLoadBalancingV2Client);
  const balancer = known((await elb.send(new DescribeLoadBalancersCommand({ Names: ["web"] }))).LoadBalancers?.[0]);
  const { LoadBalancerArn } = balancer;
  const listener = known(
    (await elb.send(new DescribeListenersCommand({ LoadBalancerArn }))).Listeners?.[0]?.ListenerArn,
  );
  const { Rules = [] } = await elb.send(new DescribeRulesCommand({ ListenerArn: listener }));
  const rule = known(Rules.find(({ IsDefault }) => !IsDefault)?.RuleArn);
  const groups = new Map<string, string>();
  for (const [name, { targets }] of Object.entries(FLEET)) {
    const { TargetGroups } = await elb.send(new DescribeTargetGroupsCommand({ Names: [name] }));
    const TargetGroupArn = known(TargetGroups?.[0]?.TargetGroupArn);
    // What came back from a pause a moment ago is not healthy yet.
    const { TargetHealthDescriptions = [] } = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
    const former = TargetHealthDescriptions.flatMap(({ Target }) => Target ?? []);
    if (former.length > 0) await elb.send(new DeregisterTargetsCommand({ TargetGroupArn, Targets: former }));
    const Targets = Array.from({ length: targets }, (_, at) => ({ Id: `i-${name}-${at}` }));
    await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }));
    groups.set(name, TargetGroupArn);
  }
  const primary = known(groups.get("web-primary"));
  const weights = [...groups].map(([name, TargetGroupArn]) => ({
    TargetGroupArn,
    Weight: name === "web-primary" ? 100 : 0,
  }));
  const TargetGroupStickinessConfig = { Enabled: true, DurationSeconds: 600 };
  const ForwardConfig = { TargetGroups: weights, TargetGroupStickinessConfig };
  await elb.send(new ModifyRuleCommand({ RuleArn: rule, Actions: [{ Type: "forward", ForwardConfig }] }));
  const watched = await watch(seed, primary);
  const capacities = Object.entries(FLEET).map(([name, { capacity }]) => [known(groups.get(name)), { capacity }]);
  return {
    listener,
    primary,
    capacity: FLEET["web-primary"].capacity,
    alarm: ALARM,
    queueUrl: watched.queueUrl,
    begin: ({ alarm, step }) =>
      createIncident({
        twin: seed.twin,
        account: seed.account,
        region: seed.region,
        load: { listener, offered: OFFERED, rules: { [rule]: 1 }, groups: Object.fromEntries(capacities) },
        alarms: [ALARM],
        functions: { [watched.alarmFunction]: alarm, [watched.stepFunction]: step },
        queues: [{ queue: watched.queue, function: watched.stepFunction, reportsFailures: true }],
        trouble: { duplicated: 0.2, late: 0.2, lateSeconds: 20 },
      }),
  };
}

async function watch(seed: Seed, primary: string) {
  await seed.client(CloudWatchClient).send(
    new PutMetricAlarmCommand({
      AlarmName: ALARM,
      Namespace: "AWS/ApplicationELB",
      MetricName: "RequestCountPerTarget",
      Dimensions: [{ Name: "TargetGroup", Value: primary.split(":").at(-1) }],
      Statistic: "Sum",
      Period: 60,
      EvaluationPeriods: 3,
      Threshold: 500,
      ComparisonOperator: "GreaterThanThreshold",
    }),
  );
  const arnOf = (name: string) => `arn:aws:lambda:${seed.region}:${seed.account}:function:${name}`;
  const events = seed.client(EventBridgeClient);
  const EventPattern = JSON.stringify({ source: ["aws.cloudwatch"], detail: { alarmName: [ALARM] } });
  await events.send(new PutRuleCommand({ Name: ALARM, EventPattern }));
  await events.send(new PutTargetsCommand({ Rule: ALARM, Targets: [{ Id: "1", Arn: arnOf("shed-alarm") }] }));
  const sqs = seed.client(SQSClient);
  const queueUrl = known((await sqs.send(new CreateQueueCommand({ QueueName: "shed-steps" }))).QueueUrl);
  const asked = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["QueueArn"] });
  const queue = known((await sqs.send(asked)).Attributes?.QueueArn);
  return { queue, queueUrl, alarmFunction: arnOf("shed-alarm"), stepFunction: arnOf("shed-step") };
}
