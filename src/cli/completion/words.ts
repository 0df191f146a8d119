import { allOptions } from "../all-options.ts";
import { type CommandData, type CommandGroup, kebab, type Option } from "../command.ts";
import { ALIASES } from "../options.ts";

/* What can be typed where, for every shell's script. */

export interface CompletedOption {
  /** `--set-active`, `-o` */
  readonly names: readonly string[];
  readonly brief: string;
  /** Undefined = it takes no value; empty = a value that can't be foreseen. */
  readonly values?: readonly string[];
  readonly files?: boolean;
}

/** One command with the words that lead to it. */
export interface CompletedCommand {
  readonly path: readonly string[];
  readonly brief: string;
  readonly options: readonly CompletedOption[];
  /** The words that its first argument can be. */
  readonly values: readonly string[];
}

/** A place where a command word is expected. */
export interface CompletedGroup {
  readonly path: readonly string[];
  readonly words: readonly { readonly word: string; readonly brief: string }[];
}

export interface Completed {
  readonly groups: readonly CompletedGroup[];
  readonly commands: readonly CompletedCommand[];
}

/** Words that come from elsewhere than the commands' data. */
export interface KnownWords {
  /** For `--type`. */
  readonly types: readonly string[];
}

export function completed(root: CommandGroup, known: KnownWords): Completed {
  return walk([], root, known);
}

function walk(path: readonly string[], group: CommandGroup, known: KnownWords): Completed {
  const entries = Object.entries(group.commands).filter(([, each]) => each.kind === "group" || !each.hidden);
  const here: Completed = {
    groups: [{ path, words: entries.map(([word, { brief }]) => ({ word, brief })) }],
    commands: entries.flatMap(([word, each]) =>
      each.kind === "command" ? [commandWords([...path, word], each, known)] : [],
    ),
  };
  const below = entries.flatMap(([word, each]) => (each.kind === "group" ? [walk([...path, word], each, known)] : []));
  return {
    groups: [here, ...below].flatMap(({ groups }) => groups),
    commands: [here, ...below].flatMap(({ commands }) => commands),
  };
}

function commandWords(path: readonly string[], command: CommandData, known: KnownWords): CompletedCommand {
  const options = Object.entries(allOptions(command)).flatMap(([name, option]) => optionWords(name, option, known));
  const first = command.arguments[0];
  const values = first?.name === "TYPE" ? known.types : (first?.values ?? []);
  return {
    path,
    brief: command.brief,
    values,
    options: [...options, { names: ["--help", "-h"], brief: "show the help" }],
  };
}

function optionWords(name: string, option: Option, known: KnownWords): CompletedOption[] {
  const long = `--${kebab(name)}`;
  const letters = Object.entries(ALIASES).flatMap(([letter, each]) => (each === name ? [`-${letter}`] : []));
  const { brief } = option;
  switch (option.kind) {
    case "switch":
      if (option.shown === "no") return [{ names: [`--no-${kebab(name)}`], brief }];
      return option.shown === "both"
        ? [
            { names: [long], brief },
            { names: [`--no-${kebab(name)}`], brief },
          ]
        : [{ names: [long, ...letters], brief }];
    case "choice":
    case "choices":
      return [{ names: [long, ...letters], brief, values: option.values }];
    case "text":
    case "number":
    case "list":
      return [
        { names: [long, ...letters], brief, values: /type$/i.test(name) ? known.types : [], files: name === "config" },
      ];
  }
}
