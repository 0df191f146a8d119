import { type Paint, painter, type Style } from "../../io/colour.ts";
import type { Tick } from "../../verbs/shed/simulate/simulate.ts";
import type { RenderOptions } from "../format.ts";
import { count } from "../humanise.ts";
import { moments, roundUp } from "./scale.ts";
import { type Bucket, inBuckets } from "./series.ts";

/* A run as a picture of characters: load and what became of it, the level, the alarm, over one axis of time. */

interface Signs {
  readonly primary: string;
  readonly others: string;
  readonly rejected: string;
  readonly capacity: string;
  /** Parts of a cell, from one to all. */
  readonly level: readonly string[];
  readonly edge: string;
  readonly alarm: Readonly<Record<Tick["alarm"], string>>;
}

const UNICODE: Signs = {
  primary: "█",
  others: "▒",
  rejected: "×",
  capacity: "─",
  level: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
  edge: "│",
  alarm: { ALARM: "■", OK: "·", INSUFFICIENT_DATA: "?" },
};
const ASCII: Signs = {
  primary: "#",
  others: "+",
  rejected: "x",
  capacity: "-",
  level: [".", "#"],
  edge: "|",
  alarm: { ALARM: "!", OK: ".", INSUFFICIENT_DATA: "?" },
};

const WIDEST = 110;
const USUAL_WIDTH = 80;
const LOAD_ROWS = 10;
const LEVEL_ROWS = 4;
const MARGIN = 8;

type Cell = readonly [sign: string, style: Style | undefined];

export function picture(ticks: readonly Tick[], end: number, options: RenderOptions): string {
  const signs = options.ascii ? ASCII : UNICODE;
  const paint = painter(options.colour);
  const width = Math.max(20, Math.min(WIDEST, options.width ?? USUAL_WIDTH) - MARGIN - 1);
  const buckets = inBuckets(ticks, width);
  const rows = [
    ...loadRows(buckets, signs, paint),
    axis(end, buckets.length),
    legend(signs, paint, width),
    "",
    ...levelRows(buckets, signs, paint),
    line(
      "alarm",
      signs.edge,
      buckets.map(({ alarm }) => [signs.alarm[alarm], alarm === "ALARM" ? "bad" : "dim"]),
      paint,
    ),
  ];
  return rows.map((row) => `${row.trimEnd()}\n`).join("");
}

function legend(signs: Signs, paint: Paint, width: number): string {
  const parts: readonly Cell[] = [
    [`${signs.primary} served by primary`, "accent"],
    [`${signs.others} by the others`, "warning"],
    [`${signs.rejected} rejected`, "bad"],
    [`${signs.capacity} capacity`, "dim"],
  ];
  const length = parts.map(([text]) => text).join("  ").length;
  const indent = Math.max(0, Math.min(MARGIN, width + MARGIN - length));
  return " ".repeat(indent) + parts.map(([text, style]) => paint(style ?? "dim", text)).join("  ");
}

function loadRows(buckets: readonly Bucket[], signs: Signs, paint: Paint): string[] {
  const top = roundUp(Math.max(...buckets.map(({ rates }) => Math.max(rates.offered, rates.capacity))));
  return Array.from({ length: LOAD_ROWS }, (_, at) => {
    const row = LOAD_ROWS - at;
    const label = row === LOAD_ROWS ? `${count(top)}/s` : row === LOAD_ROWS / 2 ? `${count(top / 2)}/s` : "";
    return line(
      label,
      signs.edge,
      buckets.map((bucket) => loadCell(bucket, row, top / LOAD_ROWS, signs)),
      paint,
    );
  });
}

function loadCell({ rates }: Bucket, row: number, size: number, signs: Signs): Cell {
  const middle = (row - 0.5) * size;
  const { servedByPrimary, servedByOthers, rejected, capacity, offered } = rates;
  const served = servedByPrimary + servedByOthers;
  // A few rejected requests are less than a cell, and the last thing to be left out: they take the topmost.
  const isTop = middle <= offered && middle + size > offered;
  const isRejecting = rejected > offered * 0.001;
  if (isTop && isRejecting) return [signs.rejected, "bad"];
  if (middle <= servedByPrimary) return [signs.primary, "accent"];
  // Sums of parts are a little less than the whole: where nothing was rejected, nothing is drawn so.
  if (middle <= (isRejecting ? served : offered)) return [signs.others, "warning"];
  if (middle <= offered) return [signs.rejected, "bad"];
  return Math.ceil(capacity / size) === row ? [signs.capacity, "dim"] : [" ", undefined];
}

function levelRows(buckets: readonly Bucket[], signs: Signs, paint: Paint): string[] {
  const top = Math.max(20, Math.ceil(Math.max(...buckets.map(({ level }) => level)) / 20) * 20);
  return Array.from({ length: LEVEL_ROWS }, (_, at) => {
    const row = LEVEL_ROWS - at;
    const label = row === LEVEL_ROWS ? `${top} %` : row === 1 ? "level" : "";
    const cells = buckets.map(({ level }): Cell => {
      const filled = Math.min(1, (level / top) * LEVEL_ROWS - (row - 1));
      const part = Math.ceil(filled * signs.level.length - 1e-9);
      return part <= 0 ? [" ", undefined] : [signs.level[part - 1] ?? "", "warning"];
    });
    return line(label, signs.edge, cells, paint);
  });
}

/** Cells of one style are painted together. */
function line(label: string, edge: string, cells: readonly Cell[], paint: Paint): string {
  const runs: { text: string; readonly style: Style | undefined }[] = [];
  for (const [sign, style] of cells) {
    const last = runs.at(-1);
    if (last && last.style === style) last.text += sign;
    else runs.push({ text: sign, style });
  }
  const painted = runs.map(({ text, style }) => (style ? paint(style, text) : text)).join("");
  return `${label.padStart(MARGIN - 1)} ${paint("dim", edge)}${painted}`;
}

function axis(end: number, width: number): string {
  let text = "";
  for (const { seconds, text: label } of moments(end, Math.floor(width / 8))) {
    const column = Math.round((seconds / end) * width);
    if (column + label.length <= width && column >= text.length) text = text.padEnd(column) + label;
  }
  return " ".repeat(MARGIN + 1) + text;
}
