import { TICK_SECONDS, type Tick } from "./simulate.ts";

/** What a run comes to. Requests are sums over all of it; shares are of the requests offered, 0 to 1. */
export interface Outcome {
  readonly offered: number;
  readonly servedByPrimary: number;
  readonly servedByOthers: number;
  /** What came to a group beyond what it could serve. */
  readonly rejectedByPrimary: number;
  readonly rejectedByOthers: number;
  readonly rejectedShare: number;
  /** Requests that were shed while the primary could have served them. */
  readonly overshoot: number;
  readonly overshootShare: number;
  /** By how many points the highest level was above the highest that it took for the primary to reject nothing. */
  readonly overshootLevel: number;
  /** How often the level turned from rising to falling or back; one rise and fall is one. */
  readonly turns: number;
  /** Longest time from the beginning of an overload (more than the primary could serve at its baseline weight) to the last request that the primary rejected in it; undefined = there was none. */
  readonly protectSeconds: number | undefined;
  /**
   * From the end of the need (above the primary's capacity or the alarm's threshold at the baseline weights) to the baseline
   * weights for good; undefined = nothing was shed, or the need had not ended.
   */
  readonly recoverSeconds: number | "not by the end" | undefined;
  /** Longest time without a break in which load was shed with the alarm off, though the primary could have had all of it below the alarm's threshold. */
  readonly strandedSeconds: number;
  /** Percent. */
  readonly highestLevel: number;
}

export function measure(ticks: readonly Tick[]): Outcome {
  const sum = (of: (tick: Tick) => number) => ticks.reduce((total, tick) => total + of(tick), 0);
  const most = (of: (tick: Tick) => number) => ticks.reduce((highest, tick) => Math.max(highest, of(tick)), 0);
  const offered = sum((tick) => tick.offered);
  const rejectedByPrimary = sum((tick) => tick.rejectedByPrimary);
  const rejectedByOthers = sum((tick) => tick.rejectedByOthers);
  const share = (requests: number) => (offered === 0 ? 0 : requests / offered);
  const overshoot = sum((tick) => {
    const sent = tick.servedByPrimary + tick.rejectedByPrimary;
    return Math.max(0, Math.min(tick.demand - sent, tick.capacity - sent));
  });
  const highestLevel = most((tick) => tick.level);
  return {
    offered,
    servedByPrimary: sum((tick) => tick.servedByPrimary),
    servedByOthers: sum((tick) => tick.servedByOthers),
    rejectedByPrimary,
    rejectedByOthers,
    rejectedShare: share(rejectedByPrimary + rejectedByOthers),
    overshoot,
    overshootShare: share(overshoot),
    overshootLevel: Math.max(0, highestLevel - most(neededLevel)),
    turns: turnsOf(ticks),
    protectSeconds: protectSecondsOf(ticks),
    recoverSeconds: recoverSecondsOf(ticks),
    strandedSeconds: longest(ticks, (tick) => tick.level > 0 && tick.alarm !== "ALARM" && !isNeeded(tick)),
    highestLevel,
  };
}

/** Percent of its load that the primary had to give up to reject nothing. */
function neededLevel({ demand, capacity }: Tick): number {
  return demand > capacity ? (1 - capacity / demand) * 100 : 0;
}

const isNeeded = ({ demand, capacity, threshold }: Tick) => demand > Math.min(capacity, threshold);

function turnsOf(ticks: readonly Tick[]): number {
  const moves = ticks
    .map((tick, at) => Math.sign(tick.level - (ticks[at - 1]?.level ?? 0)))
    .filter((direction) => direction !== 0);
  return moves.filter((direction, at) => at > 0 && direction !== moves[at - 1]).length;
}

function protectSecondsOf(ticks: readonly Tick[]): number | undefined {
  let began: number | undefined;
  let worst: number | undefined;
  for (const { seconds, demand, capacity, rejectedByPrimary } of ticks) {
    if (demand <= capacity) began = undefined;
    else began ??= seconds;
    if (began !== undefined) worst = Math.max(worst ?? 0, rejectedByPrimary > 0 ? seconds + TICK_SECONDS - began : 0);
  }
  return worst;
}

function recoverSecondsOf(ticks: readonly Tick[]): Outcome["recoverSeconds"] {
  const lastShed = ticks.findLastIndex((tick) => tick.level > 0);
  const lastNeeded = ticks.findLastIndex(isNeeded);
  if (lastShed < 0 || lastNeeded === ticks.length - 1) return undefined;
  if (lastShed === ticks.length - 1) return "not by the end";
  return Math.max(0, lastShed - lastNeeded) * TICK_SECONDS;
}

function longest(ticks: readonly Tick[], holds: (tick: Tick) => boolean): number {
  let now = 0;
  return (
    ticks.reduce((most, tick) => {
      now = holds(tick) ? now + 1 : 0;
      return Math.max(most, now);
    }, 0) * TICK_SECONDS
  );
}
