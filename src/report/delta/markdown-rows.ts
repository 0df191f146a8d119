import type { CoverageCell } from "../../model/coverage.ts";
import { type Change, type PropertyChange, subject } from "../../model/delta.ts";
import type { Json } from "../../model/json.ts";
import { countOf, minute } from "../humanise.ts";
import { categoriesOf, isGrave } from "./gravity.ts";
import { propertiesOf } from "./item.ts";
import { code, prose } from "./markdown-text.ts";
import { valueText } from "./value.ts";
import { shortType } from "./wording.ts";

/* A comment is for reading, not for restoring: of one value, of one resource. */
const VALUE_LENGTH = 500;
const MOST_PROPERTIES = 25;

/** The cells of a change: type, names, region, and what happened. */
export function changeRow(change: Change): string[] {
  const own = propertiesOf(change).filter((property) => property.controlledBy === undefined);
  return [...names(change), [...facts(change), ...(own.length > 0 ? [folded(own)] : [])].join(" ")];
}

/** The row of a change in which a controller moved something; none otherwise. */
export function controllersRow(change: Change): string[][] {
  const moved = propertiesOf(change).filter((property) => property.controlledBy !== undefined);
  if (moved.length === 0) return [];
  const by = [...new Set(moved.map((property) => prose(property.controlledBy ?? "")))].join(", ");
  return [[...names(change), `${by} ${folded(moved)}`]];
}

/** The cells of a type and region that was not completely seen. */
export function unseenRow({ type, region, status, action, reason }: CoverageCell): string[] {
  return [prose(shortType(type)), prose(region), status, action === undefined ? "" : value(action), value(reason)];
}

function names(change: Change): string[] {
  const { type, id, name, region } = subject(change);
  const both = name === undefined || name === id ? code(id) : `${code(id)} ${code(name)}`;
  return [prose(shortType(type)), both, prose(region)];
}

function facts(change: Change): string[] {
  const { createdAt } = subject(change);
  const isNew = change.kind === "added" || change.kind === "replaced";
  return [
    ...(isNew && createdAt !== undefined ? [`created ${minute(createdAt)}`] : []),
    ...(change.kind === "added" && change.createdBy !== undefined ? [`by ${code(change.createdBy)}`] : []),
    ...(change.kind === "unknown" ? [value(change.reason)] : []),
  ];
}

function folded(properties: readonly PropertyChange[]): string {
  const shown = [...properties].sort((a, b) => Number(isGrave(b)) - Number(isGrave(a))).slice(0, MOST_PROPERTIES);
  const lines = shown.map(
    ({ path, before, after, category }) =>
      `${emphasised(category)} ${code(path)}: ${value(before)} &rarr; ${value(after)}`,
  );
  if (shown.length < properties.length) lines.push(`and ${properties.length - shown.length} more`);
  const categories = categoriesOf(properties).map(emphasised).join(", ");
  const summary = `${countOf(properties.length, "property", "properties")}: ${categories}`;
  return `<details><summary>${summary}</summary>${lines.join("<br>")}</details>`;
}

function emphasised(category: PropertyChange["category"]): string {
  return isGrave({ category }) ? `<strong>${category}</strong>` : category;
}

function value(json: Json | undefined): string {
  if (json === undefined) return "<em>none</em>";
  const text = valueText(json);
  if (text === "") return "<em>empty</em>";
  return text.length > VALUE_LENGTH ? `${code(text.slice(0, VALUE_LENGTH))}&hellip;` : code(text);
}
