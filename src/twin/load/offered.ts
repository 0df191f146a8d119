/**
 * Requests a second over time: straight lines between points, each a second since the beginning and a load. Two points of one
 * second are a step; before the first and after the last point the load stays what it is there.
 */
export type Offered = readonly (readonly [second: number, requestsPerSecond: number])[];

export function offeredAt(points: Offered, second: number): number {
  const after = points.findIndex(([at]) => at > second);
  if (after === 0) return points[0]?.[1] ?? 0;
  const [from, low] = (after < 0 ? points.at(-1) : points[after - 1]) ?? [0, 0];
  const [to, high] = (after < 0 ? undefined : points[after]) ?? [from, low];
  return to === from ? low : low + ((high - low) * (second - from)) / (to - from);
}
