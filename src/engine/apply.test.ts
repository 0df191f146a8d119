import { expect, it } from "vitest";
import { memoryHost } from "../io/memory.ts";
import { GLOBAL } from "../model/brand.ts";
import type { Plan, Step } from "../model/plan.ts";
import { virtualClock } from "../twin/clock.ts";
import { apply } from "./apply.ts";

const step = (index: number, after: readonly string[]): Step => ({
  id: `s${index}`,
  operation: "pause",
  target: { arn: `arn:aws:x:::s${index}` as never, type: "AWS::X::Thing", id: `s${index}`, region: GLOBAL },
  says: `switch s${index} off`,
  reason: "test",
  stage: 0,
  expects: {},
  saves: {},
  after,
  loses: [],
  risks: [],
  iam: [],
});

it.each([undefined, 100])(
  "carries out a chain of ten thousand steps one after the other, %s at once",
  async (batchSize) => {
    const count = 10_000;
    // The last stands first: what it waits for has not been looked at yet.
    const steps = Array.from({ length: count }, (_, at) =>
      step(count - at, at === count - 1 ? [] : [`s${count - at - 1}`]),
    );
    const acted: string[] = [];
    const done = new Set<string>();
    const outcomes = await apply({ steps, verb: "pause" } as unknown as Plan, {
      executor: {
        look: async ({ id }) => ({ phase: done.has(id) ? "done" : "ready", state: {} }),
        act: async ({ id }) => {
          acted.push(id);
          done.add(id);
        },
        patienceMs: () => 60_000,
      },
      journal: { write: async () => undefined },
      host: memoryHost(),
      clock: virtualClock(0),
      stop: new AbortController().signal,
      ...(batchSize === undefined ? {} : { batchSize }),
    });

    expect(outcomes.size).toBe(count);
    expect(acted).toEqual(steps.map(({ id }) => id).reverse());
  },
  20_000,
);
