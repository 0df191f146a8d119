import { allOptions } from "./all-options.ts";
import type { CommandData, Option } from "./command.ts";
import { ALIASES } from "./options.ts";

/** A command's options and arguments as the parser wants them. */
export function parameters(command: CommandData): object {
  const flags = Object.entries(allOptions(command)).map(([name, option]) => [name, flag(option)]);
  const positional = command.arguments.map(({ name, brief, optional }) => ({
    placeholder: name,
    brief,
    parse: String,
    ...(optional ? { optional } : {}),
  }));
  return { flags: Object.fromEntries(flags), aliases: ALIASES, positional: { kind: "tuple", parameters: positional } };
}

/** All are optional: what is absent comes from elsewhere. */
function flag(option: Option): object {
  const { brief } = option;
  switch (option.kind) {
    case "switch":
      return { kind: "boolean", optional: true, brief };
    case "choice":
      return { kind: "enum", optional: true, brief, values: option.values };
    case "choices":
      return { kind: "enum", optional: true, brief, values: option.values, variadic: "," };
    case "text":
      return { kind: "parsed", optional: true, brief, parse: String };
    case "number":
      return { kind: "parsed", optional: true, brief, parse: number };
    case "list":
      // `a, b` in quotes means the same as `a,b`; tags and names may begin with a blank.
      return option.separator
        ? { kind: "parsed", optional: true, brief, parse: (text: string) => text.trim(), variadic: option.separator }
        : { kind: "parsed", optional: true, brief, parse: String, variadic: true };
  }
}

function number(text: string): number {
  if (text.trim() === "" || !Number.isFinite(Number(text))) throw new SyntaxError("that is not a number");
  return Number(text);
}
