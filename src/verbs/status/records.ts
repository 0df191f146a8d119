import { factsOf } from "../../catalog/registry.ts";
import { type Arn, type IsoInstant, instant } from "../../model/brand.ts";
import type { Target } from "../../model/plan.ts";
import type { PauseRecord } from "../../store/record-text.ts";
import type { KnownRecord } from "../records/known.ts";
import type { Held, RecordStatus } from "./result.ts";

const DAY_MS = 24 * 3_600_000;

/** When AWS starts it again by itself, counted from the record; undefined = it never does. */
function restartOf({ createdAt }: PauseRecord, { type }: Target): IsoInstant | undefined {
  const days = factsOf(type)?.pause?.restartsAfterDays;
  return days === undefined ? undefined : instant(Date.parse(createdAt) + days * DAY_MS);
}

/** Which armed record holds a resource, by ARN. */
export function heldIn(known: readonly KnownRecord[]): ReadonlyMap<Arn, Held> {
  return new Map(
    known.flatMap(({ id, record, damage }) => [
      ...(damage?.rest ?? []).map(({ arn }): [Arn, Held] => [arn as Arn, { record: id }]),
      ...(record?.plan.steps ?? []).map(({ target }): [Arn, Held] => {
        const restartsAt = record && restartOf(record, target);
        return [target.arn, { record: id, ...(restartsAt ? { restartsAt } : {}) }];
      }),
    ]),
  );
}

/** Armed records with what becomes of them. A damaged one says so, and tells of what can be read of it. Pure. */
export function recordStatuses(
  known: readonly KnownRecord[],
  { now, isAbsent }: { readonly now: number; readonly isAbsent: (target: Target) => boolean },
): RecordStatus[] {
  return known.map(({ id, record, damage }) => {
    const problem = damage ? { problem: damage.problem } : {};
    if (!record) return { id, ...problem, overdue: false, resources: [], absent: [], restarts: [] };
    const { createdAt, expiresAt, plan } = record;
    const resources = plan.steps.map(({ target }) => target);
    const restarts = resources.flatMap((target) => {
      const at = restartOf(record, target);
      return at ? [{ target, at, past: Date.parse(at) <= now }] : [];
    });
    return {
      id,
      ...problem,
      createdAt,
      expiresAt,
      overdue: Date.parse(expiresAt) <= now,
      resources,
      absent: resources.filter(isAbsent),
      restarts,
    };
  });
}
