import { count, countOf } from "../humanise.ts";
import { table } from "./markdown-text.ts";

/** GitHub refuses comments of more than 65,536 characters; what does not fit is counted and left out. */
export const LONGEST = 60_000;

/** How many characters may still be written. */
export interface Room {
  left: number;
}

export interface About {
  readonly title: string;
  readonly meaning: string;
  readonly titles: readonly string[];
  readonly noun: string;
  readonly plural?: string;
}

/** A table with as many rows as there is room for, and the number of those that are left out. */
export function section(
  { title, meaning, titles, noun, plural }: About,
  rows: readonly string[][],
  room: Room,
): string {
  if (rows.length === 0) return "";
  const fitting: string[][] = [];
  for (const cells of rows) {
    const length = cells.join(" | ").length + 5;
    if (room.left < length) break;
    room.left -= length;
    fitting.push(cells);
  }
  const missing = rows.length - fitting.length;
  const more = `*${countOf(missing, `more ${noun}`, `more ${plural ?? `${noun}s`}`)} not shown: a comment has no room for more.*`;
  const parts = [`### ${title} (${count(rows.length)})`, meaning];
  if (fitting.length > 0) parts.push(table(titles, fitting));
  if (missing > 0) parts.push(more);
  return parts.join("\n\n");
}
