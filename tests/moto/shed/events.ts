import type { Site } from "./site.ts";

export type AlarmState = "ALARM" | "OK" | "INSUFFICIENT_DATA";

/** A message as awscli receives it. */
export interface Received {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly MD5OfBody: string;
  readonly Body: string;
  readonly Attributes: Readonly<Record<string, string>>;
}

const ACCOUNT = "123456789012";
const REGION = "eu-west-1";

/** What EventBridge passes on. Source: CloudWatch user guide, "Alarm events and EventBridge", the sample of a single metric. */
export function alarmEvent({ alarm, groups }: Pick<Site, "alarm" | "groups">, value: AlarmState): object {
  const was = value === "ALARM" ? "OK" : "ALARM";
  const data = (queryDate: string) =>
    JSON.stringify({
      version: "1.0",
      queryDate,
      statistic: "Sum",
      period: 60,
      recentDatapoints: [612],
      threshold: 500,
    });
  return {
    version: "0",
    id: "c4c1c1c9-6542-e61b-6ef0-8c4d36933a92",
    "detail-type": "CloudWatch Alarm State Change",
    source: "aws.cloudwatch",
    account: ACCOUNT,
    time: "2026-01-05T17:04:40Z",
    region: REGION,
    resources: [`arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:${alarm}`],
    detail: {
      alarmName: alarm,
      configuration: {
        description: "requests for each target",
        metrics: [
          {
            id: "30b6c6b2-a864-43a2-4877-c09a1afc3b87",
            metricStat: {
              metric: {
                dimensions: { TargetGroup: groups.web.slice(groups.web.indexOf("targetgroup/")) },
                name: "RequestCountPerTarget",
                namespace: "AWS/ApplicationELB",
              },
              period: 60,
              stat: "Sum",
            },
            returnData: true,
          },
        ],
      },
      previousState: {
        reason: "Threshold Crossed: 3 datapoints were not greater than the threshold (500.0).",
        reasonData: data("2026-01-05T16:56:40.985+0000"),
        timestamp: "2026-01-05T16:56:40.987+0000",
        value: was,
      },
      state: {
        reason: "Threshold Crossed: 3 datapoints were greater than the threshold (500.0).",
        reasonData: data("2026-01-05T17:04:40.985+0000"),
        timestamp: "2026-01-05T17:04:40.989+0000",
        value,
      },
    },
  };
}

/** What Lambda makes of received messages. Source: Lambda developer guide, "Using Lambda with Amazon SQS". */
export function queueEvent(received: readonly Received[], queueUrl: string): object {
  return {
    Records: received.map(({ MessageId, ReceiptHandle, MD5OfBody, Body, Attributes }) => ({
      messageId: MessageId,
      receiptHandle: ReceiptHandle,
      body: Body,
      attributes: Attributes,
      messageAttributes: {},
      md5OfBody: MD5OfBody,
      eventSource: "aws:sqs",
      eventSourceARN: `arn:aws:sqs:${REGION}:${ACCOUNT}:${queueUrl.split("/").at(-1)}`,
      awsRegion: REGION,
    })),
  };
}
