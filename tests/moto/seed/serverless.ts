import { asMap, asPairs } from "../made.ts";
import type { Identity } from "./identity.ts";
import type { Seeding } from "./seeding.ts";

/** Planted where configuration must be redacted: it may appear in nothing that is written. */
export const PLANTED_SECRET = "planted-hunter2-do-not-leak";

/** An empty zip file. */
const ZIP = `PK\u0005\u0006${"\0".repeat(18)}`;

/** A queue that feeds a function, a topic, a rule, an alarm, a log group. */
export async function seedServerless(seeding: Seeding, identity: Identity): Promise<void> {
  const { make, makeNamed, note, aws, region } = seeding;
  await aws.call("sqs create-queue --queue-name shop-orders --attributes VisibilityTimeout=60 --tags", asMap);
  const queue = `arn:aws:sqs:${region}:123456789012:shop-orders`;
  note("AWS::SQS::Queue", "shop-orders", queue);
  const topic = await make("AWS::SNS::Topic", "sns create-topic --name shop-events --query TopicArn --tags", asPairs);
  await aws.call(`sns subscribe --topic-arn ${topic} --protocol sqs --notification-endpoint ${queue}`);
  const described = {
    FunctionName: "shop-worker",
    Runtime: "python3.12",
    Role: identity.role,
    Handler: "main.handler",
    Code: { ZipFile: ZIP },
    MemorySize: 256,
    Environment: { Variables: { STAGE: "test", API_TOKEN: PLANTED_SECRET } },
    Tags: asMap,
  };
  const worker = await makeNamed(
    "AWS::Lambda::Function",
    "shop-worker",
    "lambda create-function --query FunctionArn --cli-input-json",
    described,
  );
  await make(
    "AWS::Lambda::EventSourceMapping",
    `lambda create-event-source-mapping --function-name shop-worker --event-source-arn ${queue} --batch-size 5 --query UUID --tags`,
    asMap,
  );
  await makeNamed(
    "AWS::Events::Rule",
    "shop-nightly",
    "events put-rule --name shop-nightly --query RuleArn --tags",
    asPairs,
    "--schedule-expression",
    "rate(1 day)",
  );
  await aws.call(`events put-targets --rule shop-nightly --targets Id=worker,Arn=${worker}`);
  await aws.call(`${alarm(300, topic)} --tags`, asPairs);
  note("AWS::CloudWatch::Alarm", "shop-late", `arn:aws:cloudwatch:${region}:123456789012:alarm:shop-late`);
  await aws.call("logs create-log-group --log-group-name /shop/worker --tags", asMap);
  await aws.call("logs put-retention-policy --log-group-name /shop/worker --retention-in-days 30");
  note("AWS::Logs::LogGroup", "/shop/worker", `arn:aws:logs:${region}:123456789012:log-group:/shop/worker`);
}

/** An alarm is always put whole, also to change one property of it. */
export function alarm(threshold: number, topic: string): string {
  const metric =
    "--namespace AWS/SQS --metric-name ApproximateAgeOfOldestMessage --dimensions Name=QueueName,Value=shop-orders";
  const rule = `--statistic Maximum --period 60 --evaluation-periods 3 --threshold ${threshold} --comparison-operator GreaterThanThreshold`;
  return `cloudwatch put-metric-alarm --alarm-name shop-late ${metric} ${rule} --alarm-actions ${topic}`;
}
