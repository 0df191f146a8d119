import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memoryHost } from "../io/memory.ts";
import { GLOBAL } from "../model/brand.ts";
import { EvenkeelError } from "../model/errors.ts";
import type { Outcome, Plan, Step } from "../model/plan.ts";
import { virtualClock } from "../twin/clock.ts";
import { apply } from "./apply.ts";
import { type JournalLine, progressOf } from "./journal.ts";
import type { Executor } from "./live-state.ts";

/** A world of things that are on or off, some of which take time, refuse, vanish or are changed by others. */
interface Thing {
  on: boolean;
  movesUntil: number;
  refuses: boolean;
  gone: boolean;
}

interface World {
  readonly things: Map<string, Thing>;
  readonly acted: string[];
}

const ids = (count: number) => Array.from({ length: count }, (_, index) => `s${index}`);

const arbitraryPlan = fc.integer({ min: 1, max: 12 }).chain((count) =>
  fc.tuple(
    ...ids(count).map((id, index) =>
      fc.record({
        id: fc.constant(id),
        stage: fc.integer({ min: 0, max: 2 }),
        after: fc.subarray(ids(index)),
        thing: fc.record({
          on: fc.constant(true),
          movesUntil: fc.constant(0),
          refuses: fc.boolean(),
          gone: fc.boolean(),
        }),
        delay: fc.integer({ min: 0, max: 60_000 }),
      }),
    ),
  ),
);

type Drawn = { id: string; stage: number; after: string[]; thing: Thing; delay: number };

function planOf(drawn: readonly Drawn[]): Plan {
  const stageOf = new Map(drawn.map(({ id, stage }) => [id, stage]));
  const steps = drawn.map(
    ({ id, stage, after }): Step => ({
      id,
      operation: "pause",
      target: { arn: `arn:aws:x:::${id}` as never, type: "AWS::X::Thing", id, region: GLOBAL },
      says: `switch ${id} off`,
      reason: "test",
      stage,
      expects: { on: true },
      saves: { on: true },
      after: after.filter((other) => (stageOf.get(other) ?? 0) <= stage),
      loses: [],
      risks: [],
      iam: [],
    }),
  );
  return { steps, verb: "pause" } as unknown as Plan;
}

function execute(world: World, drawn: readonly Drawn[], clock: ReturnType<typeof virtualClock>): Executor {
  return {
    look: async ({ id }) => {
      const thing = world.things.get(id);
      if (!thing || thing.gone) return undefined;
      const moving = clock.now() < thing.movesUntil;
      return { phase: thing.on ? "ready" : moving ? "moving" : "done", state: { on: thing.on } };
    },
    act: async ({ id }) => {
      const thing = world.things.get(id) as Thing;
      if (thing.refuses) throw new EvenkeelError("AWS_REFUSED", "no");
      thing.on = false;
      thing.movesUntil = clock.now() + (drawn.find((each) => each.id === id)?.delay ?? 0);
      world.acted.push(id);
    },
    patienceMs: () => 3_600_000,
  };
}

/** @param crashAt the line of the journal at which the process dies; undefined = it lives */
async function run(drawn: readonly Drawn[], crashAt?: number) {
  const clock = virtualClock(0);
  const plan = planOf(drawn);
  const world: World = { things: new Map(drawn.map(({ id, thing }) => [id, { ...thing }])), acted: [] };
  const lines: JournalLine[] = [];
  let left = crashAt ?? Number.POSITIVE_INFINITY;
  let dead = false;
  const write = async (line: JournalLine) => {
    if (dead || left-- <= 0) {
      dead = true;
      throw new Error("killed");
    }
    lines.push(line);
  };
  const executor = execute(world, drawn, clock);
  const living: Executor = {
    ...executor,
    act: async (step, heard) => {
      // A dead process changes nothing any more.
      if (dead) throw new Error("killed");
      await executor.act(step, heard);
    },
  };
  const stop = new AbortController().signal;
  const options = { executor: living, journal: { write }, host: memoryHost(), clock, stop };
  let outcomes: ReadonlyMap<string, Outcome> = new Map();
  try {
    outcomes = await apply(plan, options);
  } catch (error) {
    if ((error as Error).message !== "killed") throw error;
    dead = false;
    left = Number.POSITIVE_INFINITY;
    // The others of the run die at the same moment: let what was in flight see that.
    outcomes = await apply(plan, { ...options, executor, earlier: progressOf(lines) });
  }
  return { plan, world, lines, outcomes, states: [...world.things].map(([id, { on }]) => [id, on]) };
}

