import { CHANGE_KINDS, type Change, type ChangeKind, type PropertyChange, subject } from "../../../model/delta.ts";
import { count, minute } from "../../humanise.ts";
import { isControllersOnly, propertiesOf } from "../item.ts";
import { CONTROLLERS_MEANING, KIND_MEANING, KIND_TITLE, shortType } from "../wording.ts";
import { html, type Markup } from "./markup.ts";
import { propertyTable } from "./properties.ts";

/** A change and those of its properties that its section shows. */
interface Shown {
  readonly change: Change;
  readonly properties: readonly PropertyChange[];
}

/** A list a kind, and one of what controllers moved. A change with both stands in both, and counts once. */
export function changeSections(changes: readonly Change[]): Markup[] {
  const numbers = new Map(changes.map((change, index) => [change, index]));
  const shown = (all: readonly Change[], controlled: boolean): Shown[] =>
    all.map((change) => ({
      change,
      properties: propertiesOf(change).filter((each) => (each.controlledBy !== undefined) === controlled),
    }));
  const kinds = CHANGE_KINDS.map((kind) => {
    const own = changes.filter((change) => change.kind === kind && !isControllersOnly(change));
    return section(kind, KIND_TITLE[kind], KIND_MEANING[kind], shown(own, false), numbers);
  });
  const moved = shown(changes, true).filter(({ properties }) => properties.length > 0);
  return [...kinds, section("controllers", "May be moved by controllers", CONTROLLERS_MEANING, moved, numbers)];
}

function section(
  id: string,
  title: string,
  meaning: string,
  shown: readonly Shown[],
  numbers: ReadonlyMap<Change, number>,
): Markup {
  if (shown.length === 0) return html``;
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title} <span class="count">${count(shown.length)}</span></h2>
<p class="meaning">${meaning}</p>
<ul class="changes" role="list">
${shown.map((each) => item(each, numbers.get(each.change) ?? 0))}</ul>
</section>`;
}

/** `data-n` tells the filter which rows are the same change; the other data attributes are what it filters by. */
function item({ change, properties }: Shown, number: number): Markup {
  const { type, region, arn } = subject(change);
  return html`<li class="change" data-n="${number}" data-kind="${change.kind}" data-type="${type}" data-region="${region}">
<div class="line"><span class="mark ${change.kind}">${change.kind}</span> <span class="type">${shortType(type)}</span> ${names(change)} <span class="region">${region}</span></div>
<div class="about"><span class="arn"><bdi>${arn}</bdi></span>${created(change)}</div>
${change.kind === "unknown" ? html`<p class="reason">${change.reason}</p>` : ""}${properties.length > 0 ? propertyTable(properties) : ""}</li>
`;
}

function names(change: Change): Markup {
  const { id, name } = subject(change);
  return name === undefined || name === id
    ? html`<strong class="name"><bdi>${id}</bdi></strong>`
    : html`<strong class="name"><bdi>${name}</bdi></strong> <span class="id"><bdi>${id}</bdi></span>`;
}

/** For what is new only: elsewhere the date says nothing about the change. */
function created(change: Change): Markup | string {
  const told: readonly ChangeKind[] = ["added", "replaced"];
  if (!told.includes(change.kind)) return "";
  const { createdAt } = subject(change);
  const by = change.kind === "added" && change.createdBy !== undefined ? html` by <bdi>${change.createdBy}</bdi>` : "";
  const when =
    createdAt === undefined
      ? "creation date not told"
      : html`created <time datetime="${createdAt}">${minute(createdAt)}</time>`;
  return html` <span class="created">${when}${by}</span>`;
}
