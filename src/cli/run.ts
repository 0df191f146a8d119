import { ExitCode as ParserCode, run } from "@stricli/core";
import { EvenkeelError, EXIT, type ExitCode } from "../model/errors.ts";
import { application } from "./application.ts";
import { arrange } from "./arguments.ts";
import { ROOT } from "./commands.ts";
import { completed } from "./completion/words.ts";
import type { Door, Surroundings } from "./door.ts";

/** Runs a command line to its end. Never throws; what went wrong has been told. */
export async function runCommandLine(around: Surroundings): Promise<ExitCode> {
  const said: string[] = [];
  const help: string[] = [];
  const door: Door = {
    process: {
      stdout: { write: (text) => void help.push(text) },
      stderr: { write: (text) => void said.push(text) },
      env: around.env,
    },
    surroundings: around,
    words: (known) => completed(ROOT, known),
  };
  try {
    const words = arrange(around.argv, ROOT, isWatched(around) ? ["home"] : []);
    await run(application(ROOT), words, door);
    const code = door.process.exitCode ?? EXIT.failed;
    if (help.length > 0) await writeOut(around, help.join(""));
    if (code >= 0) return code as ExitCode;
    throw parserError(code, said.join("").trim(), words);
  } catch (error) {
    return explain(error, around);
  }
}

function isWatched(around: Surroundings): boolean {
  return around.stdout.isTTY === true && around.stdinIsTerminal && !around.argv.includes("--no-input");
}

/** What the parser refuses is usage; that it can't load a command's module is a fault of ours. */
export function parserError(code: number, said: string, words: readonly string[]): EvenkeelError {
  if (code !== ParserCode.UnknownCommand && code !== ParserCode.InvalidArgument) return new EvenkeelError("BUG", said);
  const verb = commandWords(words.filter((word) => !word.startsWith("-")));
  return new EvenkeelError("USAGE", said, {
    hint: `\`${["evenkeel", ...verb, "--help"].join(" ")}\` shows what can be written`,
  });
}

/** The leading words that name a command or a group. */
function commandWords(words: readonly string[]): string[] {
  const found: string[] = [];
  let at: (typeof ROOT)["commands"][string] = ROOT;
  for (const word of words) {
    const next: (typeof ROOT)["commands"][string] | undefined = at.kind === "group" ? at.commands[word] : undefined;
    if (next === undefined) break;
    found.push(word);
    at = next;
  }
  return found;
}

function writeOut(around: Surroundings, text: string): Promise<void> {
  return new Promise((resolve) => around.stdout.write(text, () => resolve()));
}

async function explain(error: unknown, around: Surroundings): Promise<ExitCode> {
  const [{ tellFailure }, { createHost, guessedPresentation }] = await Promise.all([
    import("./failure.ts"),
    import("./presentation.ts"),
  ]);
  return tellFailure(error, createHost(guessedPresentation(around), around), around.signal);
}
