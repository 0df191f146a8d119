import type { AlarmReading } from "../../../model/shed.ts";
import { type Degree, shareOf, shedWeights, type Weights } from "../../../model/weights.ts";
import { alarmOf } from "./alarm.ts";
import { classic } from "./classic.ts";
import { ours } from "./ours.ts";
import { lengthOf, offers, type Profile } from "./profile.ts";
import { scalingOf } from "./scaling.ts";
import type { Scenario } from "./scenario.ts";

/** What happened in one tick. Requests, not rates; `offered` is the sum of the four that follow it. */
export interface Tick {
  /** Its beginning. */
  readonly seconds: number;
  readonly offered: number;
  readonly servedByPrimary: number;
  readonly servedByOthers: number;
  readonly rejectedByPrimary: number;
  readonly rejectedByOthers: number;
  /** What the primary would have got at its baseline weight. */
  readonly demand: number;
  /** What the primary could serve. */
  readonly capacity: number;
  /** What the primary may get in this tick without the alarm's threshold being exceeded, if it went on so. */
  readonly threshold: number;
  /** Percent, as it is written; requests follow after the propagation. */
  readonly level: number;
  readonly alarm: AlarmReading["state"];
}

/** Seconds. It divides every period that CloudWatch has from a minute on, and is finer than any delay. */
export const TICK_SECONDS = 5;

/** Any beginning will do: nothing depends on the date. */
const START = 0;

/**
 * Lives through a load profile, tick by tick. Pure: the same scenario and profile give the same ticks. A last tick that the
 * profile does not fill is shorter in what it offers, never left out.
 */
export function simulate(scenario: Scenario, profile: Profile): Tick[] {
  const { alarm: alarmSettings, primary, settings, baseline, receivers, propagationSeconds } = scenario;
  const alarm = alarmOf(alarmSettings, START);
  const scaling = scalingOf(primary);
  const control = scenario.control === "ours" ? ours(scenario, START) : classic(scenario);
  const offeredFrom = offers(profile);
  const weightsAt = (degree: Degree) => shedWeights(baseline, settings.primary, degree, settings.spread);
  const ticks: Tick[] = [];
  let degree: Degree = { level: 0, cap: settings.maxShedPercent };
  let routed: Weights = baseline;
  let onTheWay: { readonly at: number; readonly weights: Weights }[] = [];
  let state = alarm.reading().state;
  const period = { requests: 0, perTarget: 0 };
  let minutePerTarget = 0;

  for (let seconds = 0; seconds < lengthOf(profile); seconds += TICK_SECONDS) {
    const now = START + seconds * 1000;
    if (seconds > 0 && seconds % alarmSettings.periodSeconds === 0) {
      alarm.endPeriod(period.requests > 0 ? period.perTarget : undefined, now);
      period.requests = 0;
      period.perTarget = 0;
    }
    if (seconds > 0 && seconds % 60 === 0) {
      scaling.endMinute(minutePerTarget, seconds);
      minutePerTarget = 0;
    }
    const targets = scaling.targetsAt(seconds);
    const reading = alarm.reading();
    const next = control({ now, alarm: reading, hasChanged: reading.state !== state });
    state = reading.state;
    if (next.level !== degree.level || next.cap !== degree.cap)
      onTheWay.push({ at: seconds + propagationSeconds, weights: weightsAt(next) });
    degree = next;
    for (const { at, weights } of onTheWay) if (at <= seconds) routed = weights;
    onTheWay = onTheWay.filter(({ at }) => at > seconds);

    const offered = offeredFrom(seconds, seconds + TICK_SECONDS);
    const sent = offered * shareOf(routed, settings.primary);
    const capacity = targets * primary.capacity * TICK_SECONDS;
    const servedByPrimary = Math.min(sent, capacity);
    let servedByOthers = 0;
    let rejectedByOthers = 0;
    for (const [group, rps] of Object.entries(receivers)) {
      const got = offered * shareOf(routed, group);
      const served = Math.min(got, rps * TICK_SECONDS);
      servedByOthers += served;
      rejectedByOthers += got - served;
    }
    period.requests += sent;
    period.perTarget += sent / targets;
    minutePerTarget += sent / targets;
    ticks.push({
      seconds,
      offered,
      servedByPrimary,
      servedByOthers,
      rejectedByPrimary: sent - servedByPrimary,
      rejectedByOthers,
      demand: offered * shareOf(baseline, settings.primary),
      capacity,
      threshold: (alarmSettings.threshold * targets * TICK_SECONDS) / alarmSettings.periodSeconds,
      level: degree.level,
      alarm: state,
    });
  }
  return ticks;
}
