import type { Scenario } from "../../verbs/shed/simulate/scenario.ts";
import { countOf } from "../humanise.ts";

/** What a run was made of, as a sentence or two. */
export function parametersText({ control, settings, alarm, primary, receivers }: Scenario): string {
  const { shedPercent, shedDelaySeconds, maxShedPercent, restorePercent, restoreDelaySeconds } = settings;
  const limits = control === "ours" ? carefulText(settings) : "";
  const receiving = Object.values(receivers).reduce((sum, rps) => sum + rps, 0);
  return [
    control === "ours" ? "" : "The classic control with fixed steps.",
    `Sheds ${shedPercent} % every ${shedDelaySeconds} s up to ${maxShedPercent} %, gives back ${restorePercent} % every ${restoreDelaySeconds} s${limits}.`,
    `Alarm above ${alarm.threshold} requests per target in each of ${countOf(alarm.evaluationPeriods, "period")} of ${alarm.periodSeconds} s.`,
    `Primary: ${primary.targets} to ${countOf(primary.maxTargets, "target")} of ${primary.capacity} requests a second, added above ${primary.scaleAbove} a minute after ${primary.scalingDelaySeconds} s. Others: ${receiving} requests a second.`,
  ]
    .filter((text) => text !== "")
    .join(" ");
}

function carefulText({ restoreThresholdPercent, coolDownSeconds, maxDurationSeconds }: Scenario["settings"]): string {
  const longest = maxDurationSeconds === undefined ? "" : `, all of it after ${maxDurationSeconds} s`;
  return ` below ${restoreThresholdPercent} % of the threshold, ${coolDownSeconds} s after the alarm${longest}`;
}