describe("apply", () => {
  it("never acts on what waits for something that was not done, and says who it waits for", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryPlan, async (drawn) => {
        const { plan, world, outcomes } = await run(drawn as Drawn[]);
        for (const step of plan.steps) {
          const outcome = outcomes.get(step.id);
          const undone = step.after.find((id) => !["applied", "unchanged"].includes(outcomes.get(id)?.kind ?? ""));
          if (undone === undefined) continue;
          expect(outcome).toMatchObject({ kind: "blocked", by: undone });
          expect(world.acted).not.toContain(step.id);
        }
      }),
    );
  });

  it("writes its intent before each change", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryPlan, async (drawn) => {
        const { world, lines } = await run(drawn as Drawn[]);
        const intents = lines.filter((line) => line.kind === "intent").map((line) => line.step);
        expect(intents).toEqual(expect.arrayContaining(world.acted));
      }),
    );
  });

  it("ends as an uninterrupted run ends, wherever it was killed and continued", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryPlan, fc.nat(30), async (drawn, crashAt) => {
        const whole = await run(drawn as Drawn[]);
        const continued = await run(drawn as Drawn[], crashAt);
        expect(continued.states).toEqual(whole.states);
        expect([...continued.outcomes.keys()].sort()).toEqual([...whole.outcomes.keys()].sort());
      }),
      { numRuns: 300 },
    );
  });

  it("leaves alone what someone else has changed since, and tells the difference", async () => {
    const drawn: Drawn[] = [
      { id: "s0", stage: 0, after: [], thing: { on: true, movesUntil: 0, refuses: false, gone: false }, delay: 0 },
    ];
    const plan = planOf(drawn);
    const changed = {
      steps: plan.steps.map((step) => ({ ...step, expects: { on: true, size: "large" } })),
      verb: "pause",
    };
    const clock = virtualClock(0);
    const world: World = { things: new Map([["s0", { ...(drawn[0] as Drawn).thing }]]), acted: [] };
    const options = {
      executor: execute(world, drawn, clock),
      journal: { write: async () => undefined },
      host: memoryHost(),
      clock,
    };
    const outcomes = await apply(changed as unknown as Plan, { ...options, stop: new AbortController().signal });

    expect(outcomes.get("s0")).toMatchObject({ kind: "skipped", reason: expect.stringContaining('size was "large"') });
    expect(world.acted).toEqual([]);
  });

  it("ends a batch before the next begins, and without batches lets a stage go together", async () => {
    const wide = ids(1000).map((id) => ({
      id,
      stage: 0,
      after: [],
      thing: { on: true, movesUntil: 0, refuses: false, gone: false },
      delay: 60_000,
    }));
    const flightOf = async (drawn: readonly Drawn[], batchSize: number | undefined) => {
      const clock = virtualClock(0);
      const world: World = { things: new Map(drawn.map((each) => [each.id, { ...each.thing }])), acted: [] };
      const flying = new Set<string>();
      let most = 0;
      const journal = {
        write: async (line: JournalLine) => {
          if (line.kind === "intent") most = Math.max(most, flying.add(line.step).size);
          if (line.kind === "outcome") flying.delete(line.step);
        },
      };
      const stop = new AbortController().signal;
      const executor = execute(world, drawn, clock);
      const outcomes = await apply(planOf(drawn), { executor, journal, host: memoryHost(), clock, stop, batchSize });
      return { most, outcomes };
    };
    expect((await flightOf(wide, undefined)).most).toBe(1000);
    expect((await flightOf(wide, 7)).most).toBe(7);

    await fc.assert(
      fc.asyncProperty(arbitraryPlan, fc.integer({ min: 1, max: 5 }), async (drawn, batchSize) => {
        const together = await flightOf(drawn as Drawn[], undefined);
        const batched = await flightOf(drawn as Drawn[], batchSize);
        expect(batched.most).toBeLessThanOrEqual(batchSize);
        expect(new Map([...batched.outcomes].sort())).toEqual(new Map([...together.outcomes].sort()));
      }),
    );
  });

  it("says what a resource was doing when patience was over", async () => {
    const thing = { on: true, movesUntil: 0, refuses: false, gone: false };
    const drawn: Drawn[] = [{ id: "s0", stage: 0, after: [], thing, delay: 0 }];
    const clock = virtualClock(0);
    const plain = execute({ things: new Map([["s0", { ...thing }]]), acted: [] }, drawn, clock);
    const look: Executor["look"] = async () => ({
      phase: "moving",
      state: { on: true },
      words: "starting: insufficient capacity",
    });
    const options = { executor: { ...plain, look }, journal: { write: async () => undefined }, host: memoryHost() };
    const outcomes = await apply(planOf(drawn), { ...options, clock, stop: new AbortController().signal });

    expect(outcomes.get("s0")).toMatchObject({
      kind: "deferred",
      reason: expect.stringContaining("starting: insufficient capacity"),
    });
  });

  it("begins nothing new once the run can't go on, and is not over before what was in flight has ended", async () => {
    const thing = { on: true, movesUntil: 0, refuses: false, gone: false };
    const drawn = ids(6).map((id): Drawn => ({ id, stage: 0, after: [], thing: { ...thing }, delay: 0 }));
    const clock = virtualClock(0);
    const world: World = { things: new Map(drawn.map((each) => [each.id, each.thing])), acted: [] };
    const plain = execute(world, drawn, clock);
    let ended = 0;
    const executor: Executor = {
      ...plain,
      act: async (step) => {
        if (step.id === "s0") throw new EvenkeelError("EXPIRED_CREDENTIALS", "expired");
        await clock.sleep(60_000);
        await plain.act(step, () => undefined);
        ended += 1;
      },
    };
    const options = { executor, journal: { write: async () => undefined }, host: memoryHost(), clock, batchSize: 2 };
    const run = apply(planOf(drawn), { ...options, stop: new AbortController().signal });

    await expect(run).rejects.toMatchObject({ code: "EXPIRED_CREDENTIALS" });
    expect(ended).toBe(1);
    expect(world.acted).toEqual(["s1"]);
  });
});
