import type { ShedState } from "../../../src/model/shed.ts";
import type { Degree } from "../../../src/model/weights.ts";
import type { Maker } from "./functions.ts";
import type { Watchman } from "./watchman.ts";

/** Messages may be taken so early, seconds. */
const EARLY = 2;

/** Sees to it that the level moves a step in a delay and no more, whatever comes twice. */
export interface Pace {
  /** A rule was written. */
  wrote(maker: Maker, degree: Degree, at: number): void;
  /** A step was made, of which it may be that nothing had to be written. @param isGone so are the rules that were shed */
  made(maker: Maker, next: ShedState, at: number, isGone: boolean): void;
}

export function paceOf({ accuse, orders, deployed }: Pick<Watchman, "accuse" | "orders" | "deployed">): Pace {
  /** What the last step that was made has left: one that was cut short may be taken back to it where a cap was lowered. */
  let settled = 0;
  /** Degrees that were at work, each from an instant. */
  let past: readonly { readonly at: number; readonly degree: Degree }[] = [];
  const least = (pick: (settings: (typeof deployed)[number]) => number) => Math.min(...deployed.map(pick));
  const most = (pick: (settings: (typeof deployed)[number]) => number) => Math.max(...deployed.map(pick));

  /** Also the one that was at work when that time began. */
  const within = (now: number, delay: number) => {
    const from = now - (delay - EARLY) * 1000;
    return past.filter((_, index) => (past[index + 1]?.at ?? now) > from).map(({ degree }) => degree.level);
  };

  const move = (maker: Maker, degree: Degree, at: number) => {
    const { level, cap } = degree;
    const before = past.at(-1)?.degree ?? { level: 0, cap: maker.settings.maxShedPercent };
    if (level === before.level && cap === before.cap) return;
    const say = (text: string) => accuse(`${maker.name}: the level ${text} (${before.level} -> ${level})`);
    const { maxShedPercent } = maker.settings;
    if (level > before.level) {
      const rise =
        level -
        Math.min(
          ...within(
            at,
            least(({ shedDelaySeconds }) => shedDelaySeconds),
          ),
          before.level,
        );
      if (rise > most(({ shedPercent }) => shedPercent)) say(`rises by ${rise} within a delay`);
      if (level > maxShedPercent) say(`passes the cap of ${maxShedPercent}`);
    } else {
      const fall =
        Math.max(
          ...within(
            at,
            least(({ restoreDelaySeconds }) => restoreDelaySeconds),
          ),
          before.level,
        ) - level;
      if (fall > most(({ restorePercent }) => restorePercent) && level !== settled)
        say(`falls by ${fall} within a delay`);
    }
    if (level > 0 && cap > Math.max(maxShedPercent, before.cap)) say(`has a cap of ${cap}, not ${maxShedPercent}`);
    past = [...past.slice(-50), { at, degree }];
  };

  return {
    wrote(maker, degree, at) {
      if (orders.has(maker.name)) past = [{ at, degree }];
      else move(maker, degree, at);
    },
    made(maker, next, stored, isGone) {
      // Telling a person may take its time between the change and its storing.
      const at = Math.min(stored, Date.parse(next.changedAt));
      const degree = next.baseline.length > 0 ? next.degree : { level: 0, cap: maker.settings.maxShedPercent };
      if (orders.has(maker.name) || isGone) past = [{ at, degree }];
      else move(maker, degree, at);
      settled = degree.level;
    },
  };
}
