import type { Readable, Writable } from "node:stream";
import type { Answer, Question } from "./host.ts";
import { clean } from "./screen.ts";

/** Gets the answer to a question, or undefined when the person backs out (Esc, Ctrl-C). */
export type Asker = (question: Question) => Promise<boolean | string | readonly string[] | undefined>;

export interface TerminalAskerOptions {
  readonly input: Readable;
  /** Prompts are drawn here: stderr, because stdout is for results. */
  readonly output: Writable;
  readonly signal: AbortSignal;
  readonly colour: boolean;
}

/** Asks at a terminal. The prompt library loads at the first question. */
export function terminalAsker({ input, output, signal, colour }: TerminalAskerOptions): Asker {
  return async (question) => {
    // The library has no other switch for it.
    if (!colour) process.env.NO_COLOR = "1";
    const prompts = await import("@clack/prompts");
    const answer = await promptFor(prompts, { message: clean(question.text), input, output, signal }, question);
    // Backing out gives the library's cancel symbol.
    return typeof answer === "symbol" ? undefined : answer;
  };
}

type Prompts = typeof import("@clack/prompts");
interface Common {
  readonly message: string;
  readonly input: Readable;
  readonly output: Writable;
  readonly signal: AbortSignal;
}

function promptFor(
  prompts: Prompts,
  common: Common,
  question: Question,
): Promise<boolean | string | readonly string[] | symbol | undefined> {
  switch (question.kind) {
    case "confirm":
      return prompts.confirm({ ...common, initialValue: question.default });
    case "text":
      return question.secret ? prompts.password(common) : prompts.text({ ...common, defaultValue: question.default });
    case "choice":
      return prompts.select({
        ...common,
        options: question.options.map((option) => ({ ...option })),
        initialValue: question.default,
      });
    case "choices":
      return prompts.multiselect({
        ...common,
        options: question.options.map((option) => ({ ...option })),
        initialValues: [...question.default],
        required: true,
      });
  }
}

/** The answer to a question: the person's, or the default (which changes nothing) when nobody can be asked or backs out. */
export async function settle<Q extends Question>(
  question: Q,
  asker: Asker | undefined,
  say: (text: string) => void,
): Promise<Answer<Q>> {
  if (asker === undefined) {
    say(`Nobody can be asked here, so "${question.text}" is answered ${spoken(question)}.`);
    return question.default as Answer<Q>;
  }
  return ((await asker(question)) ?? question.default) as Answer<Q>;
}

function spoken(question: Question): string {
  if (question.kind === "confirm") return "no";
  return question.default.length === 0 ? "with nothing" : `with "${String(question.default)}"`;
}
