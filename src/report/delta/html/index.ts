import { CHANGE_KINDS } from "../../../model/delta.ts";
import type { DeltaResult } from "../../../verbs/delta/result.ts";
import { count, countOf } from "../../humanise.ts";
import { byGravity } from "../gravity.ts";
import * as wording from "../wording.ts";
import { changeSections } from "./changes.ts";
import { filterBar } from "./filter.ts";
import { html, type Markup } from "./markup.ts";
import { page } from "./page.ts";
import { SCRIPT } from "./script.ts";
import { nextSection, unseenSection } from "./unseen.ts";

/**
 * A delta as one page that needs nothing else: opened from a disk, mailed, or kept as an artefact of a build. It reads and
 * prints without its script; with it, it filters. The policy in its head lets no other script run and nothing be loaded.
 */
export function renderDeltaPage(result: DeltaResult): string {
  return page({
    title: `Delta of ${result.account}: ${result.before.name} to ${result.after.name}`,
    script: SCRIPT,
    body: html`${header(result)}
${result.changes.length === 0 ? "" : filterBar(result)}
<main>
${changeSections(byGravity(result.changes))}
${unseenSection(result.unseen)}
${nextSection(result)}
</main>`,
  });
}

function header(result: DeltaResult): Markup {
  const nothing = result.changes.length === 0;
  const grave = wording.graveText(result);
  const controllers = wording.controllersText(result);
  return html`<header>
<h1>${nothing ? wording.nothingText(result) : `What changed since ${result.before.name}`}</h1>
<p class="sides">${wording.earlierText(result)}<br>${wording.laterText(result)}</p>
${nothing ? "" : tiles(result)}
${grave ? html`<p class="alert"><strong aria-hidden="true">!</strong> ${grave}</p>` : ""}
${controllers ? html`<p class="note">${controllers}</p>` : ""}
${result.unseen.length > 0 ? html`<p class="alert unseen-alert">Not everything was completely seen: <a href="#unseen">${countOf(result.unseen.length, "type and region", "types and regions")}</a></p>` : ""}
</header>`;
}

/** The counts, each a link to its list. */
function tiles(result: DeltaResult): Markup {
  const kinds = CHANGE_KINDS.map((kind) => {
    const number = html`<b>${count(result.counts[kind])}</b> ${kind}`;
    return html`<li class="tile ${kind}">${result.counts[kind] > 0 ? html`<a href="#${kind}">${number}</a>` : html`<span>${number}</span>`}</li>`;
  });
  return html`<ul class="tiles" aria-label="Counts">${kinds}<li class="tile unchanged"><span><b>${count(result.unchanged)}</b> unchanged</span></li></ul>`;
}
