import { ExitCode as ParserCode, run } from "@stricli/core";
import { EvenkeelError, EXIT, type ExitCode } from "../model/errors.ts";
import { application } from "./application.ts";
import type { CommandGroup } from "./command.ts";
import { completed } from "./completion/words.ts";
import type { Door, Surroundings } from "./door.ts";

/**
 * Parses a command line and runs its command.
 * @throws EvenkeelError USAGE for what can't be parsed
 */
export async function parseAndRun(
  around: Surroundings,
  words: readonly string[],
  root: CommandGroup,
): Promise<ExitCode> {
  const said: string[] = [];
  const keep = { write: (text: string) => void said.push(text) };
  const door: Door = {
    process: { stdout: keep, stderr: keep, env: around.env },
    surroundings: around,
    words: (known) => completed(root, known),
  };
  await run(application(root, words), words, door);
  const code = door.process.exitCode ?? EXIT.failed;
  if (code >= 0) return code as ExitCode;
  throw parserError(code, said.join("").trim(), commandWords(words, root));
}

/** What the parser refuses is usage; that it can't load a command's module is a fault of ours. */
export function parserError(code: number, said: string, command: readonly string[]): EvenkeelError {
  if (code !== ParserCode.UnknownCommand && code !== ParserCode.InvalidArgument) return new EvenkeelError("BUG", said);
  const help = ["evenkeel", ...command, "--help"].join(" ");
  return new EvenkeelError("USAGE", said, { hint: `\`${help}\` shows what can be written` });
}

/** The leading words that name a command or a group. */
function commandWords(words: readonly string[], root: CommandGroup): string[] {
  const found: string[] = [];
  let place: CommandGroup["commands"][string] = root;
  for (const word of words) {
    if (place.kind === "command" || !Object.hasOwn(place.commands, word)) break;
    place = place.commands[word] as CommandGroup["commands"][string];
    found.push(word);
  }
  return found;
}
