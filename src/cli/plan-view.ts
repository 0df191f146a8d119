import type { Plan, Step } from "../model/plan.ts";
import type { Report } from "../report/format.ts";
import { countOf } from "../report/humanise.ts";
import { renderTable } from "../report/table.ts";

/** A plan for people and machines: the steps in their order, and what was considered and left, each with its reason. */
export function planReport(plan: Plan): Report {
  return {
    text: (options) => {
      const steps = renderTable(
        [
          { title: "STAGE", value: ({ stage }: Step) => String(Math.abs(stage) + 1), align: "right" },
          { title: "REGION", value: ({ target }: Step) => target.region },
          { title: "WHAT", value: ({ says }: Step) => says },
          { title: "LOSES", value: ({ loses }: Step) => loses.join(", ") },
        ],
        plan.steps,
        options,
      );
      const kept = renderTable(
        [
          { title: "REGION", value: ({ target }) => target.region },
          { title: "KEPT", value: ({ target }) => `${target.type} ${target.name ?? target.id}` },
          { title: "BECAUSE", value: ({ reason }) => reason },
        ],
        plan.kept,
        options,
      );
      const head = `Plan ${plan.id}: ${plan.verb} ${countOf(plan.steps.length, "resource")} of account ${plan.account}, ${countOf(plan.kept.length, "resource")} kept\n`;
      return [head, plan.steps.length > 0 ? steps : "", risksText(plan), plan.kept.length > 0 ? kept : ""]
        .filter((part) => part !== "")
        .join("\n");
    },
    data: () => ({ changes: plan.steps.length, plan }),
    csv: {
      titles: ["step", "operation", "type", "id", "region", "stage", "says", "reason"],
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
        ]),
        ...plan.kept.map(({ target, reason }) => ["", "kept", target.type, target.id, target.region, "", "", reason]),
      ],
    },
  };
}

/** What may go wrong on the way back, each sentence once, with how many resources it is said of. */
function risksText({ steps }: Plan): string {
  const counts = new Map<string, number>();
  for (const risk of steps.flatMap(({ operation, risks }) => (operation === "pause" ? risks : [])))
    counts.set(risk, (counts.get(risk) ?? 0) + 1);
  if (counts.size === 0) return "";
  const lines = [...counts].map(([risk, count]) => `  ${risk}${count > 1 ? ` (${count} resources)` : ""}\n`);
  return `What may happen meanwhile or on the way back:\n${lines.join("")}`;
}
