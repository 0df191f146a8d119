import { scrub } from "../model/redact.ts";

/** The part of a Node stream that hosts write through; tests give their own. */
export interface Stream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether only ASCII should be shown: the locale names another character set than UTF-8, or none. */
export function asciiOnly(env: Environment, platform: string): boolean {
  if (platform === "win32") return !env.WT_SESSION && env.TERM_PROGRAM !== "vscode";
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  // macOS starts terminals without a locale and shows UTF-8 all the same.
  if (!locale) return platform !== "darwin";
  return !/utf-?8/i.test(locale);
}

export interface Symbols {
  readonly good: string;
  readonly warning: string;
  readonly bad: string;
  readonly unknown: string;
  readonly ellipsis: string;
  readonly bullet: string;
}

const UNICODE: Symbols = { good: "✔", warning: "▲", bad: "✖", unknown: "?", ellipsis: "…", bullet: "•" };
const ASCII: Symbols = { good: "+", warning: "!", bad: "x", unknown: "?", ellipsis: "...", bullet: "*" };

export function symbols(ascii: boolean): Symbols {
  return ascii ? ASCII : UNICODE;
}

/**
 * A text that may leave the process: without secrets, and without what would move a terminal's cursor or colour it
 * (names and messages come from AWS, and whoever named a resource must not draw on the screen).
 */
export function clean(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const still = text.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "");
  return scrub(still, () => "…redacted…");
}
