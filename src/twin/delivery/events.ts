import type { Call } from "../service.ts";
import { type Delivery, deliveries } from "../services/events/bus.ts";
import { queueOfArn } from "../services/sqs/queues.ts";
import { send } from "../services/sqs/send.ts";
import type { Functions } from "./invocations.ts";
import type { Dice } from "./trouble.ts";

/** Waits before a function that failed is tried again. Source: Lambda developer guide, "How Lambda handles errors and retries with asynchronous invocation". */
const RETRIES_MS = [60_000, 120_000];

interface Due {
  readonly at: number;
  readonly delivery: Delivery;
  /** How often it has been tried. */
  readonly tries: number;
}

/** Takes events from the default bus to their targets. */
export interface EventDelivery {
  /** Events whose target is neither a queue nor a function of the simulation. */
  readonly undelivered: readonly Delivery[];
  /** Makes the deliveries that are due. */
  run(call: Call): void;
}

export function deliverEvents(functions: Functions, dice: Dice): EventDelivery {
  let due: Due[] = [];
  const undelivered: Delivery[] = [];

  const deliver = (call: Call, { delivery, tries }: Due) => {
    const queue = queueOfArn(call, delivery.target);
    if (queue) send(call, queue, { MessageBody: delivery.input });
    else if (functions.has(delivery.target)) functions.watch(invoke(call, delivery, tries));
    else undelivered.push(delivery);
  };

  const invoke = async (call: Call, delivery: Delivery, tries: number) => {
    try {
      await functions.invoke(call, delivery.target, JSON.parse(delivery.input) as object);
    } catch {
      const wait = RETRIES_MS[tries];
      if (wait !== undefined) due.push({ at: call.millis() + wait, delivery, tries: tries + 1 });
    }
  };

  return {
    undelivered,
    run(call) {
      const now = call.millis();
      for (const delivery of deliveries(call).all()) {
        deliveries(call).delete(delivery.id);
        due.push({ at: now + dice.lateness(), delivery, tries: 0 });
        if (dice.isDuplicated()) due.push({ at: now + dice.again(), delivery, tries: 0 });
      }
      const ready = due.filter(({ at }) => at <= now);
      if (ready.length === 0) return;
      due = due.filter(({ at }) => at > now);
      for (const each of ready.sort((a, b) => a.at - b.at)) deliver(call, each);
    },
  };
}
