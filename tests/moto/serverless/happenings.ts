/** Events as AWS sends them, and what people are told. */
import type { Aws } from "../awscli.ts";
import { receive } from "../shed/queue.ts";

type Cli = Pick<Aws, "call" | "text">;

const ACCOUNT = "123456789012";
const HERE = "eu-west-1";

/** Of an EventBridge rule. Source: EventBridge user guide, "Creating a rule that runs on a schedule". */
export function ruleEvent(rule: string): object {
  return {
    version: "0",
    id: "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
    "detail-type": "Scheduled Event",
    source: "aws.events",
    account: ACCOUNT,
    time: "2026-01-05T17:00:00Z",
    region: HERE,
    resources: [`arn:aws:events:${HERE}:${ACCOUNT}:rule/${rule}`],
    detail: {},
  };
}

/** Of a schedule without an input. Source: EventBridge Scheduler user guide, "Templated targets". */
export function scheduleEvent(schedule: string): object {
  const resources = [`arn:aws:scheduler:${HERE}:${ACCOUNT}:schedule/default/${schedule}`];
  return { ...ruleEvent(""), source: "aws.scheduler", resources, detail: "{}" };
}

/** Made after the sample of the RDS user guide, "Creating a rule that triggers on an Amazon RDS event". */
export function databaseEvent(database: string, EventID: string): object {
  const now = new Date().toISOString();
  const arn = `arn:aws:rds:${HERE}:${ACCOUNT}:db:${database}`;
  return {
    version: "0",
    id: "844e2571-85d4-695f-b930-0153b71dcb42",
    "detail-type": "RDS DB Instance Event",
    source: "aws.rds",
    account: ACCOUNT,
    time: `${now.slice(0, 19)}Z`,
    region: HERE,
    resources: [arn],
    detail: {
      EventCategories: ["notification"],
      SourceType: "DB_INSTANCE",
      SourceArn: arn,
      Date: now,
      Message: "DB instance is being started due to it exceeding the maximum allowed time being stopped.",
      SourceIdentifier: database,
      EventID,
    },
  };
}

/** Whether a rule with this pattern passes an event on. Source: EventBridge user guide, "Creating event patterns" (exact values). */
export function isPassed(pattern: unknown, event: unknown): boolean {
  if (Array.isArray(pattern)) return [event].flat().some((value) => pattern.includes(value));
  return Object.entries(pattern as object).every(([key, part]) =>
    isPassed(part, (event as Readonly<Record<string, unknown>>)[key]),
  );
}

/** A queue that gets what a topic is told. @returns what asks for it: subject and text of each message */
export async function listen(aws: Cli, topic: string) {
  const queue = await aws.text(`sqs create-queue --queue-name inbox-${topic.split(":").at(-1)} --query QueueUrl`);
  const arn = await aws.text(
    `sqs get-queue-attributes --queue-url ${queue} --attribute-names QueueArn --query Attributes.QueueArn`,
  );
  await aws.call(`sns subscribe --topic-arn ${topic} --protocol sqs --notification-endpoint ${arn}`);
  return async (): Promise<readonly { readonly subject: string; readonly text: string }[]> => {
    const messages = await receive(aws, queue, 600);
    return messages.map(({ Body }) => {
      const { Subject, Message } = JSON.parse(Body) as { readonly Subject: string; readonly Message: string };
      return { subject: Subject, text: Message };
    });
  };
}
