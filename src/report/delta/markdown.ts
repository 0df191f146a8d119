import type { CoverageCell } from "../../model/coverage.ts";
import { CHANGE_KINDS, type Change } from "../../model/delta.ts";
import type { DeltaResult } from "../../verbs/delta/result.ts";
import { byGravity } from "./gravity.ts";
import { isControllersOnly } from "./item.ts";
import { changeRow, controllersRow, unseenRow } from "./markdown-rows.ts";
import { LONGEST, type Room, section } from "./markdown-section.ts";
import { prose } from "./markdown-text.ts";
import * as wording from "./wording.ts";

/** What was not seen comes last and must not be crowded out, nor crowd out the changes. */
const LONGEST_UNSEEN = 12_000;

/** A delta as a comment on a pull request: a headline, a table a kind, properties folded away. */
export function renderDeltaMarkdown(result: DeltaResult): string {
  const changes = byGravity(result.changes);
  const head = headline(result);
  const foot = unseenSection(result.unseen);
  const room = { left: LONGEST - head.length - foot.length };
  const kinds = CHANGE_KINDS.map((kind) => {
    const rows = changes.filter((change) => change.kind === kind && !isControllersOnly(change)).map(changeRow);
    return changesSection(wording.KIND_TITLE[kind], wording.KIND_MEANING[kind], rows, room);
  });
  const parts = [head, ...kinds, controllersSection(changes, room), foot];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function headline(result: DeltaResult): string {
  const nothing = result.changes.length === 0;
  const grave = wording.graveText(result);
  const about = [wording.earlierText(result), wording.laterText(result), wording.controllersText(result)];
  const lines = [
    `## Delta: ${prose(nothing ? wording.nothingText(result) : wording.countsText(result.counts, result.unchanged))}`,
    grave && `**:warning: ${prose(grave)}**`,
    about.filter(Boolean).map(prose).join("<br>\n"),
  ];
  return lines.filter((line) => line !== "").join("\n\n");
}

function controllersSection(changes: readonly Change[], room: Room): string {
  return changesSection(
    "May be moved by controllers",
    wording.CONTROLLERS_MEANING,
    changes.flatMap(controllersRow),
    room,
  );
}

function changesSection(title: string, meaning: string, rows: readonly string[][], room: Room): string {
  return section({ title, meaning, titles: ["type", "resource", "region", "what"], noun: "resource" }, rows, room);
}

function unseenSection(unseen: readonly CoverageCell[]): string {
  const about = {
    title: ":warning: Not completely seen",
    meaning: wording.UNSEEN_MEANING,
    titles: ["type", "region", "status", "missing permission", "reason"],
    noun: "type and region",
    plural: "types and regions",
  };
  return section(about, unseen.map(unseenRow), { left: LONGEST_UNSEEN });
}
