import type { Target } from "../../model/plan.ts";
import { shortType } from "../delta/wording.ts";
import { nameOf } from "./wording.ts";

/** A titled table of plain texts, some with line feeds: what pages and comments are made of. */
export interface Sheet {
  readonly id: string;
  readonly title: string;
  readonly meaning: string;
  readonly titles: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export type Cells = Readonly<Record<string, string>>;

/** All rows have the same columns; those in which nothing stands, or nothing but `?`, are left out. */
export function sheet(id: string, title: string, meaning: string, rows: readonly Cells[]): Sheet {
  const titles = Object.keys(rows[0] ?? {}).filter((each) => rows.some((row) => row[each] !== "" && row[each] !== "?"));
  return { id, title, meaning, titles, rows: rows.map((row) => titles.map((each) => row[each] ?? "")) };
}

export function place(
  target: Target | { type: Target["type"]; id: string; name?: string; region: Target["region"] },
): Cells {
  const { type, region } = target;
  return { type: shortType(type), resource: nameOf(target as Target), region };
}

/** The column of links; each of its cells is one address, or empty. */
export const CONSOLE = "console";
