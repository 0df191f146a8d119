import type { ScannedResource } from "../../../model/resource.ts";
import { timeIn } from "./names.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * The oldest evidence of an instance's creation. LaunchTime moves at every start (API_Instance, LaunchTime); nothing was
 * attached to it before it was there; and its key pair is made just before it.
 */
export function bornAt({ createdAt, observed, configuration }: ScannedResource, now: number): number | undefined {
  const attached = Object.entries(observed).filter(([path]) => path === "LaunchTime" || path.endsWith(".AttachTime"));
  const dates = [createdAt, ...attached.map(([, value]) => value)].filter((value) => typeof value === "string");
  const times = dates.map(Date.parse).filter((time) => !Number.isNaN(time));
  const ofKey = timeIn(String(configuration.KeyName ?? ""), now);
  const all = ofKey === undefined ? times : [...times, ofKey];
  return all.length > 0 ? Math.min(...all) : undefined;
}

/** When something else was made: AWS's date, else the time in its name, which is all there is of security groups. */
export function madeAt(createdAt: string | undefined, name: string, now: number): number | undefined {
  return createdAt === undefined ? timeIn(name, now) : Date.parse(createdAt);
}

/** Why something is too young, or of unknown age; undefined = it is old enough. Exactly the limit is old enough. */
export function whyNotOld(
  born: number | undefined,
  { limitMs, what, now }: { readonly limitMs: number; readonly what: string; readonly now: number },
): string | undefined {
  if (born === undefined) return "how old it is can't be told: AWS gives no date, and its name has none";
  if (now - born >= limitMs) return undefined;
  return `it is ${ageText(now - born)} old; ${what} are left alone for ${ageText(limitMs)}`;
}

/** `40 minutes`, `2 hours`. */
export function ageText(ms: number): string {
  const [size, unit] = ms < HOUR ? [MINUTE, "minute"] : [HOUR, "hour"];
  const count = Math.max(0, Math.floor(ms / size));
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
