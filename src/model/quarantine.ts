import type { IsoInstant } from "./brand.ts";
import type { Tags } from "./resource.ts";

/** Its value is the instant at which the quarantine of a resource is over. Nothing else keeps that. */
export const QUARANTINE_TAG = "evenkeel:quarantine";

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;

/**
 * What the tags of a resource tell of its quarantine. `stays`: why it may not be removed yet; a value that can't be read
 * protects, for it may be a date that somebody has put off by hand.
 */
export type Quarantine = { readonly kind: "none" | "over" } | { readonly kind: "stays"; readonly reason: string };

export function quarantineOf(tags: Tags, now: number): Quarantine {
  const value = Object.hasOwn(tags, QUARANTINE_TAG) ? tags[QUARANTINE_TAG] : undefined;
  if (value === undefined) return { kind: "none" };
  const until = untilOf(value);
  if (until === undefined)
    return { kind: "stays", reason: `its tag ${QUARANTINE_TAG}=${value} is no instant such as 2030-01-31T12:00:00Z` };
  return until <= now ? { kind: "over" } : { kind: "stays", reason: `it is in quarantine until ${value}` };
}

/** Milliseconds; undefined = no such instant. JavaScript alone takes 31 February for 3 March. */
function untilOf(value: string): number | undefined {
  const date = new Date(value);
  if (!INSTANT.test(value) || Number.isNaN(date.getTime())) return undefined;
  return date.toISOString().slice(0, 19) === value.slice(0, 19) ? date.getTime() : undefined;
}

/** A resource's tags without the one that a quarantine of its own has set. */
export function withoutQuarantine(tags: Tags, until: IsoInstant | string): Tags {
  if (tags[QUARANTINE_TAG] !== until) return tags;
  const { [QUARANTINE_TAG]: _, ...others } = tags;
  return others;
}
