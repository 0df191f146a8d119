import fc from "fast-check";
import type { ShedSettings } from "../../../src/model/shed.ts";
import type { Trouble } from "../../../src/twin/delivery/trouble.ts";

/** A rule as it stands before the incident. */
export interface RulePlan {
  /** Over several groups with the primary among them; over others; to the primary alone; no forward at all. */
  readonly kind: "spread" | "others" | "alone" | "fixed";
  /** Of each group, in proportion; without a total, the weights themselves. */
  readonly parts: readonly number[];
  readonly total: number | undefined;
  /** Percent that the primary has of all; undefined = by its part. */
  readonly primary: number | undefined;
  /** By so many places the groups' order is turned: the primary may stand anywhere. */
  readonly turn: number;
  readonly sticky: number | undefined;
  readonly authenticates: boolean;
  readonly isProtected: boolean;
  /** Percent of the requests that it matches; the default rule gets the rest. */
  readonly share: number;
}

/** What may go wrong with our calls; see trouble.ts. */
export const FAULT_KINDS = [
  "throttled reads",
  "failing reads",
  "blind metrics",
  "throttled writes",
  "failing writes",
  "refused writes",
  "lost answers of writes",
  "throttled table",
  "failing table",
  "lost answers of the table",
  "no sending",
  "lost answers of sending",
  "no telling",
  "lost answers of telling",
  "no network",
] as const;

/** What people and other tools do meanwhile, numbers choose what to; see acts.ts. */
export const ACT_KINDS = [
  "freeze",
  "unfreeze",
  "restore",
  "restore now",
  "shed",
  "shed to",
  "accept",
  "set weights",
  "rewrite a rule",
  "change stickiness",
  "add a rule",
  "delete a rule",
  "delete the listener",
  "delete the alarm",
  "hide the alarm's data",
  "fail a group",
  "deploy",
] as const;

export interface ActPlan {
  readonly kind: (typeof ACT_KINDS)[number];
  readonly second: number;
  readonly which: number;
  /** How long it lasts, or how long a person thinks before confirming; seconds. */
  readonly lasts: number;
}

/** A function that is killed at one of its calls. */
export interface Death {
  /** The how manieth invocation of all. */
  readonly invocation: number;
  readonly call: number;
  /** The call is made, and its answer never heard. */
  readonly isAfter: boolean;
  /** It hangs until its time-out, where otherwise the process ends at once. */
  readonly hangs: boolean;
}

export type Chosen = Omit<ShedSettings, "listener" | "primary" | "alarm" | "emptyGroups">;

/** An incident: a listener, what comes to it, what goes wrong, and who interferes. Data, so that one can be read. */
export interface ShedHistory {
  readonly seed: number;
  /** Targets of each group, the primary first; an empty one may be declared so. */
  readonly groups: readonly { readonly targets: number; readonly isEmptyOnPurpose: boolean }[];
  /** The default rule first. */
  readonly rules: readonly RulePlan[];
  readonly settings: Chosen;
  readonly alarm: { readonly periods: number; readonly missing: "missing" | "notBreaching" };
  readonly load: {
    readonly shape: (typeof SHAPES)[number];
    /** Requests a second for each target of the primary. */
    readonly base: number;
    readonly peak: number;
    /** When it is over, seconds. */
    readonly over: number;
    readonly calm: number;
    readonly noise: readonly number[];
    readonly stickyShare: number;
  };
  readonly scaling: { readonly delaySeconds: number; readonly most: number } | undefined;
  readonly delivery: Trouble;
  /** Of each call, there and back, milliseconds. */
  readonly latency: { readonly least: number; readonly most: number };
  /** Of the queue, seconds. */
  readonly visibility: number;
  readonly faults: readonly {
    readonly kind: (typeof FAULT_KINDS)[number];
    readonly second: number;
    readonly lasts: number;
    readonly skip: number;
    readonly times: number | undefined;
  }[];
  readonly deaths: readonly Death[];
  readonly acts: readonly ActPlan[];
}

export const SHAPES = ["flat", "step", "spike", "ramp", "sawtooth", "noise"] as const;

const orNone = <T>(arbitrary: fc.Arbitrary<T>, freq = 2) => fc.option(arbitrary, { nil: undefined, freq });
const second = fc.integer({ min: 30, max: 5400 });
const percent = fc.oneof(fc.constantFrom(5, 10, 20, 25, 33, 50, 100), fc.integer({ min: 3, max: 100 }));
const delay = fc.oneof(fc.constantFrom(60, 120, 300), fc.integer({ min: 60, max: 300 }));

