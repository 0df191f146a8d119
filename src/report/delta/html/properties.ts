import type { PropertyChange } from "../../../model/delta.ts";
import type { Json } from "../../../model/json.ts";
import { countOf } from "../../humanise.ts";
import { isGrave } from "../gravity.ts";
import { html, type Markup } from "./markup.ts";

/** Values longer than this scroll in their cell, which must then be reachable by keyboard. */
const TALL = 600;
const TALL_LINES = 12;

/** The properties of one change that differ, each with its whole values. */
export function propertyTable(properties: readonly PropertyChange[]): Markup {
  return html`<table class="properties">
<thead><tr><th scope="col">property</th><th scope="col">before</th><th scope="col">after</th><th scope="col">category</th></tr></thead>
<tbody>${properties.map(row)}</tbody></table>`;
}

function row(property: PropertyChange): Markup {
  const { path, before, after, category, controlledBy } = property;
  const by = controlledBy === undefined ? "" : html` <span class="by">may be moved by ${controlledBy}</span>`;
  const equal = equalStart(text(before), text(after));
  return html`
<tr data-category="${category}"${isGrave(property) ? html` class="grave"` : ""}><th scope="row"><bdi>${path}</bdi></th><td class="before">${value(before, `${path} before`, equal)}</td><td class="after">${value(after, `${path} after`, equal)}</td><td class="category"><span>${category}</span>${by}</td></tr>`;
}

function text(json: Json | undefined): string {
  return typeof json === "string" ? json : json === undefined ? "" : JSON.stringify(json, undefined, 2);
}

/** @param equal how many characters at its beginning are folded away, because the other side has the same */
function value(json: Json | undefined, label: string, equal: number): Markup {
  if (json === undefined) return html`<i>none</i>`;
  if (json === "") return html`<i>empty</i>`;
  const whole = text(json);
  const start = whole.slice(0, equal);
  const folded =
    equal === 0
      ? ""
      : html`<details><summary>${countOf(start.split("\n").length - 1, "equal line")}</summary><bdi>${start}</bdi></details>`;
  const rest = html`${folded}<bdi>${whole.slice(equal)}</bdi>`;
  return isTall(whole.slice(equal))
    ? html`<div class="tall" tabindex="0" role="region" aria-label="${label}">${rest}</div>`
    : rest;
}

function isTall(whole: string): boolean {
  return whole.length > TALL || whole.split("\n").length > TALL_LINES;
}

/** How long the lines are with which both of two tall texts begin; 0 where that hides nothing of a difference. */
function equalStart(before: string, after: string): number {
  if (!isTall(before) || !isTall(after)) return 0;
  let same = 0;
  while (same < before.length && before[same] === after[same]) same += 1;
  const lines = before.slice(0, same).lastIndexOf("\n") + 1;
  return before.slice(0, lines).split("\n").length > 4 ? lines : 0;
}
