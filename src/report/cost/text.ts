import { painter, type Style } from "../../io/colour.ts";
import type { CostResult } from "../../model/cost.ts";
import type { RenderOptions } from "../format.ts";
import { printable, renderTable } from "../table.ts";
import { wrapLines } from "../wrap.ts";
import { costPrice } from "./money.ts";
import { columnsOf, linesOf } from "./table.ts";
import * as words from "./words.ts";

/** About what a terminal's height holds; longer tables say how to narrow them. */
const SCREEN = 40;

/** Costs for people at a terminal: what they are of, the table, what could not be given to a side, what must be known. */
export function costText(result: CostResult, options: RenderOptions): string {
  const lines = linesOf(result);
  return [
    head(result, options),
    result.rows.length === 0
      ? "The source has no charges in these days.\n"
      : renderTable(columnsOf(result), lines, options) + legend(result, options),
    unallocatedBlock(result, options),
    malformedBlock(result, options),
    wrapLines([...words.noteTexts(result), words.askedText(result)].filter(isSaid).map(asLine).join(""), options.width),
    lines.length > SCREEN ? wrapLines(narrowing(result), options.width) : "",
  ]
    .filter(isSaid)
    .join("\n");
}

function head(result: CostResult, options: RenderOptions): string {
  const mismatch = words.mismatchText(result);
  return [
    painted("bold", words.titleText(result), options),
    mismatch && painted("bad", `! ${mismatch}`, options),
    painted("bold", words.headlineText(result), options),
    painted("dim", words.baselineText(result), options),
    painted("dim", words.metricText(result), options),
    painted("dim", words.sourceText(result), options),
  ].join("");
}

function legend(result: CostResult, options: RenderOptions): string {
  return words
    .legendTexts(result)
    .map((text) => painted("dim", text, options))
    .join("");
}

/** A text on lines of its own. Colours are put on whole lines, after they are broken. */
function painted(style: Style, text: string, { colour, width }: RenderOptions): string {
  const paint = painter(colour);
  return wrapLines(printable(text), width)
    .split("\n")
    .map((line) => `${paint(style, line)}\n`)
    .join("");
}

function unallocatedBlock({ unallocated, total, currency }: CostResult, { colour, width }: RenderOptions): string {
  if (unallocated.length === 0) return "";
  const amounts = unallocated.map(({ amount }) => costPrice(amount, currency));
  const room = Math.max(...amounts.map(({ length }) => length));
  const lines = unallocated.map(({ reason }, at) => `  ${(amounts[at] ?? "").padStart(room)}  ${printable(reason)}\n`);
  const title = painter(colour)("bold", `Unallocated: ${costPrice(total.unallocated, currency)}`);
  return `${title}\n${lines.map((line) => hanging(line, room + 4, width)).join("")}`;
}

/** A line whose further lines begin where its text does. */
function hanging(line: string, column: number, width: number | undefined): string {
  if (width === undefined) return line;
  const [first = "", ...rest] = wrapLines(line.slice(column), width - column).split("\n");
  const below = rest.map((each) => (each === "" ? each : " ".repeat(column) + each.trimStart()));
  return [line.slice(0, column) + first, ...below].join("\n");
}

function malformedBlock(result: CostResult, options: RenderOptions): string {
  const says = words.malformedText(result);
  if (says === "") return "";
  const samples = words.malformedSamples(result).map((each) => `  ${each}\n`);
  return painted("bad", `! ${says}`, options) + wrapLines(samples.join(""), options.width);
}

function narrowing({ granularity, groupBy, days }: CostResult): string {
  const [first, second] = groupBy;
  const ways = [
    ...(granularity === "daily" && days.start !== days.end ? ["--granularity monthly"] : []),
    ...(first && second ? [`--group-by ${first}`] : []),
    ...(days.start === days.end ? [] : ["a later --start-date"]),
  ];
  const narrow = ways.length > 0 ? `Narrow this list with ${ways.join(" or ")}; ` : "This is a long list; ";
  return `${narrow}--output html has the dearest first, with charts.\n`;
}

function isSaid(text: string): boolean {
  return text !== "";
}

function asLine(text: string): string {
  return `${printable(text)}\n`;
}
