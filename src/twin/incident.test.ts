import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, it } from "vitest";
import { ACCOUNT } from "../../tests/contract/account.ts";
import { createIncident, type Incident, type IncidentOptions } from "./incident.ts";
import { balanced, QUEUE, STARTS } from "./load/balanced.trial.ts";
import type { Offered } from "./load/offered.ts";
import type { TwinOptions } from "./twin.ts";

const STEPS = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:step`;

/** A quiet time, then three times what two targets serve, then quiet again. */
const SURGE: Offered = [
  [0, 10],
  [600, 10],
  [600, 30],
  [2400, 30],
  [2400, 10],
];

/** A crude shedder: upon each alarm a chain of messages that moves a fifth of the load a minute, and back. */
async function shedding(rest: Partial<IncidentOptions> = {}, twin: Partial<TwinOptions> = {}) {
  const made = await balanced(twin);
  const { account, primary, standby, listener, QueueUrl, weigh, state } = made;
  let weight = 100;
  const next = (DelaySeconds: number) =>
    account.send(SQSClient, new SendMessageCommand({ QueueUrl, MessageBody: "step", DelaySeconds }));
  const incident = createIncident({
    twin: account.twin,
    account: ACCOUNT,
    region: "eu-west-1",
    load: { listener, offered: SURGE, groups: { [primary]: { capacity: 8 }, [standby]: { capacity: 20 } } },
    alarms: ["overrun"],
    functions: {
      [STARTS]: ({ detail }: { detail: { state: { value: string } } }) => detail.state.value === "ALARM" && next(0),
      [STEPS]: async () => {
        const isOverrun = (await state()) === "ALARM";
        weight = isOverrun ? Math.max(40, weight - 20) : Math.min(100, weight + 20);
        await weigh(weight);
        if (weight < 100) await next(60);
      },
    },
    queues: [{ queue: QUEUE, function: STEPS }],
    ...rest,
  });
  return { ...made, incident };
}

it("lives through an hour of overload: alarm, event, queue, weights, relief, and back", async () => {
  const { incident, account, primary, standby, state } = await shedding();
  const helpless = await shedding({ functions: {} });

  await incident.run(60);
  await helpless.incident.run(60);

  const { minutes, invocations } = incident;
  const rejected = (all: Incident, from: number, to: number) =>
    all.minutes.slice(from, to).reduce((sum, each) => sum + each.rejected, 0);
  expect(minutes).toHaveLength(60);
  expect(minutes[5]).toMatchObject({ offered: 600, rejected: 0 });
  expect(minutes[11]).toMatchObject({ offered: 1800, groups: { [primary]: { requests: 1800, rejected: 840 } } });
  expect(Math.max(...minutes.map(({ groups }) => groups[standby]?.requests ?? 0))).toBeGreaterThan(700);
  expect(rejected(incident, 0, 60)).toBeLessThan(rejected(helpless.incident, 0, 60) * 0.7);
  expect(minutes.at(-1)).toMatchObject({ rejected: 0, groups: { [primary]: { requests: 600 } } });
  expect(await state()).toBe("OK");
  expect(invocations.map((each) => each.function)).toContain(STEPS);
  expect(invocations.every(({ outcome }) => outcome === "done")).toBe(true);
  expect(helpless.incident.undelivered).toHaveLength(3);
  expect(account.twin.errors).toEqual([]);
});

it("lives through the same hour again from the same seed, whatever goes wrong", async () => {
  const trouble = { duplicated: 0.5, late: 0.5, lateSeconds: 90, reordered: 0.5 };
  const once = await shedding({ trouble, seed: 7 });
  const again = await shedding({ trouble, seed: 7 });
  const otherwise = await shedding({ trouble, seed: 8 });
  for (const { incident } of [once, again, otherwise]) await incident.run(60);

  expect(again.incident.minutes).toEqual(once.incident.minutes);
  expect(again.incident.invocations).toEqual(once.incident.invocations);
  expect(otherwise.incident.invocations.map(({ at }) => at)).not.toEqual(once.incident.invocations.map(({ at }) => at));
});

it("lets functions run side by side with the load and each other, the same way each time", async () => {
  const live = async () => {
    const made = await shedding({ trouble: { duplicated: 1, lateSeconds: 0 } }, { latencyMs: 1300 });
    await made.incident.run(60);
    return made;
  };
  const once = await live();
  const again = await live();

  const steps = once.incident.invocations.filter((each) => each.function === STEPS);
  expect(new Set(steps.map(({ at }) => at)).size).toBeLessThan(steps.length);
  expect(again.incident.minutes).toEqual(once.incident.minutes);
  expect(again.account.twin.log).toEqual(once.account.twin.log);
});
