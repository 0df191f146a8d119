import { describe, expect, it } from "vitest";
import { virtualClock } from "../twin/clock.ts";
import { createGovernor } from "./governor.ts";

const PLACE = { account: "111111111111", region: "eu-west-1", lane: "read" } as const;
const LIST_STREAMS = { service: "kinesis", operation: "ListStreams" };

async function secondsFor(calls: number, headRoom: number): Promise<number> {
  const clock = virtualClock(0);
  const governor = createGovernor(clock, headRoom);
  await Promise.all(Array.from({ length: calls }, () => governor.take(LIST_STREAMS, PLACE, {})));
  return clock.now() / 1000;
}

describe("the rate governor", () => {
  it("lets a burst pass at once and the rest at the refill rate", async () => {
    expect(await secondsFor(5, 0)).toBe(0);
    expect(await secondsFor(55, 0)).toBeCloseTo(10, 1);
  });

  it("leaves head-room: half of the limit takes twice as long", async () => {
    expect(await secondsFor(53, 0.5)).toBeCloseTo(20, 1);
  });

  it("keeps regions, accounts and lanes apart", async () => {
    const clock = virtualClock(0);
    const governor = createGovernor(clock, 0);
    const places = [
      PLACE,
      { ...PLACE, region: "us-east-1" },
      { ...PLACE, account: "2" },
      { ...PLACE, lane: "write" as const },
    ];
    await Promise.all(
      places.flatMap((place) => Array.from({ length: 5 }, () => governor.take(LIST_STREAMS, place, {}))),
    );

    expect(clock.now()).toBe(0);
  });

  it("slows a bucket down at each throttle and lets it recover", async () => {
    const clock = virtualClock(0);
    const governor = createGovernor(clock, 0);
    governor.throttled(LIST_STREAMS, PLACE, {});
    await governor.take(LIST_STREAMS, PLACE, {});
    const slowed = clock.now();
    clock.advance(60_000);
    const rested = clock.now();
    for (let call = 0; call < 10; call++) await governor.take(LIST_STREAMS, PLACE, {});

    expect(slowed).toBeGreaterThan(300);
    expect(clock.now() - rested).toBeLessThanOrEqual(1_000);
  });

  it("lets a call that was throttled go before those that have not had their turn", async () => {
    const clock = virtualClock(0);
    const governor = createGovernor(clock, 0);
    for (let call = 0; call < 5; call++) await governor.take(LIST_STREAMS, PLACE, {});
    const order: string[] = [];
    const fresh = governor.take(LIST_STREAMS, PLACE, {}).then(() => order.push("fresh"));
    const again = governor.take(LIST_STREAMS, PLACE, {}, { again: true }).then(() => order.push("again"));
    await Promise.all([fresh, again]);

    expect(order).toEqual(["again", "fresh"]);
  });

  it("gives a waiting call up when it is cancelled, and serves the others", async () => {
    const clock = virtualClock(0);
    const governor = createGovernor(clock, 0);
    const stop = new AbortController();
    for (let call = 0; call < 5; call++) await governor.take(LIST_STREAMS, PLACE, {});
    const waiting = governor.take(LIST_STREAMS, PLACE, {}, { signal: stop.signal });
    const other = governor.take(LIST_STREAMS, PLACE, {});
    stop.abort(new Error("enough"));

    await expect(waiting).rejects.toThrow("enough");
    await expect(other).resolves.toBeUndefined();
  });
});
