/* What `npx cdk … -c name=value` names, as props of constructs. Whatever makes no sense is refused by its name. */
import type { App, Stack } from "aws-cdk-lib";
import { Schedule as Times } from "aws-cdk-lib/aws-events";
import { RetentionDays } from "aws-cdk-lib/aws-logs";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { type ISecret, Secret } from "aws-cdk-lib/aws-secretsmanager";
import { type ITopic, Topic } from "aws-cdk-lib/aws-sns";
import { type IParameter, StringParameter } from "aws-cdk-lib/aws-ssm";
import type { CommonProps, Place, StoreProps } from "./ground.ts";
import { camel, type Settings } from "./settings.ts";

export type Context = Readonly<Record<string, string>>;

/** What the stacks have in common. */
export interface Shared extends Pick<CommonProps, "code"> {
  /** Of the pauses. */
  readonly bucket?: Place;
}

export const COMMON = ["topic", "webhookSecret", "webhookParameter", "tracing", "logRetentionDays"];
export const STORE = ["bucket", "prefix"];

/** Names of settings in the context. */
export function namesOf(table: Settings): string[] {
  return Object.keys(table).map(camel);
}

/** Without what CDK itself puts there. */
export function contextOf(app: App): Context {
  const all = Object.entries(app.node.getAllContext() as Record<string, unknown>);
  return Object.fromEntries(all.flatMap(([key, value]) => (/^@?aws[-:]/.test(key) ? [] : [[key, String(value)]])));
}

/** Texts as they were written: the props' own checks read them as the functions do. */
export function settingsIn<Props>(context: Context, table: Settings): Props {
  const names = namesOf(table).filter((name) => context[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, context[name]])) as Props;
}

export function commonIn(stack: Stack, context: Context, { code }: Shared): CommonProps {
  const { topic, webhookSecret, webhookParameter } = context;
  const logRetention = numberIn(context, "logRetentionDays");
  if (logRetention !== undefined && !(logRetention in RetentionDays))
    throw new Error(
      `-c logRetentionDays can't be ${logRetention}: CloudWatch Logs keeps for 1, 3, 5, 7, 14, 30, 60, 90 … days`,
    );
  return {
    ...(code ? { code } : {}),
    ...(topic ? { topic: topic === "none" ? topic : topicAt(stack, topic) } : {}),
    ...(webhookSecret ? { webhookSecret: secretAt(stack, webhookSecret) } : {}),
    ...(webhookParameter ? { webhookParameter: parameterAt(stack, webhookParameter) } : {}),
    ...(logRetention === undefined ? {} : { logRetention }),
    tracing: switchIn(context, "tracing"),
  };
}

export function storeIn(stack: Stack, { bucket, prefix }: Context, shared: Shared): StoreProps {
  const place = bucket ? bucketAt(stack, bucket) : shared.bucket;
  return { ...(place ? { bucket: place } : {}), ...(prefix ? { prefix } : {}) };
}

/** A prop that is there, or is not at all. */
export function prop<Name extends string, T>(name: Name, value: T | undefined): { readonly [Key in Name]?: T } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: T };
}

/** @throws for what is neither true nor false */
export function switchIn(context: Context, name: string): boolean {
  const { [name]: text = "false" } = context;
  if (text === "true" || text === "false") return text === "true";
  throw new Error(`-c ${name} can't be "${text}": it is true or false`);
}

/** @returns undefined = it is not given @throws for what is no number */
export function numberIn(context: Context, name: string): number | undefined {
  const { [name]: text } = context;
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new Error(`-c ${name} can't be "${text}": it is a number`);
  return value;
}

/** @returns undefined = it is not given @throws for what is no JSON */
export function jsonIn<T>(context: Context, name: string): T | undefined {
  const { [name]: text } = context;
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new Error(`-c ${name} is no JSON: ${text}`, { cause });
  }
}

/** @returns undefined = it is not given @throws for what is no schedule expression of EventBridge */
export function timesIn(context: Context, name: string): Times | undefined {
  const { [name]: text } = context;
  if (text === undefined) return undefined;
  if (!/^(rate|cron)\(.+\)$/.test(text))
    throw new Error(`-c ${name} can't be "${text}": it is rate(1 hour), or cron(0 3 * * ? *) in UTC`);
  return Times.expression(text);
}

/* By name, or by ARN. */

function topicAt(stack: Stack, arn: string): ITopic {
  if (!/^arn:[^:]+:sns:/.test(arn)) throw new Error(`-c topic can't be "${arn}": it is the ARN of a topic, or none`);
  return Topic.fromTopicArn(stack, "Topic", arn);
}

function bucketAt(stack: Stack, id: string): Place {
  return id.startsWith("arn:") ? Bucket.fromBucketArn(stack, "Store", id) : Bucket.fromBucketName(stack, "Store", id);
}

/** An ARN has six characters more than the name, or not. */
function secretAt(stack: Stack, id: string): ISecret {
  if (!id.startsWith("arn:")) return Secret.fromSecretNameV2(stack, "Webhook", id);
  return /-\w{6}$/.test(id)
    ? Secret.fromSecretCompleteArn(stack, "Webhook", id)
    : Secret.fromSecretPartialArn(stack, "Webhook", id);
}

/** The slash with which the name of one in a hierarchy begins is the one before the name in its ARN. */
function parameterAt(stack: Stack, id: string): IParameter {
  const name = id.startsWith("arn:") ? id.slice(id.indexOf(":parameter/") + ":parameter/".length) : id;
  const parameterName = id.startsWith("arn:") && name.includes("/") ? `/${name}` : name;
  return StringParameter.fromSecureStringParameterAttributes(stack, "WebhookParameter", { parameterName });
}
