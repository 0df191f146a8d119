import type { Arn } from "../model/brand.ts";
import { isOverdue } from "../verbs/records/expiry.ts";
import type { KnownRecord } from "../verbs/records/known.ts";
import type { Report } from "./format.ts";
import { minute } from "./humanise.ts";
import { renderTable } from "./table.ts";

/** The pause records of an account, or those of them that are overdue. */
export function recordsReport(
  records: readonly KnownRecord[],
  now: number,
  { due }: { readonly due: boolean },
): Report {
  const state = (known: KnownRecord) => stateOf(known, now);
  return {
    text: (render) => {
      if (records.length === 0) return due ? "No pause record is overdue.\n" : "There are no pause records.\n";
      return renderTable<KnownRecord>(
        [
          { title: "RECORD", value: ({ id }) => id, whole: true },
          { title: "CREATED", value: ({ record }) => (record ? minute(record.createdAt) : ""), min: 20 },
          { title: "EXPIRES", value: ({ record }) => (record ? minute(record.expiresAt) : ""), min: 20 },
          { title: "THEN", value: ({ record }) => (record ? (record.onExpiry ?? "remind") : "") },
          { title: "RESOURCES", value: resources, align: "right" },
          { title: "STATE", value: state },
        ],
        records,
        render,
      );
    },
    data: () => ({
      records: records.map((known) => ({ ...known, state: state(known), overdue: isOverdue(known, now) })),
    }),
    csv: {
      titles: ["id", "state", "created", "expires", "on_expiry", "resources"],
      records: () =>
        records.map((known) => [
          known.id,
          state(known),
          known.record?.createdAt,
          known.record?.expiresAt,
          known.record ? (known.record.onExpiry ?? "remind") : undefined,
          resources(known),
        ]),
    },
  };
}

/** How many it holds; of a part, how many of those that are known of. */
function resources({ record, damage }: KnownRecord): string {
  const intact = record?.plan.steps.length ?? 0;
  const known = new Set<Arn | string>([
    ...(record?.plan.steps ?? []).map(({ target }) => target.arn),
    ...(damage?.rest ?? []).map(({ arn }) => arn),
  ]);
  if (!damage || damage.copy) return String(intact);
  return `${intact} of ${known.size} or more`;
}

function stateOf(known: KnownRecord, now: number): string {
  const { armed, damage } = known;
  if (!armed) return damage ? "closed, damaged" : "closed";
  const waiting = isOverdue(known, now) ? "overdue" : "armed";
  if (!damage) return waiting;
  const left = damage.copy
    ? "an intact copy is there"
    : known.record
      ? "a part of it can be read"
      : "nothing of it can be read";
  return `${waiting}, damaged: ${damage.problem}; ${left}`;
}
