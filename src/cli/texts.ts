import {
  AliasNotFoundError,
  type ApplicationText,
  ArgumentParseError,
  EnumValidationError,
  FlagNotFoundError,
  text_en,
  UnexpectedFlagError,
  UnexpectedPositionalError,
  UnsatisfiedFlagError,
  UnsatisfiedPositionalError,
} from "@stricli/core";
import { kebab } from "./command.ts";

/** What the parser says, in the words of this tool. */
export const texts: ApplicationText = {
  ...text_en,
  noCommandRegisteredForInput: ({ input, corrections }) =>
    input.startsWith("-")
      ? `${input} stands where a command is expected\n`
      : `there is no command "${input}"${suggestion(corrections.map((each) => each.replaceAll("`", "")))}\n`,
  // Several mistakes come one by one; each gets a line of its own.
  exceptionWhileParsingArguments: (error) => `${mistake(error)}\n`,
};

function mistake(error: unknown): string {
  if (error instanceof FlagNotFoundError)
    return `there is no option --${error.input}${suggestion(error.corrections.map((each) => `--${kebab(each)}`))}`;
  if (error instanceof AliasNotFoundError) return `there is no option -${error.input}`;
  if (error instanceof ArgumentParseError)
    return `${named(error.externalFlagNameOrPlaceholder)} can't be "${error.input}": ${messageOf(error.exception)}`;
  if (error instanceof EnumValidationError)
    return `--${error.externalFlagName} can't be "${error.input}": it is one of ${error.values.join(", ")}`;
  if (error instanceof UnsatisfiedFlagError)
    return `--${error.externalFlagName} wants a value${error.nextFlagName ? `, but --${error.nextFlagName} comes next` : ""}`;
  if (error instanceof UnexpectedPositionalError) return `"${error.input}" is one argument too many`;
  if (error instanceof UnsatisfiedPositionalError) return `${error.placeholder} is missing`;
  if (error instanceof UnexpectedFlagError)
    return `--${error.externalFlagName} is given twice: "${error.previousInput}" and "${error.input}"`;
  return messageOf(error);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function named(flagOrPlaceholder: string): string {
  return /^[A-Z]/.test(flagOrPlaceholder) ? flagOrPlaceholder : `--${flagOrPlaceholder}`;
}

function suggestion(corrections: readonly string[]): string {
  return corrections.length === 0 ? "" : `; did you mean ${corrections.join(" or ")}?`;
}
