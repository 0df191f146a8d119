import { CreateTopicCommand, type PublishCommandInput, SNSClient } from "@aws-sdk/client-sns";
import { type MemoryHost, memoryHost } from "../../src/io/memory.ts";
import { thisOrigin } from "../../src/io/origin.ts";
import type { Env, StoreContext } from "../../src/lambda/door.ts";
import type { MetricName } from "../../src/lambda/meter.ts";
import { type News, notifier } from "../../src/lambda/notify.ts";
import type { Store } from "../../src/store/store.ts";
import { HERE, type TestAccount } from "./account.ts";
import { memoryStore } from "./memory-store.ts";

/** What a function works with, on the twin. */
export interface FunctionTrial {
  readonly context: StoreContext;
  readonly host: MemoryHost;
  readonly store: Store & { readonly objects: Map<string, Buffer> };
  /** Aborts what its time would. */
  readonly signal: AbortController;
  readonly over: AbortController;
  /** All that was measured, in its order. */
  readonly measured: (readonly [MetricName, number])[];
  /** What the topic got. */
  readonly published: () => PublishCommandInput[];
}

/** @param env without SNS_TOPIC_ARN, which is a topic of the account; `""` = none */
export async function functionTrial(
  { twin, connection: signedIn, send }: TestAccount,
  env: Env = {},
  store = memoryStore(),
  here = HERE,
): Promise<FunctionTrial> {
  const { TopicArn } = await send(SNSClient, new CreateTopicCommand({ Name: "alerts" }), here);
  const connection = { ...signedIn, defaultRegion: here };
  const host = memoryHost();
  const measured: FunctionTrial["measured"] = [];
  const meter = { measure: (name: MetricName, value: number) => void measured.push([name, value]) };
  const [signal, over] = [new AbortController(), new AbortController()];
  const complete: Env = { SNS_TOPIC_ARN: TopicArn, ...env };
  const notify = notifier(complete, { connect: async () => connection, host, meter });
  const context: StoreContext = {
    connection,
    host,
    clock: twin.clock,
    signal: signal.signal,
    over: over.signal,
    from: thisOrigin("function"),
    env: complete,
    meter,
    notify,
    store,
    lastStore: async () => store,
  };
  const published = () =>
    twin.log.filter(({ operation }) => operation === "Publish").map(({ input }) => input as PublishCommandInput);
  return { context, host, store, signal, over, measured, published };
}

/** Source: EventBridge user guide, "Creating a rule that runs on a schedule". */
export function scheduledEvent(more: object = {}): object {
  return {
    version: "0",
    id: "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
    "detail-type": "Scheduled Event",
    source: "aws.events",
    account: "111111111111",
    time: "2026-01-05T09:00:00Z",
    region: "eu-west-1",
    resources: ["arn:aws:events:eu-west-1:111111111111:rule/reap"],
    detail: {},
    ...more,
  };
}

/** Some news, for whoever tells it. */
export function someNews(more: Partial<News> = {}): News {
  return { subject: "Evenkeel", text: "2 removed", attributes: { event: "reap" }, whole: "s3://b/report.txt", ...more };
}
