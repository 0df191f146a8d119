import { type Series, stack, stackOffsetDiverging } from "d3-shape";
import type { Split } from "../../../model/cost.ts";
import { SIDES } from "../sums.ts";

/** One side's part of a stack, from its lower to its upper end, in money. */
export interface Layer {
  readonly side: (typeof SIDES)[number];
  readonly from: number;
  readonly to: number;
}

type Side = Layer["side"];

/** The sides of each split on each other: what was charged above zero, credits below. Floats do for pictures. */
export function stacked(splits: readonly Split[]): Layer[][] {
  const series: Series<Split, Side>[] = stack<Split, Side>()
    .keys(SIDES)
    .value((split, side) => Number(split[side]))
    .offset(stackOffsetDiverging)([...splits]);
  return splits.map((_, at) =>
    series.flatMap(({ key, [at]: ends }) => {
      const [from = 0, to = 0] = ends ?? [];
      return from === to ? [] : [{ side: key, from, to }];
    }),
  );
}

/** From the lowest to the highest end; zero is always in it, and it is never empty. */
export function extentOf(stacks: readonly (readonly Layer[])[]): [low: number, high: number] {
  let [low, high] = [0, 0];
  for (const { from, to } of stacks.flat()) [low, high] = [Math.min(low, from), Math.max(high, to)];
  return low === high ? [0, 1] : [low, high];
}

/** A tenth of a unit is finer than any screen. */
export function px(number: number): number {
  return Math.round(number * 10) / 10;
}
