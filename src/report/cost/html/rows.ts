import type { CostResult, Split, Sureness } from "../../../model/cost.ts";
import { html, type Markup } from "../../delta/html/markup.ts";
import { count } from "../../humanise.ts";
import { costPrice, isNothing, shareText } from "../money.ts";
import { leastSure, type PeriodSum, periodSums } from "../sums.ts";
import * as words from "../words.ts";

/** All rows, each period under its sum, and the sum of all. */
export function rowsTable(result: CostResult): Markup {
  const { groupBy, granularity, total, rows } = result;
  const hasSureness = rows.some(({ sureness }) => sureness);
  const keys = groupBy.map((key) => words.keyText(key, (text) => text));
  const width = Math.max(1, keys.length);
  const period = granularity === "daily" ? "day" : "month";
  const heads = keys.length === 0 ? [period] : [`${period}, ${keys[0] ?? ""}`, ...keys.slice(1)];
  const numbers = ["baseline", "not baseline", "share", "unallocated", "total"];

  const cells = (split: Split, sureness: Sureness | undefined) =>
    html`${cellsOf(split, result)}${hasSureness ? html`<td class="short">${sureness ?? ""}</td>` : ""}`;
  const body = (sum: PeriodSum) => {
    const mark = sum.isIncomplete ? ` ${words.INCOMPLETE_MARK}` : "";
    const head = html`<tr${keys.length === 0 ? "" : html` class="sum"`}><th scope="row" colspan="${width}">${words.periodText(sum.days, result)}${mark}</th>${cells(sum, sum.sureness)}</tr>`;
    const own = keys.length === 0 ? [] : sum.rows;
    return html`<tbody>${head}${own.map(
      (row) => html`
<tr>${row.group.map((value, at) => (at === 0 ? html`<th scope="row"><bdi>${words.valueText(value)}</bdi></th>` : html`<td><bdi>${words.valueText(value)}</bdi></td>`))}${cells(row, row.sureness)}</tr>`,
    )}</tbody>
`;
  };
  return html`<section aria-labelledby="rows"><h2 id="rows">Rows <span class="count">${count(rows.length)}</span></h2>
<div class="wide" tabindex="0" role="group" aria-label="Rows: table"><table class="cells rows">
<thead><tr>${heads.map((each) => html`<th scope="col">${each}</th>`)}${numbers.map((each) => html`<th scope="col" class="money">${each}</th>`)}${hasSureness ? html`<th scope="col">how sure</th>` : ""}</tr></thead>
${periodSums(result).map(body)}<tfoot><tr class="sum"><th scope="row" colspan="${width}">${words.totalText(result)}</th>${cells(total, leastSure(rows))}</tr></tfoot></table></div>
${words.legendTexts(result).map((each) => html`<p class="note">${each}</p>`)}
</section>
`;
}

function cellsOf(split: Split, { currency }: CostResult): Markup {
  const money = (side: keyof Split) =>
    html`<td class="money${isNothing(split[side]) ? " nil" : ""}">${costPrice(split[side], currency)}</td>`;
  return html`${money("baseline")}${money("notBaseline")}<td class="money">${shareText(split) ?? "-"}</td>${money("unallocated")}${money("total")}`;
}
