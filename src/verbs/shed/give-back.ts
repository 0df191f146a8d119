import type { AlarmReading, ShedReading, ShedSettings, ShedState } from "../../model/shed.ts";
import { type Degree, shareOf } from "../../model/weights.ts";
import { baselineOf, primaryOf, weightsAt } from "./receivers.ts";

interface Basis {
  readonly stand: ShedState;
  readonly settings: ShedSettings;
  readonly reading: ShedReading;
}

/** After so many restore delays without a change, load is given back although the metric is near its threshold. */
const PATIENCE = 5;

/** Why no load is given back yet though the alarm is off, and when to look again. */
export interface Wait {
  readonly why: string;
  readonly seconds: number;
}

/** Undefined = the alarm has been off for long enough. A long cool-down is looked into: the alarm may come on again. */
export function coolingDown({ settings, reading: { alarm, now } }: Basis): Wait | undefined {
  if (alarm === "gone" || alarm.state !== "OK") return undefined;
  const { coolDownSeconds, restoreDelaySeconds } = settings;
  const left = Math.ceil(coolDownSeconds - (now - alarm.since) / 1000);
  if (left <= 0) return undefined;
  const why = `the alarm ${settings.alarm} has been off for less than ${coolDownSeconds} s`;
  return { why, seconds: Math.min(left, restoreDelaySeconds) };
}

/**
 * The longest step back after which the alarm's metric is expected to stay low; a wait where not even a point is. From where
 * the primary has no load there is nothing to tell it from: then a point shows.
 * @param steps degrees to come to, from a whole step to a point
 */
export function longestStep(basis: Basis, before: Degree, steps: readonly Degree[]): Degree | Wait {
  const { stand, settings, reading } = basis;
  const { alarm, now } = reading;
  const whole = steps[0] ?? before;
  if (alarm === "gone" || alarm.threshold === undefined || alarm.value === undefined) {
    const isBlind = alarm !== "gone" && alarm.countsLoad && sharesAt(basis, before).every((share) => share === 0);
    return isBlind ? (steps.at(-1) ?? whole) : whole;
  }
  const { threshold } = alarm;
  const { restoreThresholdPercent, restoreDelaySeconds: seconds } = settings;
  const low = (threshold * restoreThresholdPercent) / 100;
  // Between the two thresholds the load would stay shed for ever; above the alarm's own, giving back would only ring it.
  const hasWaited = now - Date.parse(stand.changedAt) >= PATIENCE * seconds * 1000;
  const limit = hasWaited ? threshold : low;
  const expected = steps.map((after) => expectedAfter(basis, alarm, { before, after }));
  const at = expected.findIndex((metric) => metric !== undefined && metric <= limit);
  if (steps[at]) return steps[at];
  const least = expected.at(-1);
  if (least === undefined) return steps.at(-1) ?? whole;
  return {
    why: `its metric is expected at ${Math.round(least)} after the next step, and is to stay below ${low}`,
    seconds,
  };
}

/** The primary's share of each rule. */
function sharesAt({ stand, settings, reading }: Basis, degree: Degree): number[] {
  const primary = primaryOf(stand, settings);
  const rules = weightsAt(baselineOf(stand, reading), primary, degree, settings.spread);
  return rules.map(({ weights }) => shareOf(weights, primary));
}

/**
 * The alarm's metric after a step: shedding itself has lowered one that counts load, and giving back raises it again. Of the
 * rules, the one that changes most counts; of a metric from before the last change, the weights that make most of it.
 * Undefined = there is no load to tell it from.
 */
function expectedAfter(
  basis: Basis,
  { value = 0, valueSince = 0, countsLoad }: AlarmReading,
  { before, after }: { before: Degree; after: Degree },
): number | undefined {
  if (!countsLoad) return value;
  const { former, changedAt } = basis.stand;
  const isStale = former !== undefined && valueSince < Date.parse(changedAt);
  const now = sharesAt(basis, before);
  const then = isStale ? sharesAt(basis, former) : now;
  const growth = sharesAt(basis, after).map((share, at) => share / Math.min(now[at] ?? 0, then[at] ?? 0));
  // 0 of 0: the primary never has a share of that rule.
  const known = growth.filter((factor) => !Number.isNaN(factor));
  const most = Math.max(1, ...known);
  return known.length > 0 && Number.isFinite(most) ? value * most : undefined;
}
