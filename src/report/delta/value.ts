import stringWidth from "string-width";
import type { Json } from "../../model/json.ts";
import { cutToWidth } from "../table.ts";

/** A value as a text: strings as they are, everything else as JSON. Absent values give an empty text. */
export function valueText(value: Json | undefined): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

// Control characters, zero-width ones, and those that turn the direction of what follows: in names that other people
// gave they can make a line look like another one.
const DECEPTIVE =
  /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\p{Cs}]/gu;
const SHORT_ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Shows what a person can't see: line feeds as `\n`, other control and direction characters as `\u{1b}`.
 * @param keep characters that the format shows itself, such as line feeds in a page
 */
export function visible(text: string, keep = ""): string {
  return text.replace(DECEPTIVE, (character) => {
    if (keep.includes(character)) return character;
    return SHORT_ESCAPES[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

/** ARNs in a text without partition, service, region and account, which are the same in most lines of a table. */
export function withoutArnHead(text: string): string {
  return text.replace(/\barn:[\w-]+:[\w-]+:[\w-]*:\d*:/g, "");
}

const REDACTED = /redacted:([0-9a-f]{8})[0-9a-f]{24}/g;
const CONTEXT = 12;

/** How a property's two values are shown on one line. */
export interface ShortValues {
  readonly before: string;
  readonly after: string;
}

/**
 * Two values on one line, each at most `room` columns wide. Where long texts begin alike, the common beginning is left
 * out, so that the difference is what one sees.
 */
export function shortValues(
  before: Json | undefined,
  after: Json | undefined,
  room: number,
  ascii = false,
): ShortValues {
  const ellipsis = ascii ? "..." : "…";
  const was = lineText(before);
  const is = lineText(after);
  const long = Math.max(stringWidth(was), stringWidth(is)) > room;
  const skip = long && before !== undefined && after !== undefined ? commonStart(was, is) - CONTEXT : 0;
  const cut = (text: string) => cutToWidth(skip > 0 ? ellipsis + text.slice(skip) : text, room, ellipsis);
  return { before: cut(was), after: cut(is) };
}

function lineText(value: Json | undefined): string {
  if (value === undefined) return "(none)";
  if (value === "") return '""';
  return visible(valueText(value)).replace(REDACTED, "redacted:$1");
}

function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  // Never begins between the halves of a surrogate pair.
  return /[\udc00-\udfff]/.test(one[length - CONTEXT] ?? "") ? length - 1 : length;
}
