import { CloudWatchClient, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  type Action,
  AddTagsCommand,
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  ElasticLoadBalancingV2Client as ELB,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { seedRule } from "../../../src/catalog/elasticloadbalancingv2/shedding.trial.ts";
import type { Weights } from "../../../src/model/weights.ts";
import { group } from "../../../src/twin/load/balanced.trial.ts";
import type { TwinService } from "../../../src/twin/service.ts";
import { ACCOUNT, HERE, type TestAccount, testAccount } from "../../contract/account.ts";
import type { RulePlan, ShedHistory } from "./history.ts";

export const ALARM = "overrun";
export const TABLE = "shed";
/** Of the alarm, requests a minute for each target. */
const THRESHOLD = 500;
const arnOf = (service: string, name: string) => `arn:aws:${service}:${HERE}:${ACCOUNT}:${name}`;
export const ON_ALARM = arnOf("lambda", "function:shed-alarm");
export const ON_MESSAGES = arnOf("lambda", "function:shed-step");
export const STEPS = arnOf("sqs", "steps");

/** An account with a listener that is shed by functions. */
export interface IncidentWorld {
  readonly account: TestAccount;
  readonly listener: string;
  /** The primary first. */
  readonly groups: readonly string[];
  readonly emptyGroups: readonly string[];
  /** As planned, the default rule under the listener's ARN. */
  readonly rules: readonly string[];
  readonly protectedRules: readonly string[];
  readonly steps: string;
  readonly topic: string;
  /** When the incident begins, ISO. */
  readonly begun: string;
}

/** @param services of the twin, as the watchman sees them */
export async function buildWorld(history: ShedHistory, services: readonly TwinService[]): Promise<IncidentWorld> {
  const account = await testAccount({ services });
  const { send, twin } = account;
  const groups: string[] = [];
  for (const [index, { targets }] of history.groups.entries())
    groups.push(await group(account, `group-${index}`, index === 0 ? Math.max(1, targets) : targets));
  const { LoadBalancers } = await send(ELB, new CreateLoadBalancerCommand({ Name: "web", Subnets: ["a", "b"] }));
  const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn;
  const [first, ...more] = history.rules;
  const DefaultActions = actionsOf(first as RulePlan, groups);
  const Certificates = [{ CertificateArn: arnOf("acm", "certificate/1") }];
  const input = { LoadBalancerArn, Protocol: "HTTPS" as const, Port: 443, Certificates, DefaultActions };
  const listener = (await send(ELB, new CreateListenerCommand(input))).Listeners?.[0]?.ListenerArn ?? "";
  const rules = [listener];
  for (const [index, plan] of more.entries())
    rules.push(await seedRule(account, listener, index + 1, actionsOf(plan, groups)));
  const protectedRules = rules.filter((_, index) => history.rules[index]?.isProtected);
  const Tags = [{ Key: "evenkeel:protect", Value: "true" }];
  if (protectedRules.length > 0) await send(ELB, new AddTagsCommand({ ResourceArns: protectedRules, Tags }));
  await alarmOn(account, groups[0] ?? "", history);
  const steps = await queues(account, history);
  const { TopicArn: topic = "" } = await send(SNSClient, new CreateTopicCommand({ Name: "alerts" }));
  await table(account);
  await twin.clock.sleep(60_000);
  const emptyGroups = groups.filter((_, index) => history.groups[index]?.isEmptyOnPurpose);
  return {
    account,
    listener,
    groups,
    emptyGroups,
    rules,
    protectedRules,
    steps,
    topic,
    begun: new Date(twin.clock.now()).toISOString(),
  };
}

async function alarmOn({ send }: TestAccount, primary: string, { alarm }: ShedHistory): Promise<void> {
  const metric = { Namespace: "AWS/ApplicationELB", MetricName: "RequestCountPerTarget", Statistic: "Sum" } as const;
  const Dimensions = [{ Name: "TargetGroup", Value: primary.split(":").at(-1) }];
  const rest = { Threshold: THRESHOLD, ComparisonOperator: "GreaterThanThreshold", Period: 60 } as const;
  const periods = { EvaluationPeriods: alarm.periods, TreatMissingData: alarm.missing };
  const asked = { AlarmName: ALARM, ...metric, ...rest, ...periods, Dimensions };
  await send(CloudWatchClient, new PutMetricAlarmCommand(asked));
  const EventPattern = JSON.stringify({ source: ["aws.cloudwatch"], detail: { alarmName: [ALARM] } });
  await send(EventBridgeClient, new PutRuleCommand({ Name: ALARM, EventPattern }));
  await send(EventBridgeClient, new PutTargetsCommand({ Rule: ALARM, Targets: [{ Id: "1", Arn: ON_ALARM }] }));
}

/** The steps' queue and, after three tries, its dead-letter queue. */
async function queues({ send }: TestAccount, { visibility }: ShedHistory): Promise<string> {
  await send(SQSClient, new CreateQueueCommand({ QueueName: "dead" }));
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf("sqs", "dead"), maxReceiveCount: 3 });
  const Attributes = { RedrivePolicy, VisibilityTimeout: String(visibility) };
  return (await send(SQSClient, new CreateQueueCommand({ QueueName: "steps", Attributes }))).QueueUrl ?? "";
}

