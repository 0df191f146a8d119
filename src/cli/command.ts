import type { ExitCode } from "../model/errors.ts";
import type { Frame } from "./frame.ts";

/* Commands are data: what they take, what help says of them, and where their behaviour is loaded from. */

interface OptionText {
  readonly brief: string;
}

/** An option as data. Names are camelCase here and kebab-case on the command line. */
export type Option = OptionText &
  (
    | {
        readonly kind: "switch";
        /** Help shows the name that a person would type: `--no-color`. */
        readonly shown?: "yes" | "no" | "both";
      }
    | { readonly kind: "text"; readonly placeholder: string }
    | { readonly kind: "number"; readonly placeholder: string }
    | { readonly kind: "choice"; readonly values: readonly string[] }
    /** Repeatable; with a separator also several in one. */
    | { readonly kind: "list"; readonly placeholder: string; readonly separator?: "," }
    | { readonly kind: "choices"; readonly values: readonly string[] }
  );
export type Options = Readonly<Record<string, Option>>;

export interface Argument {
  /** `NAME` */
  readonly name: string;
  readonly brief: string;
  readonly optional?: boolean;
  /** The only words it can be, for help and completion. */
  readonly values?: readonly string[];
}

type ValueOf<O extends Option> = O extends { kind: "switch" }
  ? boolean
  : O extends { kind: "number" }
    ? number
    : O extends { kind: "choice"; values: readonly (infer V)[] }
      ? V
      : O extends { kind: "choices"; values: readonly (infer V)[] }
        ? readonly V[]
        : O extends { kind: "list" }
          ? readonly string[]
          : string;

/** The values that a person gave; nothing is filled in here. */
export type Given<O extends Options> = { readonly [Name in keyof O]?: ValueOf<O[Name]> | undefined };

type ArgumentValue<A> = A extends { readonly optional: true } ? string | undefined : string;
export type GivenArguments<A extends readonly Argument[]> = { readonly [At in keyof A]: ArgumentValue<A[At]> };

/** A command's behaviour; its module exports it as `run`. */
export type Action<C extends CommandData> = (
  frame: Frame,
  options: Given<C["options"]>,
  ...args: GivenArguments<C["arguments"]>
) => Promise<ExitCode>;

/** What help, parser and completion know of a command. */
export interface CommandData {
  readonly brief: string;
  /** Further sentences for its own help page. */
  readonly description?: string;
  readonly examples: readonly { readonly line: string; readonly says: string }[];
  readonly options: Options;
  readonly arguments: readonly Argument[];
  /** Values of `--output`; absent = the usual four. */
  readonly formats?: readonly string[];
  /** What Ctrl-C leaves behind, as a sentence. */
  readonly cancelled?: string;
  readonly hidden?: boolean;
}

/** A command with the way to its behaviour. */
export interface Command extends CommandData {
  readonly kind: "command";
  readonly load: () => Promise<{ readonly run: (frame: Frame, options: never, ...args: never[]) => Promise<ExitCode> }>;
}

/** A word with commands below it: `snapshot`. */
export interface CommandGroup {
  readonly kind: "group";
  readonly brief: string;
  readonly description?: string;
  readonly commands: Readonly<Record<string, Command | CommandGroup>>;
}

type CommandText = Omit<CommandData, "options" | "arguments">;

interface TypedCommand<O extends Options, A extends readonly Argument[]> extends CommandText {
  readonly options: O;
  readonly arguments: A;
}

/** Writes a command down; the result keeps the literal types of its options and arguments, for `Action`. */
export function command<
  const O extends Options = Record<never, never>,
  const A extends readonly Argument[] = readonly [],
>(data: CommandText & { readonly options?: O; readonly arguments?: A }): TypedCommand<O, A> {
  return { ...data, options: data.options ?? ({} as O), arguments: data.arguments ?? ([] as unknown as A) };
}

/** Ties a command to the module that has its behaviour. Apart from `command`, because that module's types are made of it. */
export function loads<C extends CommandData>(data: C, load: () => Promise<{ readonly run: Action<C> }>): Command {
  return { ...data, kind: "command", load: load as Command["load"] };
}

export function group(data: Omit<CommandGroup, "kind">): CommandGroup {
  return { kind: "group", ...data };
}

/** `setActive` -> `set-active`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
