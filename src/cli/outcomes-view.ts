import type { Outcomes } from "../engine/apply.ts";
import type { Outcome, Plan } from "../model/plan.ts";
import type { Report } from "../report/format.ts";
import { countOf } from "../report/humanise.ts";
import { renderTable } from "../report/table.ts";

interface Row {
  readonly says: string;
  readonly region: string;
  readonly outcome: Outcome | undefined;
}

/** How the steps of a plan ended. */
export function outcomesReport(plan: Plan, outcomes: Outcomes, more: Readonly<Record<string, unknown>>): Report {
  const rows = plan.steps.map(
    ({ id, says, target }): Row => ({ says, region: target.region, outcome: outcomes.get(id) }),
  );
  const reason = ({ outcome }: Row) => (outcome && "reason" in outcome ? outcome.reason : "");
  const kind = ({ outcome }: Row) => outcome?.kind ?? "not begun";
  const applied = rows.filter(({ outcome }) => outcome?.kind === "applied").length;
  return {
    text: (options) =>
      `${renderTable(
        [
          { title: "REGION", value: ({ region }: Row) => region },
          { title: "WHAT", value: ({ says }: Row) => says },
          { title: "OUTCOME", value: kind },
          { title: "REASON", value: reason },
        ],
        rows,
        options,
      )}\n${applied} of ${countOf(rows.length, "step")} applied${more.record ? `; record ${String(more.record)}` : ""}\n`,
    data: () => ({
      changes: applied,
      ...more,
      outcomes: rows.map((row, index) => ({ step: plan.steps[index]?.id, ...row })),
    }),
    csv: {
      titles: ["says", "region", "outcome", "reason"],
      records: () => rows.map((row) => [row.says, row.region, kind(row), reason(row)]),
    },
  };
}
