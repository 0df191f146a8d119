import { painter } from "../../io/colour.ts";
import { CHANGE_KINDS, type Change, type ChangeKind } from "../../model/delta.ts";
import type { DeltaResult } from "../../verbs/delta/result.ts";
import type { RenderOptions } from "../format.ts";
import { count } from "../humanise.ts";
import { byGravity } from "./gravity.ts";
import { isControllersOnly, propertiesOf } from "./item.ts";
import { narrowing } from "./next.ts";
import { listing } from "./table-listing.ts";
import { unseenBlock } from "./table-unseen.ts";
import * as wording from "./wording.ts";

/** About what a terminal's height holds; longer lists say how to narrow them. */
const SCREEN = 40;

/** A delta for people at a terminal: what changed by kind, what controllers moved, what was not seen, what to do next. */
export function renderDeltaTable(result: DeltaResult, options: RenderOptions): string {
  const changes = byGravity(result.changes);
  const blocks = [
    headline(result, options),
    ...CHANGE_KINDS.map((kind) => kindBlock(kind, changes, options)),
    ...controllerBlocks(changes, options),
    unseenBlock(result.unseen, options),
  ].filter((block) => block !== "");
  const body = blocks.join("\n");
  const long = result.changes.length > 0 && body.split("\n").length > SCREEN;
  return long ? `${body}\n${narrowing(result)}\n` : body;
}

function headline(result: DeltaResult, { colour }: RenderOptions): string {
  const paint = painter(colour);
  const nothing = result.changes.length === 0;
  const grave = wording.graveText(result);
  const lines = [
    paint("bold", nothing ? wording.nothingText(result) : wording.countsText(result.counts, result.unchanged)),
    grave && paint("bad", `! ${grave}`),
    wording.controllersText(result),
    paint("dim", wording.earlierText(result)),
    paint("dim", wording.laterText(result)),
  ];
  return lines
    .filter((line) => line !== "")
    .map((line) => `${line}\n`)
    .join("");
}

/** One kind's resources, with the properties that no controller moved. */
function kindBlock(kind: ChangeKind, all: readonly Change[], options: RenderOptions): string {
  const entries = all
    .filter((change) => change.kind === kind && !isControllersOnly(change))
    .map((change) => ({
      change,
      properties: propertiesOf(change).filter((property) => property.controlledBy === undefined),
    }));
  if (entries.length === 0) return "";
  return (
    title(`${wording.KIND_TITLE[kind]} (${count(entries.length)})`, wording.KIND_MEANING[kind], options) +
    listing(kind, entries, options)
  );
}

/** What controllers moved, under a line that says who they are. */
function controllerBlocks(changes: readonly Change[], options: RenderOptions): string[] {
  const controllers = new Set(
    changes.flatMap((change) => propertiesOf(change).flatMap((property) => property.controlledBy ?? [])),
  );
  return [...controllers].sort().map((by) => {
    const entries = changes
      .map((change) => ({
        change,
        properties: propertiesOf(change).filter((property) => property.controlledBy === by),
      }))
      .filter(({ properties }) => properties.length > 0);
    return (
      title(`May be moved by ${by} (${count(entries.length)})`, wording.CONTROLLERS_MEANING, options) +
      listing("modified", entries, options)
    );
  });
}

function title(text: string, meaning: string, { colour }: RenderOptions): string {
  const paint = painter(colour);
  return `${paint("bold", text)}${paint("dim", `: ${meaning}`)}\n`;
}
