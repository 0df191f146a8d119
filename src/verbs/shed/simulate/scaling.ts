import type { PrimaryGroup } from "./scenario.ts";

const MINUTE = 60;

/** Of the level, below which targets may go. Source: Application Auto Scaling, target tracking scales in below 90 %. */
const SCALE_IN_SHARE = 0.9;

/** How many targets serve. */
export interface Scaling {
  /** To be asked once for each tick, forwards. */
  targetsAt(seconds: number): number;
  /** A minute is over in which each target got so many requests, rejected ones included. */
  endMinute(perTarget: number, seconds: number): void;
}

/** A target tracking policy in small: it sees only what the primary still gets, so shedding also slows it down. */
export function scalingOf(group: PrimaryGroup): Scaling {
  let targets = group.targets;
  let launched: { readonly at: number; readonly count: number }[] = [];
  let idleSeconds = 0;
  return {
    targetsAt: (seconds) => {
      for (const { at, count } of launched) if (at <= seconds) targets += count;
      launched = launched.filter(({ at }) => at > seconds);
      return targets;
    },
    endMinute: (perTarget, seconds) => {
      const coming = launched.reduce((sum, { count }) => sum + count, 0);
      const wanted = Math.min(group.maxTargets, Math.ceil((targets * perTarget) / group.scaleAbove));
      const missing = wanted - targets - coming;
      if (missing > 0) launched.push({ at: seconds + group.scalingDelaySeconds, count: missing });
      const fewer = targets - 1;
      const isIdle =
        coming === 0 && fewer >= group.targets && targets * perTarget < fewer * group.scaleAbove * SCALE_IN_SHARE;
      idleSeconds = isIdle ? idleSeconds + MINUTE : 0;
      if (idleSeconds < group.scaleInSeconds || !isIdle) return;
      targets = fewer;
      idleSeconds = 0;
    },
  };
}
