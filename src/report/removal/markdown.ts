import { LONGEST, section } from "../delta/markdown-section.ts";
import { code, prose } from "../delta/markdown-text.ts";
import { rateText } from "../money.ts";
import type { RemovalReport } from "./model.ts";
import { CONSOLE, type Sheet } from "./sheet.ts";
import { sheetsOf } from "./sheets.ts";
import { aboutText, commonReason, deltaText, headline } from "./wording.ts";

/** A removal for a ticket or a comment: a headline, then a table a list; what has no room is counted. */
export function renderRemovalMarkdown(report: RemovalReport): string {
  const { money, unseen } = report;
  const why = commonReason(report);
  const about = [
    why === undefined ? "" : `why: ${why}`,
    aboutText(report),
    money ? `${report.done ? "saves" : "would save"} ${rateText(money.net, money.currency)}` : "",
    deltaText(report),
  ].filter((line) => line !== "");
  const head = [
    `## ${prose(headline(report))}`,
    about.map(prose).join("<br>\n"),
    ...(unseen.length > 0 ? ["**:warning: Not everything was completely seen; what may depend on it is kept.**"] : []),
  ].join("\n\n");
  const room = { left: LONGEST - head.length };
  return `${[head, ...sheetsOf(report).map((each) => sheetSection(each, room))].join("\n\n")}\n`;
}

/** Columns of what a person copies. */
const COPIED = ["resource", "name", "missing permission"];

function sheetSection({ title, meaning, titles, rows }: Sheet, room: { left: number }): string {
  const cells = rows.map((row) => row.map((text, at) => written(text, titles[at] ?? "")));
  return section({ title, meaning, titles, noun: "row" }, cells, room);
}

function written(text: string, title: string): string {
  if (text === "") return "";
  if (title === CONSOLE) return `[open](${text})`;
  return COPIED.includes(title) ? code(text) : text.split("\n").map(prose).join("<br>");
}
