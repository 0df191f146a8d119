import { isArn } from "../../model/arn.ts";
import { type Change, type ChangeKind, type PropertyChange, subject } from "../../model/delta.ts";
import type { RenderOptions } from "../format.ts";
import { minute } from "../humanise.ts";
import { type Column, renderTable } from "../table.ts";
import { propertyLines } from "./table-properties.ts";
import { visible, withoutArnHead } from "./value.ts";
import { shortType } from "./wording.ts";

/** A resource and those of its properties that this list shows. */
export interface Entry {
  readonly change: Change;
  readonly properties: readonly PropertyChange[];
}

const MARGIN = "  ";
const INDENT = "    ";
/** Aligned resource lines, each followed by its reason or its properties, indented and aligned with each other. */
export function listing(kind: ChangeKind, entries: readonly Entry[], options: RenderOptions): string {
  const [heading = "", ...resources] = tableLines(columnsOf(kind, entries), entries, narrower(options, MARGIN.length));
  const details = propertyLines(
    entries.flatMap((entry) => entry.properties),
    narrower(options, INDENT.length),
  );
  let next = 0;
  const body = entries.flatMap(({ change, properties: own }, index) => {
    const reason = change.kind === "unknown" ? [INDENT + visible(change.reason)] : [];
    const below = details
      .slice(next, next + own.length)
      .flat()
      .map((line) => INDENT + line);
    next += own.length;
    return [MARGIN + (resources[index] ?? ""), ...reason, ...below];
  });
  return [MARGIN + heading, ...body].map((line) => `${line}\n`).join("");
}

/** The options for what stands indented. */
export function narrower(options: RenderOptions, by: number): RenderOptions {
  return options.width === undefined ? options : { ...options, width: options.width - by };
}

/** A table's lines, the heading first. */
export function tableLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  options: RenderOptions,
): string[] {
  return renderTable(columns, rows, options).split("\n").slice(0, -1);
}

function columnsOf(kind: ChangeKind, entries: readonly Entry[]): Column<Entry>[] {
  const text = (title: string, value: (change: Change) => string | undefined): Column<Entry> => ({
    title,
    value: ({ change }) => visible(value(change) ?? ""),
  });
  const columns: Column<Entry>[] = [
    text("type", (change) => shortType(subject(change).type)),
    { ...text("resource", resourceName), style: () => (kind === "deleted" ? "bad" : "accent"), min: 20 },
    text("region", (change) => subject(change).region),
  ];
  if (kind === "added" || kind === "replaced") columns.push(text("created at", createdText));
  if (entries.some(({ change }) => change.kind === "added" && change.createdBy !== undefined))
    columns.push(text("created by", (change) => (change.kind === "added" ? person(change.createdBy) : "")));
  return columns;
}

function resourceName(change: Change): string {
  return namesText(subject(change));
}

/** `i-0abc (web-1)`, or the id alone; where AWS's only id is an ARN, the name says more. */
export function namesText({ id, name }: { readonly id: string; readonly name?: string }): string {
  if (isArn(id)) return name ?? withoutArnHead(id);
  return name === undefined || name === id ? id : `${id} (${name})`;
}

function createdText(change: Change): string {
  const { createdAt } = subject(change);
  return createdAt === undefined ? "not told" : minute(createdAt);
}

/** The end of a principal's ARN, `Deploy/jane`, which is what people know each other by. */
function person(principal: string | undefined): string {
  return principal?.replace(/^arn:[^:]*:(?:iam|sts)::\d*:(?:assumed-role|user|federated-user)\//, "") ?? "";
}
