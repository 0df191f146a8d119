import type { LoadPoint, Profile } from "./profile.ts";

/** A built-in load: straight lines between minutes and loads, where 1 is all that the primary can serve at the start. */
interface Shape {
  readonly says: string;
  readonly points: readonly (readonly [minute: number, load: number])[];
  /** The points are gone through so many times, one after the other, then `ends`. */
  readonly times?: number;
  readonly ends?: readonly (readonly [minute: number, load: number])[];
  /** Seeded noise on it, every half minute: a share of the load, growing from none to this from the first minute to the last. */
  readonly noise?: { readonly seed: number; readonly grows: number; readonly until: number };
}

/** What overloads look like. All but those that stay up end with an hour of quiet, in which everything can be given back. */
const SHAPES = {
  steady: {
    says: "60 % of the capacity, always: nothing is to be shed",
    points: [
      [0, 0.6],
      [120, 0.6],
    ],
  },
  "step-up": {
    says: "a step up to 150 % that stays",
    points: [
      [0, 0.5],
      [10, 0.5],
      [10, 1.5],
      [180, 1.5],
    ],
  },
  "step-up-down": {
    says: "a step up to 150 % for half an hour",
    points: [
      [0, 0.5],
      [10, 0.5],
      [10, 1.5],
      [40, 1.5],
      [40, 0.5],
      [180, 0.5],
    ],
  },
  spike: {
    says: "2 minutes of 250 %, gone before any alarm can tell",
    points: [
      [0, 0.5],
      [10, 0.5],
      [10, 2.5],
      [12, 2.5],
      [12, 0.5],
      [120, 0.5],
    ],
  },
  "ramp-up": {
    says: "from 40 to 160 % in an hour, and stays",
    points: [
      [0, 0.4],
      [60, 1.6],
      [180, 1.6],
    ],
  },
  "ramp-up-down": {
    says: "from 40 to 160 % in 45 minutes, and back",
    points: [
      [0, 0.4],
      [45, 1.6],
      [90, 0.4],
      [180, 0.4],
    ],
  },
  sawtooth: {
    says: "six minutes of 130 %, six of 50 %, ten times: the alarm flaps",
    points: [
      [0, 0.5],
      [6, 0.5],
      [6, 1.3],
      [12, 1.3],
      [12, 0.5],
    ],
    times: 10,
    ends: [[180, 0.5]],
  },
  "daily-wave": {
    says: "a day: 30 % at night, 160 % in the evening",
    points: [
      [0, 0.45],
      [180, 0.3],
      [360, 0.4],
      [540, 0.75],
      [720, 0.95],
      [900, 0.9],
      [1080, 1.3],
      [1200, 1.6],
      [1290, 1.3],
      [1380, 0.7],
      [1440, 0.45],
    ],
  },
  "flash-crowd": {
    says: "from 40 to 400 % in two minutes, then a long tail",
    points: [
      [0, 0.4],
      [10, 0.4],
      [12, 4],
      [17, 3],
      [27, 1.8],
      [42, 1.05],
      [62, 0.75],
      [92, 0.5],
      [120, 0.4],
      [180, 0.4],
    ],
  },
  "growing-noise": {
    says: "a slow rise to 150 % with more and more noise (seed 7), then quiet",
    points: [
      [0, 0.5],
      [120, 1.5],
      [120, 0.5],
      [210, 0.5],
    ],
    noise: { seed: 7, grows: 0.6, until: 120 },
  },
} as const satisfies Record<string, Shape>;

export type ShapeName = keyof typeof SHAPES;
export const SHAPE_NAMES = Object.keys(SHAPES) as readonly ShapeName[];

/** What a shape is, in a few words. */
export function shapeSays(name: ShapeName): string {
  return SHAPES[name].says;
}

/** A built-in load for a primary group that can serve so many requests a second at the start. */
export function shapeProfile(name: ShapeName, capacity: number): Profile {
  const shape: Shape = SHAPES[name];
  const length = shape.points.at(-1)?.[0] ?? 0;
  const repeated = Array.from({ length: shape.times ?? 1 }, (_, time) =>
    shape.points.map(([minute, load]) => [minute + time * length, load] as const),
  ).flat();
  const clean = [...repeated, ...(shape.ends ?? [])].map(([minute, load]): LoadPoint => [minute * 60, load * capacity]);
  return { name, points: shape.noise ? noisy(clean, shape.noise) : clean };
}

const NOISE_SECONDS = 30;

function noisy(clean: readonly LoadPoint[], { seed, grows, until }: NonNullable<Shape["noise"]>): LoadPoint[] {
  const random = randomFrom(seed);
  const end = until * 60;
  const loud = Array.from({ length: end / NOISE_SECONDS }, (_, step): LoadPoint => {
    const seconds = step * NOISE_SECONDS;
    return [seconds, loadAt(clean, seconds) * (1 + grows * (seconds / end) * (2 * random() - 1))];
  });
  return [...loud, ...clean.filter(([seconds]) => seconds >= end)];
}

function loadAt(points: readonly LoadPoint[], seconds: number): number {
  const after = points.findIndex(([each]) => each > seconds);
  const [end, high] = points[after] as LoadPoint;
  const [start, low] = points[after - 1] as LoadPoint;
  return low + ((high - low) * (seconds - start)) / (end - start);
}

/** Numbers from 0 to 1 that follow from the seed alone: a linear congruential generator (Numerical Recipes' constants). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
