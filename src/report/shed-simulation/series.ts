import { TICK_SECONDS, type Tick } from "../../verbs/shed/simulate/simulate.ts";

/** What is drawn of some seconds. */
export interface Bucket {
  /** Its beginning. */
  readonly seconds: number;
  /** The highest in it. */
  readonly level: number;
  /** The gravest in it. */
  readonly alarm: Tick["alarm"];
  /** Requests a second. */
  readonly rates: {
    readonly offered: number;
    readonly servedByPrimary: number;
    readonly servedByOthers: number;
    readonly rejected: number;
    readonly capacity: number;
  };
}

/** Ticks put together to at least so many seconds each; nothing falls between. */
export function bucketed(ticks: readonly Tick[], seconds: number): Bucket[] {
  const size = Math.max(1, Math.round(seconds / TICK_SECONDS));
  return Array.from({ length: Math.ceil(ticks.length / size) }, (_, at) =>
    bucketOf(ticks.slice(at * size, (at + 1) * size)),
  );
}

/** So many or a few less, over all of the time. */
export function inBuckets(ticks: readonly Tick[], most: number): Bucket[] {
  return bucketed(ticks, Math.ceil(ticks.length / most) * TICK_SECONDS);
}

function bucketOf(ticks: readonly Tick[]): Bucket {
  const rate = (of: (tick: Tick) => number) =>
    ticks.reduce((sum, tick) => sum + of(tick), 0) / (ticks.length * TICK_SECONDS);
  const says = (state: Tick["alarm"]) => ticks.some(({ alarm }) => alarm === state);
  return {
    seconds: ticks[0]?.seconds ?? 0,
    level: Math.max(...ticks.map(({ level }) => level)),
    alarm: says("ALARM") ? "ALARM" : says("INSUFFICIENT_DATA") ? "INSUFFICIENT_DATA" : "OK",
    rates: {
      offered: rate(({ offered }) => offered),
      servedByPrimary: rate(({ servedByPrimary }) => servedByPrimary),
      servedByOthers: rate(({ servedByOthers }) => servedByOthers),
      rejected: rate(({ rejectedByPrimary, rejectedByOthers }) => rejectedByPrimary + rejectedByOthers),
      capacity: rate(({ capacity }) => capacity),
    },
  };
}
