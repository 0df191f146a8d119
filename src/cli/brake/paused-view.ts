import type { Outcome, Plan, Step } from "../../model/plan.ts";
import type { Report } from "../../report/format.ts";
import { countOf } from "../../report/humanise.ts";
import { renderTable } from "../../report/table.ts";
import { type GroupPart, groupParts } from "../../verbs/brake/groups.ts";
import type { Paused } from "../../verbs/pause/pause.ts";
import { outcomesReport } from "../outcomes-view.ts";
import { anHour, savingText } from "./money.ts";

/** What a brake came to: by group, then what was not done and why, then what is saved. */
export function pausedReport(plan: Plan, { record, run, outcomes }: Paused): Report {
  const isDone = ({ id }: Step) => isApplied(outcomes.get(id));
  const undone = plan.steps.filter((step) => !isDone(step));
  const done = plan.steps.filter(isDone);
  const machines = outcomesReport(plan, outcomes, { record: record.id, run });
  return {
    ...machines,
    text: (render) => {
      const groups = renderTable<GroupPart>(
        [
          { title: "GROUP", value: ({ group }) => group, style: () => "accent" },
          {
            title: "PAUSED",
            value: ({ steps }) => `${steps.filter(isDone).length} of ${steps.length}`,
            align: "right",
          },
          { title: "SAVES/H", value: ({ steps }) => anHour(steps.filter(isDone), "net"), align: "right" },
        ],
        groupParts({ steps: plan.steps, kept: [] }),
        render,
      );
      const rest = renderTable<Step>(
        [
          { title: "REGION", value: ({ target }) => target.region },
          { title: "NOT PAUSED", value: ({ says }) => says.replace(/: .*$/, "") },
          { title: "BECAUSE", value: ({ id }) => because(outcomes.get(id)) },
        ],
        undone,
        render,
      );
      const last = [
        `${done.length} of ${countOf(plan.steps.length, "resource")} paused.`,
        undone.length === 0 ? savingText(plan) : partText(anHour(done, "net")),
        `What was there is in record ${record.id}.`,
      ];
      return ["", groups, ...(undone.length > 0 ? [rest] : []), `${last.join("\n")}\n`].join("\n");
    },
  };
}

function partText(hour: string): string {
  if (hour === "" || hour === "unknown") return "What it saves is not known: price unknown.";
  return hour === "nothing" ? "Saves nothing." : `Saves ${hour} an hour.`;
}

export function isApplied(outcome: Outcome | undefined): boolean {
  return outcome?.kind === "applied" || outcome?.kind === "unchanged";
}

function because(outcome: Outcome | undefined): string {
  if (!outcome) return "it was not begun";
  return "reason" in outcome ? `${outcome.kind}: ${outcome.reason}` : outcome.kind;
}
