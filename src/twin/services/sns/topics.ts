import { AwsFault, type Call, type Table } from "../../service.ts";

/** A message as it was published, for whoever wants to know. */
export interface Published {
  readonly at: string;
  readonly subject?: string;
  readonly message: string;
}

export interface Topic {
  readonly arn: string;
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly tags: Record<string, string>;
  readonly messages: Published[];
}

export interface Subscription {
  readonly SubscriptionArn: string;
  readonly TopicArn: string;
  readonly Protocol: string;
  readonly Endpoint: string;
  readonly Owner: string;
}

export const topics = (call: Call): Table<Topic> => call.table<Topic>("sns.topic");
export const subscriptions = (call: Call): Table<Subscription> => call.table<Subscription>("sns.subscription");

/** Attributes that subscriptions were given, by their ARN. */
const settings = (call: Call): Table<Record<string, string>> =>
  call.table<Record<string, string>>("sns.subscription-attributes");

export function topicAt(call: Call, arn: string | undefined): Topic {
  const topic = topics(call).get((arn ?? "").split(":").at(-1) ?? "");
  if (!topic) throw new AwsFault("NotFound", "Topic does not exist", 404);
  return topic;
}

export function ofTopic(call: Call, arn: string): Subscription[] {
  return subscriptions(call)
    .all()
    .filter(({ TopicArn }) => TopicArn === arn);
}

export const settingsOf = (call: Call, arn: string): Readonly<Record<string, string>> => settings(call).get(arn) ?? {};

/** What the twin would have to act by, and does not. */
const NOT_SIMULATED = ["FilterPolicy", "RedrivePolicy", "ReplayPolicy"];

export function setSetting(call: Call, arn: string, name: string, value: string): void {
  if (NOT_SIMULATED.includes(name))
    throw new AwsFault("UnknownOperation", `The twin does not simulate the subscription attribute ${name}.`, 501);
  settings(call).put(arn, { ...settingsOf(call, arn), [name]: value });
}
