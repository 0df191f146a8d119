import { factsOf } from "../../catalog/registry.ts";
import { type Arn, type IsoInstant, instant } from "../../model/brand.ts";
import type { Target } from "../../model/plan.ts";
import type { ListedRecord, PauseRecord } from "../../store/records.ts";
import type { Held, RecordStatus } from "./result.ts";

const DAY_MS = 24 * 3_600_000;

/** When AWS starts it again by itself, counted from the record; undefined = it never does. */
function restartOf({ createdAt }: PauseRecord, { type }: Target): IsoInstant | undefined {
  const days = factsOf(type)?.pause?.restartsAfterDays;
  return days === undefined ? undefined : instant(Date.parse(createdAt) + days * DAY_MS);
}

/** Which armed record holds a resource, by ARN. */
export function heldIn(listed: readonly ListedRecord[]): ReadonlyMap<Arn, Held> {
  return new Map(
    listed.flatMap((each) =>
      each.kind === "readable"
        ? each.record.plan.steps.map(({ target }): [Arn, Held] => {
            const restartsAt = restartOf(each.record, target);
            return [target.arn, { record: each.record.id, ...(restartsAt ? { restartsAt } : {}) }];
          })
        : [],
    ),
  );
}

/** Armed records with what becomes of them. A damaged one says so. Pure. */
export function recordStatuses(
  listed: readonly ListedRecord[],
  { now, isAbsent }: { readonly now: number; readonly isAbsent: (target: Target) => boolean },
): RecordStatus[] {
  return listed.map((each) => {
    if (each.kind === "damaged")
      return { id: each.id, problem: each.problem, overdue: false, resources: [], absent: [], restarts: [] };
    const { id, createdAt, expiresAt, plan } = each.record;
    const resources = plan.steps.map(({ target }) => target);
    const restarts = resources.flatMap((target) => {
      const at = restartOf(each.record, target);
      return at ? [{ target, at, past: Date.parse(at) <= now }] : [];
    });
    return {
      id,
      createdAt,
      expiresAt,
      overdue: Date.parse(expiresAt) <= now,
      resources,
      absent: resources.filter(isAbsent),
      restarts,
    };
  });
}
