import type { Loudness } from "../io/terminal.ts";
import { EvenkeelError } from "../model/errors.ts";
import type { ConfigFile } from "./config-file.ts";
import { SETTING_RULES, type SettingName, type SettingRule, type SettingTypes } from "./setting-rules.ts";

/** Where a value came from. */
export type Source =
  | { readonly kind: "flag"; readonly name: string }
  | { readonly kind: "environment"; readonly name: string }
  | { readonly kind: "file"; readonly path: string; readonly line: number }
  | { readonly kind: "default" };

/** A value with its source; undefined = not set, and no default. */
export interface Setting<T> {
  readonly value: T;
  readonly source: Source;
}

export type Settings = { readonly [Name in SettingName]: Setting<SettingTypes[Name]> };

type Environment = Readonly<Record<string, string | undefined>>;

/** Where values are looked for. */
interface Inputs {
  /** What the person typed, by option name. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly env: Environment;
  readonly file?: ConfigFile | undefined;
  /** What `evenkeel setup` has saved: asked last. */
  readonly saved?: ConfigFile | undefined;
  /** Values of `--output` that the command knows. */
  readonly formats: readonly string[];
}

/**
 * The effective settings: flag before environment before file before what setup saved before default.
 * @throws EvenkeelError USAGE when a value is not possible, with where it stands
 */
export function resolveSettings(inputs: Inputs): Settings {
  const sources = [inputs.file, meantFor(inputs)];
  const resolve = <Name extends SettingName>(name: Name): [Name, Setting<SettingTypes[Name]>] => [
    name,
    effective(name, inputs, sources),
  ];
  const names = Object.keys(SETTING_RULES) as SettingName[];
  const settings = Object.fromEntries(names.map(resolve)) as Settings;
  check(settings, inputs.formats);
  return settings;
}

/** Whose account a run works on. Half of it from one place and half from another could be an account that nobody meant. */
const SIGN_IN: readonly SettingName[] = ["profile", "roleArn", "externalId", "mfaSerial", "endpointUrl"];

/** The saved file; without its sign-in where this run was told to sign in in any other way. */
function meantFor(inputs: Inputs): ConfigFile | undefined {
  const { saved } = inputs;
  if (!saved) return undefined;
  const differs = SIGN_IN.some((name) => {
    const { value, source } = effective(name, inputs, [inputs.file]);
    return source.kind !== "default" && value !== saved.values[SETTING_RULES[name].key];
  });
  if (!differs) return saved;
  const keys = new Set<string>(SIGN_IN.map((name) => SETTING_RULES[name].key));
  return { ...saved, values: Object.fromEntries(Object.entries(saved.values).filter(([key]) => !keys.has(key))) };
}

function effective<Name extends SettingName>(
  name: Name,
  { given, env }: Inputs,
  files: readonly (ConfigFile | undefined)[],
): Setting<SettingTypes[Name]> {
  const rule = SETTING_RULES[name] as SettingRule<SettingTypes[Name]>;
  const typed = rule.flags.filter((flag) => given[flag] !== undefined);
  if (typed.length > 0) {
    const values = typed.map((flag) => given[flag]);
    const value = Array.isArray(values[0]) ? values.flat() : values[0];
    // The others of its flags are one plain word.
    const first = typed[0] === name ? rule.key : typed[0];
    return { value: value as SettingTypes[Name], source: { kind: "flag", name: `--${first}` } };
  }
  // An empty variable is one that somebody wanted to unset.
  const variable = rule.env.find((each) => env[each]);
  if (variable)
    return { value: rule.parse(env[variable] as string, variable), source: { kind: "environment", name: variable } };
  const file = rule.inFile ? files.find((each) => each?.values[rule.key] !== undefined) : undefined;
  if (file)
    return {
      value: file.values[rule.key] as SettingTypes[Name],
      source: { kind: "file", path: file.path, line: file.lineOf(rule.key) },
    };
  return { value: rule.fallback, source: { kind: "default" } };
}

function check({ output, headRoom, quiet, verbose, regions }: Settings, formats: readonly string[]): void {
  if (!formats.includes(output.value))
    refuse(output, `"${output.value}" is no form of this result`, `one of ${formats.join(", ")}`);
  if (!(headRoom.value >= 0 && headRoom.value <= 0.9))
    refuse(headRoom, `head-room is ${headRoom.value}`, "a share from 0 to 0.9, for example --head-room 0.5");
  if (quiet.value && verbose.value && quiet.source.kind === verbose.source.kind)
    refuse(verbose, "quiet and verbose exclude each other", "give one of them");
  if (regions.value?.some((region) => region.trim() === ""))
    refuse(regions, "an empty region in the list", "for example --regions eu-west-1,us-east-1");
}

function refuse(setting: Setting<unknown>, what: string, hint: string): never {
  throw new EvenkeelError("USAGE", `${place(setting.source)}: ${what}`, { hint });
}

const RANK: Readonly<Record<Source["kind"], number>> = { flag: 0, environment: 1, file: 2, default: 3 };

/** Of two switches that exclude each other, the one that was said nearer to this run. */
export function loudness({ quiet, verbose }: Settings): Loudness {
  if (quiet.value && verbose.value) return RANK[verbose.source.kind] < RANK[quiet.source.kind] ? "verbose" : "quiet";
  return quiet.value ? "quiet" : verbose.value ? "verbose" : "normal";
}

/** `--store`, `EVENKEEL_STORE`, `/home/me/evenkeel.yaml:3`, `default` */
export function place(source: Source): string {
  switch (source.kind) {
    case "file":
      return `${source.path}:${source.line}`;
    case "default":
      return "default";
    case "flag":
    case "environment":
      return source.name;
  }
}
