import type { RuleWeights, ShedReading, ShedState } from "../../../model/shed.ts";
import { decide } from "../decide.ts";
import { ended, freshState } from "../stand.ts";
import type { Control } from "./control.ts";
import type { Scenario } from "./scenario.ts";

/** The control that is used on a real listener, with messages that always come in time and writes that never fail. */
export function ours({ settings, baseline, receivers }: Scenario, start: number): Control {
  const { listener, primary } = settings;
  const rules: readonly RuleWeights[] = [{ rule: listener, weights: baseline }];
  const health = Object.fromEntries(
    [primary, ...Object.keys(receivers)].map((group) => [group, receivers[group] === 0 ? "empty" : "healthy"] as const),
  );
  let stand: ShedState = freshState(settings, start);
  return ({ now, alarm, hasChanged }) => {
    const isDue = stand.dueAt !== undefined && Date.parse(stand.dueAt) <= now;
    // As on a real listener: a step that is on its way sees the alarm for itself, a last look must not keep it waiting.
    const begins = hasChanged && alarm.state === "ALARM" && (stand.phase === "idle" || stand.dueAt === undefined);
    if (!isDue && !begins) return stand.degree;
    const live = stand.written.length > 0 ? stand.written : rules;
    const reading: ShedReading = { now, alarm, rules: live, present: [listener], health };
    const decision = decide(stand, settings, reading);
    stand = { ...ended({ stand, settings, reading, kept: [] }, decision, now), revision: stand.revision + 1 };
    return stand.degree;
  };
}