async function table({ send }: TestAccount): Promise<void> {
  const keys = [
    ["pk", "HASH"],
    ["sk", "RANGE"],
  ] as const;
  const asked = {
    TableName: TABLE,
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: keys.map(([AttributeName, KeyType]) => ({ AttributeName, KeyType })),
    AttributeDefinitions: keys.map(([AttributeName]) => ({ AttributeName, AttributeType: "S" as const })),
  } as const;
  const { KeySchema, AttributeDefinitions, ...rest } = asked;
  await send(
    DynamoDBClient,
    new CreateTableCommand({ ...rest, KeySchema: [...KeySchema], AttributeDefinitions: [...AttributeDefinitions] }),
  );
}

/** The actions of a rule, as a person writes them. */
export function actionsOf(plan: RulePlan, groups: readonly string[]): Action[] {
  const oidc = {
    Issuer: "https://id.example.com",
    AuthorizationEndpoint: "https://id.example.com/authorize",
    TokenEndpoint: "https://id.example.com/token",
    UserInfoEndpoint: "https://id.example.com/user",
    ClientId: "web",
    ClientSecret: "secret",
  };
  const last = forwardOf(plan, groups);
  if (!plan.authenticates) return [{ ...last, Order: 1 }];
  return [
    { Type: "authenticate-oidc", Order: 1, AuthenticateOidcConfig: oidc },
    { ...last, Order: 2 },
  ];
}

function forwardOf(plan: RulePlan, groups: readonly string[]): Action {
  const { kind, sticky, turn, parts } = plan;
  if (kind === "fixed") return { Type: "fixed-response", FixedResponseConfig: { StatusCode: "404" } };
  const [primary = "", ...others] = groups;
  if (kind === "alone") return { Type: "forward", TargetGroupArn: primary };
  // Not every rule has every group.
  const several = others.slice(0, 1 + ((parts[0] ?? 0) % others.length));
  const all = kind === "others" ? several : [primary, ...several];
  const named = all.map((_, index) => all[(index + turn) % all.length] ?? "");
  const weights = weightsOf(plan, named, primary);
  const TargetGroups = Object.entries(weights).map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight }));
  const TargetGroupStickinessConfig = { Enabled: sticky !== undefined, DurationSeconds: sticky };
  return { Type: "forward", ForwardConfig: { TargetGroups, TargetGroupStickinessConfig } };
}

/** What cannot be divided the first group gets. */
function weightsOf({ parts, total, primary: percent }: RulePlan, groups: readonly string[], primary: string): Weights {
  const part = (group: string) => parts[groups.indexOf(group)] ?? 0;
  const others = sumOf(groups.filter((group) => group !== primary).map(part));
  const lead = percent === 100 ? 0 : (others * (percent ?? 0)) / (100 - (percent ?? 0));
  const own = (group: string) => {
    if (percent === undefined) return part(group);
    if (group === primary) return percent === 100 ? Math.max(1, part(group)) : Math.min(999, Math.round(lead));
    return percent === 100 ? 0 : part(group);
  };
  const sum = sumOf(groups.map(own));
  const isScaled = total !== undefined && sum > 0;
  const scaled = groups.map((group) => (isScaled ? Math.floor((own(group) * total) / sum) : own(group)));
  const rest = isScaled ? total - sumOf(scaled) : 0;
  return Object.fromEntries(groups.map((group, index) => [group, (scaled[index] ?? 0) + (index === 0 ? rest : 0)]));
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
