import { factsOf } from "../../catalog/registry.ts";
import { EvenkeelError } from "../../model/errors.ts";
import type { Plan } from "../../model/plan.ts";
import type { KnownRecord } from "./known.ts";

const DAY_MS = 24 * 3_600_000;

/** After a week AWS itself starts stopped databases again. */
export const DEFAULT_EXPIRY_DAYS = 7;

/**
 * How long a record lasts: `7`, `7d`.
 * @param name what the person has called it: `--expires`
 * @throws EvenkeelError USAGE: nothing has been called then
 */
export function parseDays(name: string, text: string | undefined): number {
  if (text === undefined) return DEFAULT_EXPIRY_DAYS;
  const days = Number(text.replace(/d$/, ""));
  if (Number.isInteger(days) && days >= 1 && days <= 365) return days;
  throw new EvenkeelError("USAGE", `${name} wants 1 to 365 days, got "${text}"`, { hint: `for example ${name} 7` });
}

/** Whether a record waits for its resume longer than was meant. One that is to be kept paused never does. */
export function isOverdue({ armed, record }: KnownRecord, now: number): boolean {
  if (!armed || !record || record.onExpiry === "keep") return false;
  return Date.parse(record.expiresAt) <= now;
}

/** Overdue records that are to be put back without being asked for by name. */
export function isDue(known: KnownRecord, now: number): boolean {
  return isOverdue(known, now) && known.record?.onExpiry === "resume";
}

/** What AWS starts again by itself before a record expires: so many resources of a type after so many days. */
export interface EarlyRestart {
  readonly title: string;
  readonly count: number;
  readonly days: number;
}

/** @param lifetimeMs from the pause to the record's expiry */
export function earlyRestarts({ steps }: Plan, lifetimeMs: number): EarlyRestart[] {
  const counts = new Map<string, EarlyRestart>();
  for (const { target } of steps) {
    const facts = factsOf(target.type);
    const days = facts?.pause?.restartsAfterDays;
    if (!facts || days === undefined || lifetimeMs <= days * DAY_MS) continue;
    counts.set(facts.title, { title: facts.title, days, count: (counts.get(facts.title)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}