const rule: fc.Arbitrary<RulePlan> = fc.record({
  kind: fc.oneof(
    { weight: 8, arbitrary: fc.constant("spread" as const) },
    { weight: 3, arbitrary: fc.constantFrom("others" as const, "alone" as const, "fixed" as const) },
  ),
  parts: fc.array(fc.oneof(fc.constantFrom(0, 1, 100), fc.nat(999), fc.nat(999)), { minLength: 5, maxLength: 5 }),
  total: fc.oneof(
    fc.constantFrom<(number | undefined)[]>(1, 100, 100, 200, 999, undefined),
    fc.nat(998).map((half) => half + 1),
  ),
  primary: orNone(fc.constantFrom(100, 100, 90, 70, 50), 4),
  turn: fc.nat(4),
  sticky: orNone(fc.integer({ min: 60, max: 3600 }), 1),
  authenticates: fc.boolean(),
  isProtected: fc.nat(11).map((number) => number === 0),
  share: fc.integer({ min: 5, max: 25 }),
});

const settings: fc.Arbitrary<Chosen> = fc.record({
  shedPercent: percent,
  maxShedPercent: fc.oneof(fc.constant(100), fc.integer({ min: 5, max: 100 })),
  restorePercent: percent,
  shedDelaySeconds: delay,
  restoreDelaySeconds: delay,
  restoreThresholdPercent: fc.constantFrom(50, 80, 100),
  coolDownSeconds: fc.constantFrom(0, 60, 120, 600, 1800),
  maxDurationSeconds: orNone(fc.integer({ min: 120, max: 3600 }), 3),
  missingDataSeconds: fc.constantFrom(0, 300, 900),
  spread: fc.constantFrom("evenly", "by-weight"),
});

const share = fc.constantFrom(0, 0, 0.1, 0.5);

/** Most incidents have a few troubles of one kind or another; some have none. */
const HISTORY: fc.Arbitrary<Omit<ShedHistory, "seed">> = fc.record({
  groups: fc.array(
    fc.record({
      targets: fc.constantFrom(1, 1, 2, 2, 3, 0),
      isEmptyOnPurpose: fc.nat(9).map((number) => number > 1),
    }),
    { minLength: 2, maxLength: 5 },
  ),
  rules: fc.array(rule, { minLength: 1, maxLength: 4 }),
  settings,
  alarm: fc.record({ periods: fc.integer({ min: 1, max: 3 }), missing: fc.constantFrom("missing", "notBreaching") }),
  load: fc.record({
    shape: fc.constantFrom(...SHAPES),
    base: fc.integer({ min: 1, max: 8 }),
    peak: fc.integer({ min: 20, max: 200 }),
    over: fc.integer({ min: 1200, max: 5400 }),
    calm: fc.constantFrom(0, 1, 3),
    noise: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 20, maxLength: 20 }),
    stickyShare: fc.constantFrom(0, 0, 0.3),
  }),
  scaling: orNone(fc.record({ delaySeconds: fc.integer({ min: 60, max: 900 }), most: fc.integer({ min: 2, max: 6 }) })),
  delivery: fc.record({ duplicated: share, late: share, lateSeconds: fc.constantFrom(30, 120, 300), reordered: share }),
  latency: fc.constantFrom(
    { least: 0, most: 0 },
    { least: 5, most: 80 },
    { least: 50, most: 600 },
    { least: 100, most: 1500 },
  ),
  visibility: fc.constantFrom(60, 120, 180, 360),
  faults: fc.array(
    fc.record({
      kind: fc.constantFrom(...FAULT_KINDS),
      second,
      lasts: fc.oneof(fc.integer({ min: 5, max: 120 }), fc.integer({ min: 120, max: 900 })),
      skip: fc.nat(6),
      times: orNone(fc.integer({ min: 1, max: 6 }), 2),
    }),
    { maxLength: 3 },
  ),
  deaths: fc.array(
    fc.record({
      invocation: fc.integer({ min: 1, max: 25 }),
      call: fc.integer({ min: 1, max: 45 }),
      isAfter: fc.boolean(),
      hangs: fc.boolean(),
    }),
    { maxLength: 2 },
  ),
  acts: fc.oneof(
    fc.constant([]),
    fc.array(
      fc.record({
        kind: fc.constantFrom(...ACT_KINDS),
        second,
        which: fc.nat(999),
        lasts: fc.integer({ min: 0, max: 1800 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  ),
});

/** The history of a seed: always the same one. */
export function shedHistoryOf(seed: number): ShedHistory {
  // A single sample would nearly always be of the least and greatest values.
  const [history] = fc.sample(fc.noBias(HISTORY), { seed, numRuns: 1 });
  if (!history) throw new Error("fast-check gave no sample");
  return { seed, ...history };
}
