import { instant } from "./brand.ts";
import type { Tags } from "./resource.ts";

/* The tag by which one run knows what an earlier one has found. Nothing else keeps that. */

const PREFIX = "evenkeel:marked:";
const VALUE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-f]{32})$/;

/** A monthly schedule confirms its own marks; one that was forgotten for longer is not what a person waits for. */
const LASTS_MS = 35 * 24 * 3_600_000;

/** Each policy has a tag of its own, so that two schedules do not take each other's marks away. */
export function markKey(policy: string): string {
  return PREFIX + policy;
}

/** @param found a digest of what was found, so that a copied tag or a changed resource confirms nothing */
export function markValue(at: number, found: string): string {
  return `${instant(at)} ${found}`;
}

/** Whether a run before this one has found the same. */
export function isConfirmed(tags: Tags, policy: string, found: string, now: number): boolean {
  const key = markKey(policy);
  const [, at = "", digest] = VALUE.exec((Object.hasOwn(tags, key) ? tags[key] : undefined) ?? "") ?? [];
  const age = now - Date.parse(at);
  return digest === found && age > 0 && age <= LASTS_MS;
}

/** A resource's tags without any marks. */
export function withoutMarks(tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith(PREFIX)));
}
