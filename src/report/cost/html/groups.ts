import { scaleLinear } from "d3-scale";
import type { CostResult } from "../../../model/cost.ts";
import { minus, NOTHING, sign } from "../../../model/money.ts";
import { html, type Markup } from "../../delta/html/markup.ts";
import { count, sentenceList } from "../../humanise.ts";
import { cutToWidth } from "../../table.ts";
import { costPrice, shareText } from "../money.ts";
import { compare, type GroupSum, groupSums, splitOf } from "../sums.ts";
import * as words from "../words.ts";
import { markOf } from "./marks.ts";
import { extentOf, stacked } from "./shapes.ts";

/** More bars than these are no picture any more. */
const SHOWN = 15;
/** A tag's value has up to 256 characters; the table of rows has all of it. */
const LONGEST = 48;
const BAR = 18;

/** The dearest groups as bars, each with its numbers beside it, so that it is read without the bar as well. */
export function groupBars(result: CostResult): Markup {
  const { currency, groupBy } = result;
  const { shown, others } = chosen(groupSums(result));
  const rest = others.length > 0 ? [{ ...splitOf(others), group: [] }] : [];
  const lines = [...shown, ...rest];
  // The others together may be more than the dearest, and would make all bars short.
  const stacks = stacked(shown);
  const x = scaleLinear().domain(extentOf(stacks)).range([0, 100]);
  const bars = stacks.map(
    (layers) =>
      html`<svg class="bar" width="100%" height="${BAR}" aria-hidden="true">${layers.map(
        ({ side, from, to }) =>
          html`<rect ${markOf(side)} x="${share(x(from))}%" width="${share(x(to) - x(from))}%" height="${BAR}"/>`,
      )}<line class="zero" x1="${share(x(0))}%" x2="${share(x(0))}%" y2="${BAR}"/></svg>`,
  );
  const keys = sentenceList(groupBy.map((key) => words.keyText(key, (text) => text)));
  return html`<section aria-labelledby="groups"><h2 id="groups">By ${keys} <span class="count">${count(shown.length + others.length)}</span></h2>
<div class="wide" tabindex="0" role="group" aria-label="By ${keys}: table"><table class="cells groups">
<thead><tr><th scope="col">${groupBy.map((key) => words.keyText(key, (text) => text)).join(", ")}</th><td></td><th scope="col">not baseline</th><th scope="col">share</th><th scope="col">total</th></tr></thead>
<tbody>${lines.map(
    (line, at) => html`
<tr><th scope="row">${nameOf(line, others.length)}</th><td class="bar-cell">${bars[at] ?? ""}</td><td class="money">${costPrice(line.notBaseline, currency)}</td><td class="money">${shareText(line) ?? "-"}</td><td class="money">${costPrice(line.total, currency)}</td></tr>`,
  )}</tbody></table></div></section>
`;
}

/** A thousandth of a percent is finer than any screen. */
function share(percent: number): number {
  return Math.round(percent * 1000) / 1000;
}

function nameOf({ group }: GroupSum, others: number): Markup | string {
  if (group.length === 0) return html`<i>${count(others)} others</i>`;
  return html`<bdi>${group.map((value) => cutToWidth(words.valueText(value), LONGEST)).join(", ")}</bdi>`;
}

/** The largest amounts, large credits among them, the dearest first. One alone is not called others. */
function chosen(all: readonly GroupSum[]): {
  readonly shown: readonly GroupSum[];
  readonly others: readonly GroupSum[];
} {
  if (all.length <= SHOWN + 1) return { shown: all, others: [] };
  const size = ({ total }: GroupSum) => (sign(total) < 0 ? minus(NOTHING, total) : total);
  const largest = new Set([...all].sort((a, b) => compare(size(b), size(a))).slice(0, SHOWN));
  return { shown: all.filter((each) => largest.has(each)), others: all.filter((each) => !largest.has(each)) };
}
