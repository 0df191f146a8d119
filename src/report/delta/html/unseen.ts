import type { CoverageCell } from "../../../model/coverage.ts";
import type { DeltaResult } from "../../../verbs/delta/result.ts";
import { count } from "../../humanise.ts";
import { nextCommands } from "../next.ts";
import { shortType, UNSEEN_MEANING } from "../wording.ts";
import { html, type Markup } from "./markup.ts";

/** What the delta can't speak of, with the reason and the missing permission. */
export function unseenSection(unseen: readonly CoverageCell[]): Markup {
  if (unseen.length === 0) return html``;
  const rows = unseen.map(
    (cell) => html`
<tr><th scope="row">${shortType(cell.type)}</th><td>${cell.region}</td><td>${cell.status}</td><td>${cell.action ?? ""}</td><td>${cell.reason ?? "not told"}</td></tr>`,
  );
  return html`<section id="unseen" aria-labelledby="unseen-title">
<h2 id="unseen-title">Not completely seen <span class="count">${count(unseen.length)}</span></h2>
<p class="meaning">${UNSEEN_MEANING}</p>
<div class="wide"><table class="cells">
<thead><tr><th scope="col">type</th><th scope="col">region</th><th scope="col">status</th><th scope="col">missing permission</th><th scope="col">reason</th></tr></thead>
<tbody>${rows}</tbody></table></div>
</section>`;
}

/** What one would do next, except making this page. */
export function nextSection(result: DeltaResult): Markup {
  const commands = nextCommands(result).filter(({ command }) => !command.includes("--output html"));
  if (commands.length === 0) return html``;
  const items = commands.map(({ command, purpose }) => html`<dt><code>${command}</code></dt><dd>${purpose}</dd>`);
  return html`<section id="next" aria-labelledby="next-title">
<h2 id="next-title">Next</h2>
<dl>${items}</dl>
</section>`;
}
