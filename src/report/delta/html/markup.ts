import { visible } from "../value.ts";

/** A piece of a page in which everything foreign has been escaped. Made by `html` only. */
export interface Markup {
  readonly markup: string;
}

type Part = string | number | Markup | readonly Part[];

/** A template whose interpolated texts are always escaped, for contents and for attributes in double quotes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: strings.reduce((text, piece, index) => text + write(parts[index - 1] ?? "") + piece) };
}

/** Our own text that needs no escaping: styles and scripts. */
export function trusted(markup: string): Markup {
  return { markup };
}

function write(part: Part): string {
  if (typeof part === "number") return String(part);
  if (typeof part === "string") return escapeHtml(part);
  return "markup" in part ? part.markup : part.map(write).join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Shows a text as it is, whatever it contains; line feeds and tabs stay, other control characters become visible. */
export function escapeHtml(text: string): string {
  return visible(text, "\n\t").replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
