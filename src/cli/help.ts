import { type Command, type CommandData, type CommandGroup, kebab, type Option, type Options } from "./command.ts";
import { ALIASES, GLOBAL_OPTIONS, SELECTION_OPTIONS } from "./options.ts";

/* Help pages, from the commands' data. Nothing is loaded for them. */

/** Wider lines are hard to read, narrower ones need more of them. */
const WIDTH = 100;
const OPTION_COLUMN = 30;

/** Whether a word asks for a page instead of a run. */
export function asksForHelp(word: string): boolean {
  return word === "--help" || word === "-h";
}

/**
 * The page that a command line asks for: a command's with `--help`, a group's also without.
 * @returns undefined for a line that is to be run, or refused
 */
export function helpPage(words: readonly string[], root: CommandGroup): string | undefined {
  const prefix = ["evenkeel"];
  let place: CommandGroup | Command = root;
  let at = 0;
  while (place.kind === "group" && at < words.length && Object.hasOwn(place.commands, words[at] as string)) {
    place = place.commands[words[at] as string] as CommandGroup | Command;
    prefix.push(words[at] as string);
    at += 1;
  }
  const end = words.indexOf("--");
  const rest = words.slice(at, end < 0 ? undefined : end);
  if (place.kind === "group") return rest.every(asksForHelp) ? groupHelp(prefix, place) : undefined;
  return rest.some(asksForHelp) ? commandHelp(prefix, place) : undefined;
}

/** The page of a word with commands below it; of the tool itself where `prefix` is its name alone. */
function groupHelp(prefix: readonly string[], group: CommandGroup): string {
  const name = prefix.join(" ");
  const rows = listed(group).map(([words, brief]) => [words, brief] as const);
  const column = Math.max(...rows.map(([words]) => words.length)) + 2;
  const isRoot = prefix.length === 1;
  return page([
    `${name}: ${group.description ?? group.brief}`,
    section("Usage", [`${name} COMMAND [OPTIONS]`]),
    section(
      "Commands",
      rows.map(([words, brief]) => words.padEnd(column) + brief),
    ),
    isRoot ? section("Global options", optionRows(GLOBAL_OPTIONS)) : "",
    `\`${name} COMMAND --help\` shows the options and examples of a command.`,
  ]);
}

/** All commands below a group, each with its words: `snapshot create`. */
function listed(group: CommandGroup): [string, string][] {
  return Object.entries(group.commands).flatMap(([name, each]): [string, string][] => {
    if (each.kind === "group") return listed(each).map(([words, brief]) => [`${name} ${words}`, brief]);
    return each.hidden ? [] : [[name, each.brief]];
  });
}

/** The page of one command. */
function commandHelp(prefix: readonly string[], command: CommandData): string {
  const name = prefix.join(" ");
  const taken = command.arguments.map((argument) => (argument.optional ? `[${argument.name}]` : argument.name));
  const isSelection = (option: string) => option in SELECTION_OPTIONS;
  const { output, ...global } = GLOBAL_OPTIONS;
  return page([
    `${name}: ${command.brief}`,
    command.description ? wrap(command.description, WIDTH).join("\n") : "",
    section("Usage", [[name, ...taken, "[OPTIONS]"].join(" ")]),
    section(
      "Arguments",
      command.arguments.map((each) =>
        row(each.name, each.values ? `${each.brief}: ${each.values.join(", ")}` : each.brief),
      ),
    ),
    section(
      "Examples",
      command.examples.map((each) => `${each.line}\n      ${each.says}`),
    ),
    section("Options", optionRows(only(command.options, (option) => !isSelection(option)))),
    section("Which resources", optionRows(only(command.options, isSelection))),
    section(
      "Global options",
      optionRows({ ...global, output: command.formats ? { ...output, values: command.formats } : output }),
    ),
  ]);
}

function only(options: Options, wanted: (name: string) => boolean): Options {
  return Object.fromEntries(Object.entries(options).filter(([name]) => wanted(name)));
}

function optionRows(options: Options): string[] {
  return Object.entries(options).map(([name, option]) => row(spelled(name, option), described(option)));
}

/** `-o, --output FORMAT`, `--set-active, --no-set-active` */
function spelled(name: string, option: Option): string {
  const letter = Object.entries(ALIASES).find(([, each]) => each === name)?.[0];
  const long = kebab(name);
  const front = letter ? `-${letter}, ` : "";
  switch (option.kind) {
    case "switch":
      if (option.shown === "no") return `--no-${long}`;
      return option.shown === "both" ? `--${long}, --no-${long}` : `${front}--${long}`;
    case "choice":
    case "choices":
      return `${front}--${long} ${name === "output" ? "FORMAT" : "WORD"}`;
    case "text":
    case "number":
    case "list":
      return `${front}--${long} ${option.placeholder}`;
  }
}

function described(option: Option): string {
  if (option.kind === "choice") return `${option.brief}: ${option.values.join(", ")}`;
  if (option.kind === "choices") return `${option.brief}: ${option.values.join(", ")}; repeatable`;
  return option.brief;
}

function row(name: string, text: string): string {
  const [first = "", ...more] = wrap(text, WIDTH - OPTION_COLUMN - 2);
  const indent = " ".repeat(OPTION_COLUMN + 2);
  const head = name.length < OPTION_COLUMN ? name.padEnd(OPTION_COLUMN) + first : `${name}\n${indent}${first}`;
  return [head, ...more.map((line) => indent + line)].join("\n");
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

function section(title: string, rows: readonly string[]): string {
  return rows.length === 0 ? "" : [`${title}:`, ...rows.map((each) => `  ${each}`)].join("\n");
}

function page(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}
