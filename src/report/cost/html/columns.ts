import { scaleBand, scaleLinear } from "d3-scale";
import type { CostResult, Days } from "../../../model/cost.ts";
import { html, type Markup } from "../../delta/html/markup.ts";
import { costPrice } from "../money.ts";
import { compare, type PeriodSum, periodSums, periodsOf, SIDES } from "../sums.ts";
import * as words from "../words.ts";
import { labelText, strideOf, tickText } from "./axis.ts";
import { markOf, swatch } from "./marks.ts";
import { extentOf, type Layer, px, stacked } from "./shapes.ts";

const WIDTH = 960;
const HEIGHT = 300;
const TOP = 12;
const BOTTOM = 28;
const RIGHT = 28;
const TICKS = 5;
/** Of an axis's digits, with some air; fonts differ. */
const DIGIT = 7.5;
/** A few columns do not become walls. */
const WIDEST = 72;
/** The periods side by side, the sides of each stacked. */
export function columnChart(result: CostResult): Markup {
  const byStart = new Map(periodSums(result).map((sum) => [sum.days.start, sum]));
  const slots = periodsOf(result).map((days) => ({ days, sum: byStart.get(days.start) }));
  const sums = slots.flatMap(({ sum }) => sum ?? []);
  const stacks = stacked(sums);
  const y = scaleLinear()
    .domain(extentOf(stacks))
    .nice(TICKS)
    .range([HEIGHT - BOTTOM, TOP]);
  const ticks = y
    .ticks(TICKS)
    .map((value) => ({ at: px(y(value)), text: tickText(value, y.ticks(TICKS), result.currency) }));
  const left = Math.max(...ticks.map(({ text }) => text.length)) * DIGIT + 14;
  const x = scaleBand<string>()
    .domain(slots.map(({ days }) => days.start))
    .range([left, WIDTH - RIGHT])
    .paddingInner(slots.length > 120 ? 0 : 0.25)
    .paddingOuter(0.125);
  const hasCredits = stacks.flat().some(isCredit);

  const width = Math.min(WIDEST, x.bandwidth());
  const middleOf = ({ start }: Days) => (x(start) ?? 0) + x.bandwidth() / 2;

  const column = (sum: PeriodSum, at: number) => {
    const middle = middleOf(sum.days);
    const layers = stacks[at] ?? [];
    const bars = layers.map(
      ({ side, from, to }) =>
        html`<rect ${markOf(side)} x="${px(middle - width / 2)}" y="${px(y(to))}" width="${px(width)}" height="${px(y(from) - y(to))}"/>`,
    );
    const line = html`d="M${px(middle - width / 2 - 1)} ${px(y(Number(sum.total)))}h${px(width + 2)}"`;
    return html`<g class="column"><title>${tipText(sum, result)}</title><rect class="${sum.isIncomplete ? "back incomplete" : "back"}" x="${px(middle - x.step() / 2)}" y="${TOP}" width="${px(x.step())}" height="${HEIGHT - TOP - BOTTOM}"/>${bars}${
      layers.some(isCredit) ? html`<path class="halo" ${line}/><path class="net" ${line}/>` : ""
    }</g>
`;
  };
  const stride = strideOf(x.step(), result);
  const labels = slots.flatMap(({ days, sum }, at) =>
    at % stride === 0
      ? html`<text x="${px(middleOf(days))}" y="${HEIGHT - 8}" text-anchor="middle">${labelText(days, result)}${sum?.isIncomplete ? ` ${words.INCOMPLETE_MARK}` : ""}</text>`
      : [],
  );
  const title = result.granularity === "daily" ? "By day" : "By month";
  return html`<section aria-labelledby="periods"><h2 id="periods">${title}</h2>
<figure><div class="wide" tabindex="0" role="group" aria-label="${title}: chart">
<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="chart-title chart-says">
<title id="chart-title">What was spent, ${title.toLowerCase()}</title><desc id="chart-says">${saysText(sums, result)}</desc>
${ticks.map(({ at, text }) => html`<path class="grid" d="M${left} ${at}H${WIDTH - RIGHT}"/><text x="${left - 8}" y="${at}" dy=".35em" text-anchor="end">${text}</text>`)}
${sums.map(column)}<path class="zero" d="M${left} ${px(y(0))}H${WIDTH - RIGHT}"/>
${labels}
</svg></div>
${legend({ hasCredits, hasIncomplete: sums.some(({ isIncomplete }) => isIncomplete) })}</figure></section>
`;
}

function isCredit({ from }: Layer): boolean {
  return from < 0;
}

function legend({ hasCredits, hasIncomplete }: { hasCredits: boolean; hasIncomplete: boolean }): Markup {
  return html`<figcaption><ul class="legend">${SIDES.map((side) => html`<li>${swatch(side)}${words.SIDE_TITLE[side]}</li>`)}${
    hasCredits
      ? html`<li><svg class="swatch" width="14" height="14" aria-hidden="true"><path class="net" d="M0 7H14"/></svg>total, less credits</li>`
      : ""
  }${
    hasIncomplete
      ? html`<li><svg class="swatch" width="14" height="14" aria-hidden="true"><rect class="incomplete" width="14" height="14"/></svg>${words.INCOMPLETE_MARK} not complete</li>`
      : ""
  }</ul></figcaption>`;
}

/** What a pointer that rests on a column is told. */
function tipText(sum: PeriodSum, result: CostResult): string {
  const of = (side: keyof typeof words.SIDE_TITLE) =>
    `${words.SIDE_TITLE[side]} ${costPrice(sum[side], result.currency)}`;
  return [
    `${words.periodText(sum.days, result)}: ${costPrice(sum.total, result.currency)}${sum.isIncomplete ? ", not complete" : ""}`,
    ...SIDES.map(of),
  ].join("\n");
}

function saysText(sums: readonly PeriodSum[], result: CostResult): string {
  const sorted = [...sums].sort((a, b) => compare(b.total, a.total));
  const [dearest, cheapest] = [sorted[0], sorted.at(-1)];
  const of = (sum: PeriodSum) => `${costPrice(sum.total, result.currency)} in ${words.periodText(sum.days, result)}`;
  return [
    words.headlineText(result),
    ...(dearest && cheapest && dearest !== cheapest ? [`at most ${of(dearest)}, at least ${of(cheapest)}`] : []),
    "all numbers are in the table below",
  ].join("; ");
}
