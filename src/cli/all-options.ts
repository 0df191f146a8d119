import type { CommandData, Options } from "./command.ts";
import { GLOBAL_OPTIONS } from "./options.ts";

/** The options of a command with the global ones. */
export function allOptions(command: CommandData): Options {
  const { output, ...others } = GLOBAL_OPTIONS;
  return { ...command.options, ...others, output: command.formats ? { ...output, values: command.formats } : output };
}
