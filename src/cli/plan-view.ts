import type { Kept, Plan, Step } from "../model/plan.ts";
import type { Report } from "../report/format.ts";
import { countOf } from "../report/humanise.ts";
import { counted, MONEY_TITLES, moneyCells, moneyColumn, moneyText } from "../report/plan-money.ts";
import { reportOfRemoval } from "../report/removal/index.ts";
import { removalReport } from "../report/removal/model.ts";
import { renderTable } from "../report/table.ts";
import { wrapLines } from "../report/wrap.ts";

/**
 * A plan for people and machines: the steps in their order, and what was considered and left, each with its reason.
 * @param all also what a long list would only count
 */
export function planReport(plan: Plan, all = false): Report {
  if (plan.budget) return reportOfRemoval(removalReport(plan), all);
  return {
    text: (options) => {
      const steps = renderTable(
        [
          { title: "STAGE", value: ({ stage }: Step) => String(Math.abs(stage) + 1), align: "right" },
          { title: "REGION", value: ({ target }: Step) => target.region },
          { title: "WHAT", value: ({ says }: Step) => says },
          ...moneyColumn<Step>(plan.money, plan.verb === "resume" ? "COSTS/H" : "SAVES/H", "net"),
          { title: "LOSES", value: ({ loses }: Step) => loses.join(", ") },
        ],
        plan.steps,
        options,
      );
      const kept = renderTable(
        [
          { title: "REGION", value: ({ target }: Kept) => target.region },
          { title: "KEPT", value: ({ target }: Kept) => `${target.type} ${target.name ?? target.id}` },
          ...(plan.verb === "resume" ? [] : moneyColumn<Kept>(plan.money, "COSTS/H", "remains")),
          { title: "BECAUSE", value: ({ reason }: Kept) => reason },
        ],
        plan.kept,
        options,
      );
      const head = `Plan ${plan.id}: ${plan.verb} ${countOf(plan.steps.length, "resource")} of account ${plan.account}, ${countOf(plan.kept.length, "resource")} kept\n`;
      return [
        wrapLines(head, options.width),
        plan.steps.length > 0 ? steps : "",
        wrapLines(risksText(plan), options.width),
        plan.kept.length > 0 ? kept : "",
        wrapLines(moneyText(plan.money, plan.verb, [...plan.steps, ...plan.kept]), options.width),
      ]
        .filter((part) => part !== "")
        .join("\n");
    },
    data: () => ({ changes: plan.steps.length, plan }),
    csv: {
      titles: ["step", "operation", "type", "id", "region", "stage", "says", "reason", ...MONEY_TITLES],
      records: () => [
        ...plan.steps.map((step) => [
          step.id,
          step.operation,
          step.target.type,
          step.target.id,
          step.target.region,
          step.stage,
          step.says,
          step.reason,
          ...moneyCells(step),
        ]),
        ...plan.kept.map((kept) => [
          "",
          "kept",
          kept.target.type,
          kept.target.id,
          kept.target.region,
          "",
          "",
          kept.reason,
          ...moneyCells(kept),
        ]),
      ],
    },
  };
}

/** What may go wrong on the way back, each sentence once, with how many resources it is said of. */
function risksText({ steps }: Plan): string {
  const risks = counted(
    steps.flatMap((step) => (step.operation === "pause" ? step.risks : [])),
    "resource",
  );
  if (risks.length === 0) return "";
  return `What may happen meanwhile or on the way back:\n${risks.map((line) => `  ${line}\n`).join("")}`;
}
