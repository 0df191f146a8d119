import fc from "fast-check";

/** What stands in the account before anything happens. Data, so that a failing history can be read. */
export interface WorldPlan {
  readonly instances: number;
  /** Members of an Auto Scaling group; 0 = no group. */
  readonly members: number;
  /** Desired tasks of an ECS service; undefined = no service. */
  readonly service: { readonly desired: number; readonly scaled: boolean } | undefined;
  readonly database: boolean;
  readonly aurora: boolean;
  /** Reserved concurrency of functions; null = none reserved. */
  readonly functions: readonly (number | null)[];
  readonly mapping: boolean;
  /** Open shards; 0 = no stream. */
  readonly shards: number;
  readonly table: boolean;
  /** Whether the actions of each alarm are on. */
  readonly alarms: readonly boolean[];
  /** Whether each rule is on. */
  readonly rules: readonly boolean[];
  readonly endpoint: boolean;
}

/** Something that someone else does while we are at it. */
export const FOREIGN_ACTS = [
  "start an instance",
  "terminate an instance",
  "enable an alarm",
  "delete an alarm",
  "enable a rule",
  "start the database",
  "set the service's count",
  "reserve concurrency",
  "delete a function",
] as const;
export type ForeignAct = (typeof FOREIGN_ACTS)[number];

/** Faults of AWS, by name of the twin's ready-made ones. */
export const FAULT_KINDS = ["throttle", "serverError", "lostAnswer", "noCapacity", "denied"] as const;

/** One thing that a person does with the tool; `dies` = the process is killed after so many changes and journal lines. */
export interface Act {
  readonly verb: "continue" | "resume" | "extend";
  readonly dies: number | undefined;
  /** Days that pass before: after seven AWS starts databases by itself. */
  readonly days: number;
}

/** Everything that happens to one account: a pause, what disturbs it, and how people go on. */
export interface History {
  readonly world: WorldPlan;
  /** Index into the selections of the world. */
  readonly selection: number;
  readonly pauseDies: number | undefined;
  readonly acts: readonly Act[];
  readonly faults: readonly {
    readonly kind: (typeof FAULT_KINDS)[number];
    readonly skip: number;
    readonly times: number;
  }[];
  readonly foreign: readonly {
    readonly act: ForeignAct;
    /** Calls since the plan was made, or, with `while` planning, since the beginning. */
    readonly afterCall: number;
    readonly while: "planning" | "applying";
    readonly which: number;
  }[];
}

const small = (max: number) => fc.nat(max);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

export const WORLD: fc.Arbitrary<WorldPlan> = fc.record({
  instances: small(3),
  members: small(2),
  service: maybe(fc.record({ desired: small(3), scaled: fc.boolean() })),
  database: fc.boolean(),
  aurora: fc.boolean(),
  functions: fc.array(fc.option(fc.integer({ min: 1, max: 20 }), { nil: null }), { maxLength: 2 }),
  mapping: fc.boolean(),
  shards: small(4),
  table: fc.boolean(),
  alarms: fc.array(fc.boolean(), { maxLength: 3 }),
  rules: fc.array(fc.boolean(), { maxLength: 2 }),
  endpoint: fc.boolean(),
});

const HISTORY: fc.Arbitrary<History> = fc.record({
  world: WORLD,
  selection: small(3),
  pauseDies: maybe(small(40)),
  acts: fc.array(
    fc.record({
      verb: fc.constantFrom("continue" as const, "resume" as const, "extend" as const),
      dies: maybe(small(30)),
      days: fc.constantFrom(0, 0, 1, 8),
    }),
    { maxLength: 3 },
  ),
  faults: fc.array(
    fc.record({ kind: fc.constantFrom(...FAULT_KINDS), skip: small(150), times: fc.integer({ min: 1, max: 3 }) }),
    { maxLength: 2 },
  ),
  foreign: fc.array(
    fc.record({
      act: fc.constantFrom(...FOREIGN_ACTS),
      afterCall: fc.oneof(small(30), small(300)),
      while: fc.constantFrom("planning" as const, "applying" as const),
      which: small(3),
    }),
    { maxLength: 2 },
  ),
});

/** The history of a seed: always the same one. */
export function historyOf(seed: number): History {
  const [history] = fc.sample(HISTORY, { seed, numRuns: 1 });
  if (!history) throw new Error("fast-check gave no sample");
  return history;
}
