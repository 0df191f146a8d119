import { CHANGE_KINDS, subject } from "../../../model/delta.ts";
import type { DeltaResult } from "../../../verbs/delta/result.ts";
import { count, countOf } from "../../humanise.ts";
import { CATEGORIES } from "../gravity.ts";
import { propertiesOf } from "../item.ts";
import { shortType } from "../wording.ts";
import { html, type Markup } from "./markup.ts";

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly changes: number;
}

/** The filters; hidden until the script that makes them work has run. */
export function filterBar(result: DeltaResult): Markup {
  const subjects = result.changes.map(subject);
  const kinds = CHANGE_KINDS.map((kind) => ({ value: kind, label: kind, changes: result.counts[kind] }));
  const categories = CATEGORIES.map((category) => ({
    value: category,
    label: category,
    changes: result.changes.filter((change) => propertiesOf(change).some((property) => property.category === category))
      .length,
  }));
  return html`<form id="filter" role="search" aria-label="Filter changes" hidden>
<label class="text">Text <input id="filter-text" type="search" autocomplete="off" spellcheck="false" placeholder="name, ARN, property or value"></label>
${select("kind", "Kind", kinds)}
${select(
  "type",
  "Type",
  tally(
    subjects.map(({ type }) => type),
    shortType,
  ),
)}
${select(
  "region",
  "Region",
  tally(
    subjects.map(({ region }) => region),
    (region) => region,
  ),
)}
${select("category", "Category", categories)}
<button type="reset">Clear</button>
<output id="shown">${countOf(result.changes.length, "change")}</output>
</form>
<p id="nothing" hidden>No change matches this filter.</p>`;
}

function select(name: string, label: string, choices: readonly Choice[]): Markup {
  const options = choices
    .filter(({ changes }) => changes > 0)
    .map(({ value, label: text, changes }) => html`<option value="${value}">${text} (${count(changes)})</option>`);
  return html`<label>${label} <select id="filter-${name}" name="${name}"><option value="">all</option>${options}</select></label>`;
}

function tally(values: readonly string[], label: (value: string) => string): Choice[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const choices = [...counts].map(([value, changes]) => ({ value, label: label(value), changes }));
  return choices.sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0));
}
