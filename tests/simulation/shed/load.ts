import type { LoadModel } from "../../../src/twin/load/load.ts";
import type { Offered } from "../../../src/twin/load/offered.ts";
import type { ShedHistory } from "./history.ts";
import type { IncidentWorld } from "./world.ts";

/** Requests a second that a target of the primary can serve. */
const CAPACITY = 9;

/** What comes to the listener: a shape, and calm after it. */
export function loadOf(history: ShedHistory, { listener, groups, rules }: IncidentWorld): LoadModel {
  const { load, scaling } = history;
  const targets = Math.max(1, history.groups[0]?.targets ?? 1);
  const [low, high] = [load.base * targets, load.peak * targets];
  const scaled = scaling && { above: CAPACITY, adds: 1, ...scaling };
  const model = { capacity: CAPACITY, ...(scaled ? { scaling: scaled } : {}) };
  const shares = rules.flatMap((rule, index) =>
    index === 0 ? [] : [[rule, (history.rules[index]?.share ?? 0) / 100] as const],
  );
  const over: Offered = [[load.over, load.calm * targets]];
  return {
    listener,
    offered: [...shapes(low, high, load)[load.shape].filter(([at]) => at < load.over), ...over],
    groups: { [groups[0] ?? ""]: model },
    rules: Object.fromEntries(shares),
    stickyShare: load.stickyShare,
  };
}

function shapes(
  low: number,
  high: number,
  { over, noise }: ShedHistory["load"],
): Readonly<Record<ShedHistory["load"]["shape"], Offered>> {
  const at = (share: number) => Math.round(over * share);
  const teeth = Array.from({ length: Math.ceil(over / 600) }, (_, index) => index * 600);
  return {
    flat: [
      [0, high],
      [over - 1, high],
    ],
    step: [
      [0, low],
      [at(0.1), low],
      [at(0.1), high],
      [over - 1, high],
    ],
    spike: [
      [0, low],
      [at(0.2), low],
      [at(0.2), high],
      [at(0.35), high],
      [at(0.35), low],
      [over - 1, low],
    ],
    ramp: [
      [0, low],
      [at(0.7), high],
      [over - 1, low],
    ],
    sawtooth: teeth.flatMap((second): [number, number][] => [
      [second, low],
      [second + 599, high],
    ]),
    noise: noise.flatMap((part, index): [number, number][] => {
      const load = low + ((high - low) * part) / 100;
      return [
        [at(index / noise.length), load],
        [at((index + 1) / noise.length) - 1, load],
      ];
    }),
  };
}
