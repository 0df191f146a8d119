import { factsOf } from "../../catalog/registry.ts";
import type { Plan, Target } from "../../model/plan.ts";
import type { RenderOptions } from "../../report/format.ts";
import { countOf, sentenceList } from "../../report/humanise.ts";
import { renderTable } from "../../report/table.ts";
import { type GroupPart, groupParts } from "../../verbs/brake/groups.ts";
import { anHour } from "./money.ts";

/** What runs, by group: how much of it can be paused, what it costs, and what is left alone. */
export function foundText(plan: Plan, { width }: RenderOptions): string {
  const regions = plan.selection.regions.filter((region) => region !== "global");
  const where = regions.length > 3 ? countOf(regions.length, "region") : sentenceList(regions);
  const table = renderTable<GroupPart>(
    [
      { title: "GROUP", value: ({ group }) => group },
      { title: "CAN PAUSE", value: ({ steps }) => steps.length || "", align: "right" },
      { title: "SAVES/H", value: ({ steps }) => anHour(steps, "net"), align: "right" },
      { title: "STAYS", value: ({ kept }) => kept.length || "", align: "right" },
      { title: "WHAT", value: kinds, min: 12 },
    ],
    groupParts(plan),
    // What the host tells has no colours in it.
    { width, colour: false },
  );
  return `Found in ${where}, account ${plan.account}:\n\n${table}`;
}

/** `4 EC2 instances, 1 Auto Scaling group`: what can be paused; where nothing can, in brackets what stays. */
function kinds({ steps, kept }: GroupPart): string {
  if (steps.length > 0) return counted(steps).join(", ");
  return `(${counted(kept).join(", ")})`;
}

function counted(of: readonly { readonly target: Target }[]): string[] {
  const counts = new Map<string, number>();
  for (const { target } of of) {
    const title = factsOf(target.type)?.title.replace(/ \(.*\)$/, "") ?? target.type;
    counts.set(title, (counts.get(title) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([title, count]) => countOf(count, title, plural(title)));
}

function plural(title: string): string {
  if (/[^aeiou]y$/.test(title)) return title.replace(/y$/, "ies");
  return /s$/.test(title) ? `${title}es` : `${title}s`;
}
