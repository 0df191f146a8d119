import stringWidth from "string-width";
import { printable } from "./table.ts";

/** A name and what is known under it. */
export type Fact = readonly [name: string, value: string];

/** Names and values in two columns; long values go on below themselves. Styles in values are kept. */
export function renderFacts(facts: readonly Fact[], width: number | undefined): string {
  const column = Math.max(0, ...facts.map(([name]) => stringWidth(name))) + 2;
  return facts.map(([name, value]) => `${printable(name).padEnd(column)}${wrapped(value, column, width)}\n`).join("");
}

function wrapped(value: string, column: number, width: number | undefined): string {
  if (width === undefined || column + stringWidth(value) <= width) return value;
  const lines: string[] = [];
  for (const word of value.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || column + stringWidth(`${last} ${word}`) > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join(`\n${" ".repeat(column)}`);
}
