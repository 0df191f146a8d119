/** Offered load over time: seconds from the start and requests a second, straight lines between; two points at one second are a step. */
export interface Profile {
  readonly name: string;
  /** At least two, with seconds that never go back; the first stands at 0. */
  readonly points: readonly LoadPoint[];
}

export type LoadPoint = readonly [seconds: number, rps: number];

/** How long the load is known, in seconds. */
export function lengthOf({ points }: Profile): number {
  return points.at(-1)?.[0] ?? 0;
}

/**
 * Answers how many requests are offered from one second to a later one. Exact: what is offered between is counted once,
 * however the time is cut. To be asked forwards.
 */
export function offers({ points }: Profile): (from: number, to: number) => number {
  let first = 0;
  return (from, to) => {
    while (first + 2 < points.length && (points[first + 1]?.[0] ?? 0) <= from) first += 1;
    let requests = 0;
    for (let at = first; at + 1 < points.length; at++) {
      const [start, low] = points[at] as LoadPoint;
      const [end, high] = points[at + 1] as LoadPoint;
      if (start >= to) break;
      const left = Math.max(start, from);
      const right = Math.min(end, to);
      if (right <= left) continue;
      const middle = low + ((high - low) * ((left + right) / 2 - start)) / (end - start);
      requests += middle * (right - left);
    }
    return requests;
  };
}
