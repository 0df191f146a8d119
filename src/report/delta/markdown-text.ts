import { visible } from "./value.ts";

/* Everything that Markdown, HTML or GitHub's extensions (autolinks, mentions, issue numbers, emoji, maths) give a meaning. */
const MEANINGFUL = /[#$&*<>@[\\\]_`|~]|:(?=\/\/|[\w+-]+:)|\.(?=[A-Za-z])/g;

/** Foreign text in running text or in a table's cell: shown as it is, never as markup. */
export function prose(text: string): string {
  return visible(text).replace(MEANINGFUL, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * Foreign text in a fixed-width font. HTML, not backticks: those can't hold every mix of backticks, backslashes and
 * pipes inside a table, and mentions in them would be shown but not told from real ones.
 */
export function code(text: string): string {
  return `<code>${prose(text)}</code>`;
}

/** A table of cells that are Markdown already; none of them may hold a line feed or a bare pipe. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  return [titles, titles.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
