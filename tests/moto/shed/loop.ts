import { openBucket } from "../../../src/aws/bucket.ts";
import { connect } from "../../../src/aws/session.ts";
import { sendStep } from "../../../src/aws/step-queue.ts";
import { publish } from "../../../src/aws/topic.ts";
import { type MemoryHost, memoryHost } from "../../../src/io/memory.ts";
import { systemClock } from "../../../src/io/system-clock.ts";
import type { Answer } from "../../../src/lambda/door.ts";
import { onAlarm } from "../../../src/lambda/shed-alarm.ts";
import { onMessages } from "../../../src/lambda/shed-step.ts";
import type { ShedSettings } from "../../../src/model/shed.ts";
import { s3Store } from "../../../src/store/s3.ts";
import type { ShedContext } from "../../../src/verbs/shed/context.ts";
import { openLedger } from "../../../src/verbs/shed/ledger.ts";
import type { Aws } from "../awscli.ts";
import { type AlarmState, alarmEvent, queueEvent, type Received } from "./events.ts";
import { receive } from "./queue.ts";
import type { Site } from "./site.ts";

/** A listener under control: the functions' own code, called with what moto's services say. */
export interface Loop {
  readonly context: ShedContext;
  readonly host: MemoryHost;
  /** Sets the alarm by awscli; the functions are not told. */
  setAlarm(state: AlarmState): Promise<void>;
  /** Calls the function that the alarm's change of state starts. */
  rings(state: AlarmState): Promise<Answer>;
  /**
   * One round of what Lambda does with a queue: receives, calls the function, deletes what has not failed.
   * @param hidden seconds for which a message that failed is not to be seen
   */
  poll(hidden?: number): Promise<Polled>;
  /** The functions' clock jumps; that of the queue does not. */
  ahead(seconds: number): void;
}

export interface Polled {
  readonly received: readonly Received[];
  /** Bodies of what comes back. */
  readonly failed: readonly string[];
}

/** Short delays, so that real messages take seconds; the range that a person may give is checked where it is read. */
const DELAY_SECONDS = 2;

export async function openLoop(
  url: string,
  aws: Pick<Aws, "call" | "text">,
  site: Site,
  { ledger, ...more }: Partial<ShedSettings> & { readonly ledger: "dynamodb" | "s3" },
): Promise<Loop> {
  let offset = 0;
  const clock = { ...systemClock, now: () => systemClock.now() + offset };
  const { signal } = new AbortController();
  // Nobody else is to be left room for.
  const connection = await connect({ clock, signal, endpoint: url, region: "eu-west-1", headRoom: 0 });
  const store = s3Store(`s3://${site.bucket}/team`, await openBucket(connection, site.bucket));
  const host = memoryHost();
  const { listener, groups, alarm, queue } = site;
  const settings: ShedSettings = {
    listener,
    primary: groups.web,
    alarm,
    shedPercent: 20,
    maxShedPercent: 50,
    restorePercent: 25,
    shedDelaySeconds: DELAY_SECONDS,
    restoreDelaySeconds: DELAY_SECONDS,
    restoreThresholdPercent: 80,
    coolDownSeconds: 0,
    missingDataSeconds: 300,
    spread: "evenly",
    emptyGroups: [groups.spare],
    ...more,
  };
  const context: ShedContext = {
    connection,
    host,
    clock,
    signal,
    settings,
    ledger: await openLedger({ connection, store }, ledger === "s3" ? "file" : `dynamodb:${site.table}`),
    owner: "functions",
    schedule: (message, seconds) => sendStep(connection, queue, message, seconds),
    tell: (text) =>
      publish(connection, site.topic, {
        subject: `Load shedding of ${site.name}`,
        text,
        attributes: { event: "shed", listener },
        whole: "evenkeel shed status",
      }),
  };
  return {
    context,
    host,
    setAlarm: async (state) => {
      await aws.call(
        `cloudwatch set-alarm-state --alarm-name ${alarm} --state-value ${state} --state-reason`,
        "a test",
      );
    },
    rings: (state) => onAlarm(alarmEvent(site, state), context),
    async poll(hidden = 30) {
      const received = await receive(aws, queue, hidden);
      const { batchItemFailures } = await onMessages(queueEvent(received, queue), context);
      const isFailed = ({ MessageId }: Received) =>
        batchItemFailures.some(({ itemIdentifier }) => itemIdentifier === MessageId);
      for (const { ReceiptHandle } of received.filter((each) => !isFailed(each)))
        await aws.call(`sqs delete-message --queue-url ${queue} --receipt-handle`, ReceiptHandle);
      return { received, failed: received.filter(isFailed).map(({ Body }) => Body) };
    },
    ahead: (seconds) => {
      offset += seconds * 1000;
    },
  };
}
