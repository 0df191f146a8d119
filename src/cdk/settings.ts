import { Token, Tokenization } from "aws-cdk-lib";
import type { RawSelection } from "../engine/selection.ts";
import { LOG_LEVELS } from "../verbs/reap/settings.ts";
import { PARAMETERS, type Parameter } from "../verbs/shed/parameters.ts";
import { formOf } from "../verbs/shed/settings.ts";

/* What the functions are told by their environment, as data: props, template parameters, context and docs are made of it. */

export type Settings = Readonly<Record<string, Parameter>>;

export const LOG_LEVEL = {
  "log-level": {
    kind: "choice",
    env: "LOG_LEVEL",
    placeholder: "WORD",
    brief: "the least serious lines that are logged",
    values: LOG_LEVELS,
    usual: "INFO",
  },
} as const satisfies Settings;

const DRY_RUN = {
  "dry-run": {
    kind: "choice",
    env: "DRY_RUN",
    placeholder: "WORD",
    brief: "only tells what it would do, unless this is exactly false",
    values: ["true", "false"],
    usual: "true",
  },
} as const satisfies Settings;

/** The ranges are those of `verbs/reap/settings.ts`, which has the last word; a test compares them. */
export const REAPER = {
  ...DRY_RUN,
  "max-instance-age-hours": {
    kind: "number",
    env: "MAX_INSTANCE_AGE_HOURS",
    placeholder: "HOURS",
    brief: "a build's instance that is older has failed",
    least: 1,
    most: 168,
    usual: 2,
  },
  "max-resource-age-hours": {
    kind: "number",
    env: "MAX_RESOURCE_AGE_HOURS",
    placeholder: "HOURS",
    brief: "what else of a build is older and unused is left over",
    least: 1,
    most: 999_999,
    usual: 2,
  },
  "key-pair-pattern": {
    kind: "text",
    env: "KEY_PAIR_PATTERN",
    placeholder: "TEXT",
    brief: "how the names of the key pairs of builds begin; letter case counts",
    usual: "packer_",
    pattern: /^.*\S.*$/,
    form: "a text that is not empty",
  },
  "batch-delete-size": {
    kind: "number",
    env: "BATCH_DELETE_SIZE",
    placeholder: "N",
    brief: "removals at once",
    least: 1,
    most: 50,
    usual: 1,
  },
  "confirm-runs": {
    kind: "number",
    env: "CONFIRM_RUNS",
    placeholder: "N",
    brief: "2 = the first run that finds something only marks it, and the next one removes it",
    otherwise: "as each policy says",
    least: 1,
    most: 2,
  },
  ...LOG_LEVEL,
} as const satisfies Settings;

/** Of pause, resume and stay-stopped. */
export const PAUSING = { ...DRY_RUN, ...LOG_LEVEL } as const satisfies Settings;

export const WATCH = {
  "set-baseline": {
    kind: "choice",
    env: "EVENKEEL_SET_BASELINE",
    placeholder: "WORD",
    brief: "true = where there is no baseline yet, the snapshot becomes it",
    values: ["true", "false"],
    usual: "false",
  },
  ...LOG_LEVEL,
} as const satisfies Settings;

type OfStack = "state" | "queue" | "topic" | "alarm";
const { state: _state, queue: _queue, topic: _topic, alarm: _alarm, ...shedding } = PARAMETERS;
/** Without what the stack makes itself. */
export const SHEDDER = { ...shedding, ...LOG_LEVEL } as const satisfies Settings & Partial<Record<OfStack, never>>;

/** `shed-percent` -> `shedPercent` */
export type Camel<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<Camel<Rest>>}`
  : Name;

type ValueOf<Fact extends Parameter> = Fact extends { readonly kind: "number" }
  ? number
  : Fact extends { readonly kind: "list" }
    ? readonly string[]
    : Fact extends { readonly kind: "choice"; readonly values: readonly (infer Word)[] }
      ? Word extends "true" | "false"
        ? boolean
        : Word
      : string;

type RequiredNames<Table extends Settings> = {
  [Name in keyof Table]: Table[Name] extends { readonly isRequired: true } ? Name : never;
}[keyof Table];

/** The table as props of a construct: names in camel case, each value of its kind. */
export type PropsOf<Table extends Settings> = {
  readonly [Name in RequiredNames<Table> & string as Camel<Name>]: ValueOf<Table[Name]>;
} & {
  readonly [Name in Exclude<keyof Table, RequiredNames<Table>> & string as Camel<Name>]?: ValueOf<Table[Name]>;
};

export type Environment = Readonly<Record<string, string>>;

/** @example `shed-percent` -> `shedPercent` */
export function camel(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** @example `shed-percent` -> `ShedPercent`, as a template's parameter is called */
export function pascal(name: string): string {
  return camel(name).replace(/^./, (letter) => letter.toUpperCase());
}

/**
 * The props as environment variables; what is not given is left to the function, which has the usual value.
 * @throws for a word that is none of those there are: the function would take some for their default
 */
export function environmentOf(table: Settings, props: object): Record<string, string> {
  const values = props as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(table).flatMap(([name, fact]) => {
      const value = values[camel(name)];
      if (value === undefined) return [];
      const text = textOf(value);
      if (fact.kind === "choice" && !Token.isUnresolved(text) && !fact.values.includes(text))
        throw new Error(`${fact.env} can't be "${text}": it is ${formOf(fact)}`);
      return [[fact.env, text]];
    }),
  );
}

function textOf(value: unknown): string {
  if (typeof value === "number") return Tokenization.stringifyNumber(value);
  return Array.isArray(value) ? value.join(",") : String(value);
}

/**
 * The environment as far as it is known while a stack is made: what CloudFormation fills in later, the function itself
 * checks when it starts.
 */
export function knownOf(environment: Environment): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => !Token.isUnresolved(value)));
}

/** As the functions read it. */
export function selectionOf(selection: RawSelection | string | undefined): Record<string, string> {
  if (selection === undefined) return {};
  return { EVENKEEL_SELECTION: typeof selection === "string" ? selection : JSON.stringify(selection) };
}
