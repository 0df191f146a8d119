import type { Run, SimulationResult } from "../../verbs/shed/simulate/result.ts";
import { html, type Markup } from "../delta/html/markup.ts";
import { page } from "../delta/html/page.ts";
import { count, countOf, duration } from "../humanise.ts";
import { FIGURES, isLeast } from "./figures.ts";
import { parametersText } from "./parameters.ts";
import { LEVEL_LEGEND, LOAD_LEGEND, levelChart, loadChart } from "./run-charts.ts";
import { roundUp } from "./scale.ts";
import { inBuckets } from "./series.ts";
import { STYLE } from "./style.ts";
import { lengthOf } from "./text.ts";

/** More stretches than a chart has room for show nothing more. */
const STRETCHES = 440;

/** So that the highest load does not touch the frame. */
const HEAD_ROOM = 1.05;

/** A simulation as one page that needs nothing else. It has no script; every chart is also told in words and numbers. */
export function renderSimulationPage(result: SimulationResult): string {
  const { profile, runs, best } = result;
  const end = Math.max(...runs.map(lengthOf));
  const offered = Math.round(runs[0]?.outcome.offered ?? 0);
  return page({
    title: `Shedding simulated: ${profile}`,
    style: STYLE,
    body: html`<header>
<h1>Shedding simulated: ${profile}</h1>
<p class="sides">${countOf(offered, "request")} in ${duration(end * 1000)}. A model: no account was asked, nothing was changed.</p>
${best === undefined ? "" : html`<p class="note">Best: <strong>${best}</strong>. Fewest rejected counts first; then, of equals, overshoot, turns, recovery.</p>`}
</header>
<main>
<section aria-labelledby="numbers"><h2 id="numbers">Numbers</h2>
${figuresTable(result)}
<dl class="meanings">${FIGURES.map(({ title, says }) => html`<dt>${title}</dt><dd>${says}</dd>`)}</dl>
</section>
${runs.map((run, at) => runSection(run, `run-${at}`, topOf(runs)))}
</main>`,
  });
}

function figuresTable({ runs, best }: SimulationResult): Markup {
  const rows = runs.map((run) => {
    const isBest = run.scenario.name === best;
    const all = runs.map(({ outcome }) => outcome);
    const cells = FIGURES.map(
      (figure) =>
        html`<td${isLeast(figure, run.outcome, all) ? html` class="least"` : ""}>${figure.text(run.outcome)}</td>`,
    );
    return html`<tr><th scope="row"${isBest ? html` class="best"` : ""}>${run.scenario.name}${isBest ? " (best)" : ""}</th>${cells}</tr>`;
  });
  return html`<div class="wide" tabindex="0" role="group" aria-label="Numbers: table"><table class="cells figures">
<thead><tr><th scope="col">run</th>${FIGURES.map(({ title }) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

function topOf(runs: readonly Run[]): number {
  const highest = runs.flatMap(({ ticks }) =>
    inBuckets(ticks, STRETCHES).map(({ rates }) => Math.max(rates.offered, rates.capacity)),
  );
  return roundUp(HEAD_ROOM * highest.reduce((most, each) => Math.max(most, each), 0));
}

function runSection(run: Run, id: string, top: number): Markup {
  const { scenario, outcome } = run;
  const buckets = inBuckets(run.ticks, STRETCHES);
  const charts = [loadChart(run, buckets, id, top), levelChart(run, buckets, id)];
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${scenario.name}</h2>
<p class="settings">${parametersText(scenario)}</p>
${charts.map((each, at) => html`<figure><div class="wide" tabindex="0" role="group" aria-label="${scenario.name}: ${at === 0 ? "load" : "level"}">${each}</div>${at === 0 ? LOAD_LEGEND : LEVEL_LEGEND}</figure>`)}
<p class="settings">${count(Math.round(outcome.rejectedByPrimary))} rejected by the primary, ${count(Math.round(outcome.rejectedByOthers))} by the others.</p>
</section>
`;
}
