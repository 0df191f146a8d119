import { fileURLToPath } from "node:url";
import type { IAlarmAction } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { Code } from "aws-cdk-lib/aws-lambda";
import type { RetentionDays } from "aws-cdk-lib/aws-logs";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import type { FunctionName } from "../lambda/functions.ts";
import { storeBucket } from "./bucket.ts";
import type { GrantOptions } from "./iam.ts";
import type { Places } from "./statements.ts";
import { encryptedTopic } from "./topic.ts";
import { type WebhookProps, webhookOf } from "./webhook.ts";

/** What all constructs with functions take. */
export interface CommonProps extends WebhookProps {
  /** Where a function's code comes from, by its name; absent = the bundle in the package. */
  readonly code?: (name: FunctionName) => Code;
  /** Where people are told, and what alarms publish to; absent = an encrypted topic of its own. With `"none"` only the log has it. */
  readonly topic?: ITopic | "none";
  /** How long logs are kept; absent = 30 days. */
  readonly logRetention?: RetentionDays;
  /** Whether X-Ray traces the functions; absent = no. */
  readonly tracing?: boolean;
}

/** A bucket: any of CDK's will do. */
export interface Place {
  readonly bucketName: string;
  readonly bucketArn: string;
}

/** What constructs with a store take besides. */
export interface StoreProps {
  /** Where snapshots, records and runs are kept; absent = a bucket of its own, which outlives the stack. */
  readonly bucket?: Place;
  /** The folder in the bucket; absent = `evenkeel`. */
  readonly prefix?: string;
}

/** What the functions of a construct stand on. */
export interface Ground extends Pick<CommonProps, "logRetention" | "tracing"> {
  readonly code: (name: FunctionName) => Code;
  readonly topic?: ITopic;
  /** What alarms do; absent = they only show. */
  readonly action?: IAlarmAction;
  readonly environment: Readonly<Record<string, string>>;
  readonly grants: GrantOptions;
  /** What the words in the grants stand for. */
  readonly places: Places;
}

/** The same path from `src/cdk/` and from `dist/cdk/`. */
const bundled = (name: FunctionName) =>
  Code.fromAsset(fileURLToPath(new URL(`../../dist/lambda/${name}`, import.meta.url)));

/** Makes what is not given. */
export function groundOf(scope: Construct, props: CommonProps): Ground {
  const { code = bundled, logRetention, tracing } = props;
  const webhook = webhookOf(props);
  const topic = props.topic === "none" ? undefined : (props.topic ?? encryptedTopic(scope, "Topic", "cloudwatch"));
  return {
    code,
    ...(logRetention === undefined ? {} : { logRetention }),
    ...(tracing === undefined ? {} : { tracing }),
    ...(topic ? { topic, action: new SnsAction(topic) } : {}),
    environment: {
      ...(topic ? { SNS_TOPIC_ARN: topic.topicArn } : {}),
      ...webhook.environment,
    },
    grants: { ...(topic ? { topic: "{topic}" } : {}), ...webhook.grants },
    places: { ...(topic ? { topic: topic.topicArn } : {}), ...webhook.places },
  };
}

/** The same with a store. */
export function groundWithStore(
  scope: Construct,
  props: CommonProps & StoreProps,
): Ground & { readonly bucket: Place } {
  const ground = groundOf(scope, props);
  const bucket: Place = props.bucket ?? storeBucket(scope, "Bucket");
  const { prefix = "evenkeel" } = props;
  return {
    ...ground,
    bucket,
    environment: { ...ground.environment, EVENKEEL_STORE: `s3://${bucket.bucketName}/${prefix}` },
    grants: { ...ground.grants, bucket: "{bucket}", prefix },
    places: { ...ground.places, bucket: bucket.bucketArn },
  };
}
