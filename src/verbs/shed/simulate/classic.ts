import type { Control } from "./control.ts";
import type { Scenario } from "./scenario.ts";

interface Message {
  readonly action: "shed" | "restore";
  readonly dueAt: number;
}

/**
 * The usual practice, to compare with: fixed steps that follow the alarm's state alone. Every event of the alarm sheds or
 * begins a loop of its own, so a flapping alarm moves n times as fast; a message that finds no data goes back unchanged for
 * ever; at the cap the loop ends and nothing but the alarm's next OK gives anything back. Modelled after the published
 * aws-samples/aws-alb-target-group-load-shedding.
 */
export function classic({ settings }: Scenario): Control {
  const { shedPercent, maxShedPercent: cap, restorePercent, shedDelaySeconds, restoreDelaySeconds } = settings;
  let level = 0;
  let queue: readonly Message[] = [];
  const shed = () => {
    level = Math.min(cap, level + shedPercent);
  };
  const send = (action: Message["action"], now: number) => {
    const seconds = action === "shed" ? shedDelaySeconds : restoreDelaySeconds;
    queue = [...queue, { action, dueAt: now + seconds * 1000 }];
  };
  return ({ now, alarm, hasChanged }) => {
    if (hasChanged && alarm.state === "ALARM") {
      shed();
      if (level < cap) send("shed", now);
    }
    if (hasChanged && alarm.state === "OK") send("restore", now);
    const due = queue.filter(({ dueAt }) => dueAt <= now);
    queue = queue.filter(({ dueAt }) => dueAt > now);
    for (const { action } of due) {
      if (alarm.state === "INSUFFICIENT_DATA") send(action, now);
      else if (alarm.state === "ALARM") {
        if (action === "shed") shed();
        if (level < cap) send("shed", now);
      } else {
        if (action === "restore") level = Math.max(0, level - restorePercent);
        if (level > 0) send("restore", now);
      }
    }
    return { level, cap };
  };
}
