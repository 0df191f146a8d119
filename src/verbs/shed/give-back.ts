import type { AlarmReading, ShedReading, ShedSettings, ShedState } from "../../model/shed.ts";
import { type Degree, shareOf } from "../../model/weights.ts";
import { baselineOf, primaryOf, weightsAt } from "./receivers.ts";

/** After so many restore delays without a change, load is given back although the metric is near its threshold. */
const PATIENCE = 5;

/** Why no load is given back yet though the alarm is off, and for how long; undefined = nothing speaks against it. */
export function whyToWait(
  { stand, settings, reading }: { stand: ShedState; settings: ShedSettings; reading: ShedReading },
  { before, after }: { before: Degree; after: Degree },
): { readonly why: string; readonly seconds: number } | undefined {
  const { alarm, now } = reading;
  if (alarm === "gone") return undefined;
  const { coolDownSeconds, restoreThresholdPercent, restoreDelaySeconds: seconds } = settings;
  const quietSeconds = (now - alarm.since) / 1000;
  if (alarm.state === "OK" && quietSeconds < coolDownSeconds) {
    const why = `the alarm ${settings.alarm} has been off for less than ${coolDownSeconds} s`;
    return { why, seconds: Math.max(1, Math.ceil(coolDownSeconds - quietSeconds)) };
  }
  const { threshold } = alarm;
  const expected = expectedAfter({ stand, settings, reading }, alarm, { before, after });
  if (threshold === undefined || expected === undefined) return undefined;
  if (expected <= (threshold * restoreThresholdPercent) / 100) return undefined;
  // Between the two thresholds the load would stay shed for ever; above the alarm's own, giving back would only ring it.
  const hasWaited = now - Date.parse(stand.changedAt) >= PATIENCE * seconds * 1000;
  if (expected <= threshold && hasWaited) return undefined;
  const metric = `its metric is expected at ${Math.round(expected)} after the next step`;
  return {
    why: `${metric}, and ${restoreThresholdPercent} % of the threshold are ${(threshold * restoreThresholdPercent) / 100}`,
    seconds,
  };
}

/**
 * The alarm's metric after a step: shedding itself has lowered one that counts load, and giving back raises it again. Of the
 * rules, the one that changes most counts. Undefined = there is nothing to tell it from.
 */
function expectedAfter(
  { stand, settings, reading }: { stand: ShedState; settings: ShedSettings; reading: ShedReading },
  { value, countsLoad }: AlarmReading,
  { before, after }: { before: Degree; after: Degree },
): number | undefined {
  if (value === undefined || !countsLoad) return value;
  const primary = primaryOf(stand, settings);
  const shares = (degree: Degree) =>
    weightsAt(baselineOf(stand, reading), primary, degree, settings.spread).map(({ weights }) =>
      shareOf(weights, primary),
    );
  const now = shares(before);
  const growth = shares(after).map((share, index) => share / (now[index] ?? 0));
  const most = Math.max(1, ...growth.filter(Number.isFinite));
  // Without a share there is no load to count from: the step itself has to show.
  return growth.some(Number.isFinite) ? value * most : undefined;
}
