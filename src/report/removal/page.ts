import { html, type Markup } from "../delta/html/markup.ts";
import { page } from "../delta/html/page.ts";
import { count } from "../humanise.ts";
import { rateText } from "../money.ts";
import { isDone, type RemovalReport } from "./model.ts";
import { besides } from "./reaped.ts";
import { CONSOLE, type Sheet } from "./sheet.ts";
import { sheetsOf } from "./sheets.ts";
import { aboutText, commonReason, deltaText, headline } from "./wording.ts";

/** A removal as one page: to be mailed, printed, or kept beside the ticket that asked for it. It has no script. */
export function renderRemovalPage(report: RemovalReport): string {
  const { plan, done } = report;
  return page({
    title: `${done ? `Run ${done.run}` : `Plan ${plan.id}`} of account ${plan.account}`,
    body: html`${header(report)}
<main>
${sheetsOf(report).map(section)}
</main>`,
  });
}

function header(report: RemovalReport): Markup {
  const { money, unseen } = report;
  const why = commonReason(report);
  const saving = money && `${report.done ? "Saves" : "Would save"} ${rateText(money.net, money.currency)}.`;
  return html`<header>
<h1>${headline(report)}</h1>
<p class="sides">${why === undefined ? "" : html`why: ${why}<br>`}${aboutText(report)}</p>
${tiles(report)}
${saving ? html`<p class="note">${saving}</p>` : ""}
${deltaText(report) ? html`<p class="note">${deltaText(report)}</p>` : ""}
${unseen.length > 0 ? html`<p class="alert unseen-alert">Not everything was completely seen; what may depend on it is kept: <a href="#unseen">what</a></p>` : ""}
</header>`;
}

/** The counts, each a link to its list. */
function tiles(report: RemovalReport): Markup {
  const { items, kept, done, reap } = report;
  const rest = besides(report);
  const besideInstances = rest.length < items.length ? " besides" : "";
  const numbers = done
    ? ([
        ["undone", "not done", items.filter((item) => !isDone(item)).length],
        ["removed", `done${besideInstances}`, rest.filter(isDone).length],
      ] as const)
    : ([["plan", `to be done${besideInstances}`, rest.length]] as const);
  const instances = reap ? [["instances", "instances terminated", reap.instances.length] as const] : [];
  const all = [...instances, ...numbers, ["kept", "kept", kept.length] as const];
  const tile = ([id, name, number]: readonly [string, string, number]) => {
    const text = html`<b>${count(number)}</b> ${name}`;
    return html`<li class="tile${id === "undone" && number > 0 ? " deleted" : ""}">${number > 0 ? html`<a href="#${id}">${text}</a>` : html`<span>${text}</span>`}</li>`;
  };
  return html`<ul class="tiles" aria-label="Counts">${all.map(tile)}</ul>`;
}

function section({ id, title, meaning, titles, rows }: Sheet): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title} <span class="count">${count(rows.length)}</span></h2>
<p class="meaning">${meaning}</p>
<div class="wide" tabindex="0" role="group" aria-label="${title}: table"><table class="cells">
<thead><tr>${titles.map((each) => html`<th scope="col">${each}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) => html`
<tr>${row.map((text, at) => cell(text, titles[at] ?? ""))}</tr>`,
  )}</tbody></table></div>
</section>
`;
}

/** Columns that must not be broken. */
const SHORT = ["order", "region", "outcome", "state", "change", "status", "saves an hour", "costs an hour"];

function cell(text: string, title: string): Markup {
  if (title === CONSOLE) return html`<td class="short">${text && html`<a href="${text}">open</a>`}</td>`;
  const lines = text.split("\n").map((line, at) => html`${at > 0 ? html`<br>` : ""}<bdi>${line}</bdi>`);
  return html`<td${SHORT.includes(title) ? html` class="short"` : ""}>${lines}</td>`;
}
