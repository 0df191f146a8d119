import { EvenkeelError } from "../model/errors.ts";
import { type Command, type CommandGroup, kebab, type Option } from "./command.ts";
import { asksForHelp } from "./help.ts";
import { ALIASES, GLOBAL_OPTIONS } from "./options.ts";

/* Puts the words of a command line into the order and form that the parser takes, before it sees them. */

/**
 * - `help snapshot list` becomes `snapshot list --help`
 * - options in front of the command (`--profile p whoami`, `snapshot --store s list`) move behind it
 * - switches with a value are strict: exactly true or false, `--no-x=false` included
 * @param bare the command for a line without any; none = the help
 * @throws EvenkeelError USAGE
 */
export function arrange(argv: readonly string[], root: CommandGroup, bare: readonly string[]): string[] {
  const end = argv.indexOf("--");
  const escaped = end < 0 ? [] : argv.slice(end);
  const words = strictSwitches(end < 0 ? argv : argv.slice(0, end), root);
  const { path, early, rest } = findCommand(words, root);
  if (path.length + rest.length === 0) {
    if (early.some((word) => asksForHelp(word) || word === "--version")) return early;
    return bare.length + early.length > 0 ? [...bare, ...early] : ["--help"];
  }
  if (path[0] === "help" && path.length === 1) return [...rest, ...early.filter((word) => word !== "--help"), "--help"];
  return [...path, ...rest, ...early, ...escaped];
}

interface Found {
  /** The words of the command, as far as they are known. */
  readonly path: string[];
  /** Options that stood before and between them, each with its value. */
  readonly early: string[];
  readonly rest: string[];
}

function findCommand(words: readonly string[], root: CommandGroup): Found {
  const path: string[] = [];
  const early: string[] = [];
  let place: CommandGroup | Command = root;
  let at = 0;
  while (at < words.length && place.kind === "group") {
    const word = words[at] as string;
    if (word.startsWith("-")) {
      const option = globalOption(word);
      const taken = option !== undefined && option.kind !== "switch" && !word.includes("=") ? 2 : 1;
      early.push(...words.slice(at, at + taken));
      at += taken;
      continue;
    }
    const next: CommandGroup | Command | undefined = Object.hasOwn(place.commands, word)
      ? place.commands[word]
      : undefined;
    if (next === undefined) break;
    path.push(word);
    place = next;
    at += 1;
  }
  return { path, early, rest: words.slice(at) };
}

function globalOption(word: string): Option | undefined {
  const [dashed = ""] = word.split("=", 1);
  const known: Readonly<Record<string, Option>> = GLOBAL_OPTIONS;
  const aliases: Readonly<Record<string, string>> = ALIASES;
  if (!dashed.startsWith("--")) return known[aliases[dashed.slice(1)] ?? ""];
  return Object.entries(known).find(([name]) => kebab(name) === dashed.slice(2))?.[1];
}

function strictSwitches(words: readonly string[], root: CommandGroup): string[] {
  if (!words.some((word) => word.startsWith("-") && word.includes("="))) return [...words];
  const switches = new Set(["help", ...switchNames(root), ...namesOf(GLOBAL_OPTIONS)]);
  return words.map((word) => {
    const [, dashes, raw, value] = /^(--?)([a-zA-Z][\w-]*)=(.*)$/s.exec(word) ?? [];
    if (raw === undefined || value === undefined) return word;
    if (value === "") throw new EvenkeelError("USAGE", `${dashes}${raw} wants a value after the equals sign`);
    const name = dashes === "-" ? ((ALIASES as Readonly<Record<string, string>>)[raw] ?? raw) : raw;
    const negated = name.startsWith("no-") && switches.has(name.slice(3));
    if (!negated && !switches.has(name)) return word;
    const plain = negated ? name.slice(3) : name;
    if (value !== "true" && value !== "false")
      throw new EvenkeelError("USAGE", `${dashes}${raw} can't be "${value}": it is exactly true or false`, {
        hint: `for example --${plain}, --no-${plain} or --${plain}=false`,
      });
    return (value === "true") === negated ? `--no-${plain}` : `--${plain}`;
  });
}

function switchNames(target: CommandGroup | Command): string[] {
  return target.kind === "group" ? Object.values(target.commands).flatMap(switchNames) : namesOf(target.options);
}

function namesOf(options: Readonly<Record<string, Option>>): string[] {
  return Object.entries(options).flatMap(([name, option]) => (option.kind === "switch" ? [kebab(name)] : []));
}
