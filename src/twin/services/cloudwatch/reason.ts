import type { Call } from "../../service.ts";
import type { AlarmRow, AlarmState } from "./alarms.ts";
import type { Datum, Settings } from "./evaluation.ts";

/** CloudWatch writes 500.0 where the threshold is 500. */
const decimal = (value: number) => (Number.isInteger(value) ? `${value}.0` : String(value));

function shown({ at, value = 0 }: Datum): string {
  const [year, month, day, time] = new Date(at).toISOString().split(/[-T.]/);
  return `${decimal(value)} (${day}/${month}/${year?.slice(2)} ${time})`;
}

const several = (count: number, one: string) => `${count} ${one}${count === 1 ? "" : "s"}`;

/** In CloudWatch's words, from the events of its user guide. */
export function reasonOf(
  call: Call,
  { alarm }: AlarmRow,
  settings: Settings,
  data: readonly Datum[],
  verdict: string,
): Omit<AlarmState, "value"> {
  const { periods, toAlarm, words, threshold, breaches } = settings;
  const judged = data.filter(({ value }) => value !== undefined).slice(-periods);
  const reasonData = dataText(call, settings, data, judged);
  if (verdict === "INSUFFICIENT_DATA")
    return {
      reason: `Insufficient Data: ${several(periods, "datapoint")} ${periods === 1 ? "was" : "were"} unknown.`,
      reasonData,
    };
  if (judged.length === 0) {
    const treated = `[${verdict === "ALARM" ? "Breaching" : "NonBreaching"}]`;
    const missing = `${several(periods, "missing datapoint")} ${periods === 1 ? "was" : "were"} treated as ${treated}`;
    return {
      reason: `Threshold Crossed: no datapoints were received for ${several(periods, "period")} and ${missing}.`,
      reasonData,
    };
  }
  const telling = judged.filter(({ value = 0 }) => breaches(value) === (verdict === "ALARM"));
  const minimum = verdict === "ALARM" ? toAlarm : periods - toAlarm + 1;
  const verb = `${telling.length === 1 ? "was" : "were"}${verdict === "ALARM" ? "" : " not"} ${words}`;
  return {
    reason: `Threshold Crossed: ${telling.length} out of the last ${several(judged.length, "datapoint")} [${telling.map(shown).join(", ")}] ${verb} the threshold (${decimal(threshold)}) (minimum ${several(minimum, "datapoint")} for ${alarm.StateValue} -> ${verdict} transition).`,
    reasonData,
  };
}

const wire = (at: number) => new Date(at).toISOString().replace("Z", "+0000");

function dataText(call: Call, settings: Settings, data: readonly Datum[], judged: readonly Datum[]): string {
  return JSON.stringify({
    version: "1.0",
    queryDate: wire(call.millis()),
    startDate: wire(judged[0]?.at ?? data.at(-settings.periods)?.at ?? 0),
    statistic: settings.statistic,
    period: settings.period / 1000,
    recentDatapoints: judged.map(({ value }) => value),
    threshold: settings.threshold,
  });
}
