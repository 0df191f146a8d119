import { FIGURES } from "../src/report/shed-simulation/figures.ts";
import type { Outcome } from "../src/verbs/shed/simulate/measure.ts";
import type { Chosen } from "../src/verbs/shed/simulate/parameters.ts";
import { type Run, simulateAll } from "../src/verbs/shed/simulate/result.ts";
import { CONTROLS } from "../src/verbs/shed/simulate/scenario.ts";
import { scenarioOf } from "../src/verbs/shed/simulate/scenarios.ts";
import { SHAPE_NAMES, shapeProfile, shapeSays } from "../src/verbs/shed/simulate/shapes.ts";

/** Steps to compare with: the usual ones, and ones that a person in a hurry might choose. */
const SETS: readonly { readonly title: string; readonly chosen: Chosen }[] = [
  { title: "Usual parameters: steps of 5 %", chosen: {} },
  {
    title: "Large steps: 25 %, given back every minute",
    chosen: { "shed-percent": 25, "restore-percent": 25, "restore-delay": 60 },
  },
];

const row = (...cells: readonly string[]) => `| ${cells.join(" | ")} |`;

/** Both controls on all built-in loads, as tables of Markdown with a count of who did better. */
export function shedComparison(): string {
  return SETS.map(({ title, chosen }) => {
    const results = SHAPE_NAMES.map((shape) => {
      const scenarios = CONTROLS.map((control) => scenarioOf({ name: control, control, chosen }));
      const { targets, capacity } = scenarios[0]?.primary ?? { targets: 1, capacity: 1 };
      return { shape, ...simulateAll(scenarios, shapeProfile(shape, targets * capacity)) };
    });
    const rows = results.flatMap(({ shape, runs }) =>
      runs.map(({ scenario, outcome }, at) =>
        row(at === 0 ? `\`${shape}\`` : "", scenario.control, ...FIGURES.map(({ text }) => text(outcome))),
      ),
    );
    const heading = row("load", "control", ...FIGURES.map((figure) => figure.title));
    return `### ${title}\n\n${counted(results.map(({ runs }) => runs))}\n\n${heading}\n${row("---", "---", ...FIGURES.map(() => "---:"))}\n${rows.join("\n")}`;
  }).join("\n\n");
}

/** The built-in loads, a line each. */
export function shapeList(): string {
  return [
    row("load", "what it is"),
    row("---", "---"),
    ...SHAPE_NAMES.map((name) => row(`\`${name}\``, shapeSays(name))),
  ].join("\n");
}

/** `rejected: ours is better on 4, worse on 1`, for each number: where ours is worse it has to be said. */
function counted(results: readonly (readonly Run[])[]): string {
  return FIGURES.flatMap(({ title, rank }) => {
    if (!rank) return [];
    const signs = results.map(([ours, classic]) => sign(rank, ours?.outcome, classic?.outcome));
    const count = (wanted: number) => signs.filter((each) => each === wanted).length;
    return [
      `- ${title}: ours is better on ${count(-1)} of ${signs.length}, worse on ${count(1)}, the same on ${count(0)}`,
    ];
  }).join("\n");
}

function sign(rank: (outcome: Outcome) => number, ours: Outcome | undefined, classic: Outcome | undefined): number {
  // Less than a thousandth of a share is no difference that the table shows.
  const rounded = (outcome: Outcome | undefined) => (outcome ? Math.round(rank(outcome) * 1000) : 0);
  return Math.sign(rounded(ours) - rounded(classic));
}
