import { styleText } from "node:util";

/** Styles that texts for people use; one accent (cyan) next to the traffic lights. */
export type Style = "accent" | "bold" | "dim" | "good" | "warning" | "bad";

const FORMAT = {
  accent: "cyan",
  bold: "bold",
  dim: "dim",
  good: "green",
  warning: "yellow",
  bad: "red",
} as const satisfies Record<Style, Parameters<typeof styleText>[0]>;

/** Puts a style on a text, or leaves it plain where colour is off. */
export type Paint = (style: Style, text: string) => string;

/** @param colour decided once by the door, from the terminal, `--no-color`, NO_COLOR and TERM */
export function painter(colour: boolean): Paint {
  // The stream is not asked again: the door has decided, and `--color` must win over a pipe.
  return (style, text) => (colour && text !== "" ? styleText(FORMAT[style], text, { validateStream: false }) : text);
}

/** What decides about colour on one stream. */
export interface ColourFacts {
  /** The person's `--color` or `--no-color`, where given. */
  readonly wanted?: boolean | undefined;
  readonly isTerminal: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Whether a stream gets colour. NO_COLOR counts with any value but the empty one (no-color.org). */
export function wantsColour({ wanted, isTerminal, env }: ColourFacts): boolean {
  if (wanted !== undefined) return wanted;
  return isTerminal && !env.NO_COLOR && env.TERM !== "dumb";
}
