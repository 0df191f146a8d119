import type { CostResult, Split } from "../../../model/cost.ts";
import { html, type Markup } from "../../delta/html/markup.ts";
import { page } from "../../delta/html/page.ts";
import { costPrice, shareText } from "../money.ts";
import { SIDES } from "../sums.ts";
import * as words from "../words.ts";
import { columnChart } from "./columns.ts";
import { groupBars } from "./groups.ts";
import { PATTERNS, swatch } from "./marks.ts";
import { rowsTable } from "./rows.ts";
import { STYLE } from "./style.ts";

/** Costs as one page that needs nothing else. It has no script; what the charts show is also there in words and numbers. */
export function renderCostPage(result: CostResult): string {
  return page({
    title: `Cost of ${result.account}: ${result.days.start} to ${result.days.end}`,
    style: STYLE,
    body: html`${PATTERNS}${header(result)}
<main>
${result.rows.length === 0 ? html`<p class="nothing">The source has no charges in these days.</p>` : charts(result)}
${unallocatedSection(result)}
${malformedSection(result)}
${notesSection(result)}
${result.rows.length === 0 ? "" : rowsTable(result)}
</main>`,
  });
}

function header(result: CostResult): Markup {
  const mismatch = words.mismatchText(result);
  const malformed = words.malformedText(result);
  return html`<header>
<h1>${unbroken(words.titleText(result))}</h1>
<p class="sides">${unbroken(words.baselineText(result))}<br>${words.metricText(result)}<br>${words.sourceText(result)}</p>
${mismatch && html`<p class="alert"><strong aria-hidden="true">!</strong> ${mismatch}</p>`}
${tiles(result)}
${malformed && html`<p class="alert unseen-alert">${malformed} <a href="#malformed">Which</a></p>`}
</header>`;
}

/** A date is not to be broken at its hyphens. */
function unbroken(text: string): Markup {
  const parts = text.split(/(\b\d{4}-\d\d-\d\d\b)/);
  return html`${parts.map((part, at) => (at % 2 === 0 ? part : html`<span class="date">${part}</span>`))}`;
}

function tiles({ total, currency }: CostResult): Markup {
  const share = shareText(total);
  const tile = (side: keyof Split, name: string, mark: Markup | string = "") =>
    html`<li class="tile"><span><b>${costPrice(total[side], currency)}</b> ${mark}${name}</span></li>`;
  return html`<ul class="tiles" aria-label="Sums">${tile("total", "in all")}${SIDES.map((side) =>
    tile(
      side,
      side === "notBaseline" && share !== undefined ? `${words.SIDE_TITLE[side]}, ${share}` : words.SIDE_TITLE[side],
      swatch(side),
    ),
  )}</ul>`;
}

function charts(result: CostResult): Markup {
  return html`${columnChart(result)}${result.groupBy.length === 0 ? "" : groupBars(result)}`;
}

function unallocatedSection({ unallocated, total, currency }: CostResult): Markup | string {
  if (unallocated.length === 0) return "";
  return html`<section aria-labelledby="unallocated"><h2 id="unallocated">Unallocated <span class="count">${costPrice(total.unallocated, currency)}</span></h2>
<p class="meaning">charges of which it can't be said whether they are for the baseline</p>
<table class="cells reasons">
<thead><tr><th scope="col">amount</th><th scope="col">why</th></tr></thead>
<tbody>${unallocated.map(({ reason, amount }) => html`<tr><td class="money">${costPrice(amount, currency)}</td><td>${reason}</td></tr>`)}</tbody></table>
</section>`;
}

function malformedSection(result: CostResult): Markup | string {
  const says = words.malformedText(result);
  if (says === "") return "";
  return html`<section aria-labelledby="malformed"><h2 id="malformed">Not read</h2>
<p class="meaning">${says}</p>
<ul class="plain">${words.malformedSamples(result).map((each) => html`<li><code>${each}</code></li>`)}</ul>
</section>`;
}

function notesSection(result: CostResult): Markup | string {
  const notes = [...words.noteTexts(result), words.askedText(result)].filter((note) => note !== "");
  if (notes.length === 0) return "";
  return html`<section aria-labelledby="notes"><h2 id="notes">Notes</h2>
<ul class="plain">${notes.map((note) => html`<li>${note}</li>`)}</ul>
</section>`;
}
