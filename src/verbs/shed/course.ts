import type { ShedReading, ShedSettings, ShedState } from "../../model/shed.ts";

/** What a person wants, whatever the alarm says. */
export type Order =
  /** One step, or up to this level. */
  | { readonly kind: "shed"; readonly level?: number | undefined }
  /** By steps, or all of it now. */
  | { readonly kind: "restore"; readonly now: boolean }
  | { readonly kind: "freeze" }
  | { readonly kind: "unfreeze" }
  /** The weights as they are count as the baseline. */
  | { readonly kind: "accept" };

/** Which way to go, and why. */
export interface Course {
  readonly direction: "shed" | "restore";
  readonly why: string;
  /** Of a person's order. */
  readonly level?: number | undefined;
  /** Whatever the alarm says, until all is given back. */
  readonly givingBack?: boolean;
  readonly tell?: string;
}

export function courseOf(stand: ShedState, settings: ShedSettings, reading: ShedReading, order?: Order): Course {
  if (order?.kind === "shed") return { direction: "shed", why: "a person has asked for it", level: order.level };
  if (order?.kind === "restore") return { direction: "restore", why: "a person gives the load back", givingBack: true };
  if (stand.givingBack) return { direction: "restore", why: stand.why, givingBack: true };
  const { alarm, now } = reading;
  const { maxDurationSeconds, missingDataSeconds } = settings;
  if (alarm === "gone") return givingBack(`the alarm ${settings.alarm} is gone: all is given back`);
  const isOver =
    maxDurationSeconds !== undefined && stand.since && now - Date.parse(stand.since) >= maxDurationSeconds * 1000;
  if (isOver)
    return givingBack(`it has been shed for ${duration(maxDurationSeconds)}, the longest allowed: all is given back`);
  if (alarm.state === "ALARM") return { direction: "shed", why: `the alarm ${settings.alarm} is on` };
  if (alarm.state === "OK") return { direction: "restore", why: `the alarm ${settings.alarm} is off` };
  const isMissing = now - alarm.since >= missingDataSeconds * 1000;
  const direction = isMissing ? "restore" : (stand.direction ?? "restore");
  const what = isMissing ? `for ${duration(missingDataSeconds)}, and counts as off` : "just now; it goes on as before";
  return { direction, why: `the alarm ${settings.alarm} has no data ${what}` };
}

function givingBack(why: string): Course {
  return { direction: "restore", why, givingBack: true, tell: why };
}

function duration(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
