import { wantsColour } from "../io/colour.ts";
import type { Host } from "../io/host.ts";
import { jsonLinesHost } from "../io/json-lines.ts";
import { terminalAsker } from "../io/questions.ts";
import { asciiOnly } from "../io/screen.ts";
import { systemClock } from "../io/system-clock.ts";
import { type Loudness, terminalHost } from "../io/terminal.ts";
import { isCi } from "./ci.ts";
import type { Surroundings } from "./door.ts";

/** What decides how things are told. */
export interface Presentation {
  readonly json: boolean;
  readonly loudness: Loudness;
  /** Undefined = the terminal decides. */
  readonly color?: boolean | undefined;
  /** Whether questions may be asked, if there is a terminal. */
  readonly input: boolean;
}

/** The host for this process: JSON lines next to JSON results, else texts for people. */
export function createHost(presentation: Presentation, around: Surroundings): Host {
  const { stderr, env } = around;
  const isTerminal = stderr.isTTY === true;
  const log = isCi(env) || env.TERM === "dumb";
  const colour = wantsColour({ wanted: presentation.color, isTerminal, env });
  const asks = presentation.input && isTerminal && around.stdinIsTerminal;
  const common = {
    stream: stderr,
    now: (around.clock ?? systemClock).now,
    loudness: presentation.loudness,
    asker: asks ? terminalAsker({ input: around.stdin, output: stderr, signal: around.signal, colour }) : undefined,
  };
  if (presentation.json) return jsonLinesHost(common);
  return terminalHost({
    ...common,
    colour,
    ascii: asciiOnly(env, around.platform),
    redraw: isTerminal && !log,
  });
}

/**
 * How to tell of a mistake on the command line itself, when nothing has been parsed: from the words that stand there.
 */
export function guessedPresentation({ argv, env }: Surroundings): Presentation {
  const has = (...words: string[]) => words.some((word) => argv.includes(word));
  const at = Math.max(argv.indexOf("--output"), argv.indexOf("-o"));
  const output =
    argv.find((word) => word.startsWith("--output="))?.slice(9) ?? (at < 0 ? env.EVENKEEL_OUTPUT : argv[at + 1]);
  return {
    json: output === "json",
    loudness: has("--quiet", "-q") ? "quiet" : has("--verbose", "-v") ? "verbose" : "normal",
    color: has("--no-color") ? false : has("--color") ? true : undefined,
    input: false,
  };
}
