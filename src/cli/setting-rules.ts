import { EvenkeelError } from "../model/errors.ts";
import { isCi } from "./ci.ts";

/** The settings that every command has, with their values' types. */
export interface SettingTypes {
  profile: string | undefined;
  roleArn: string | undefined;
  externalId: string | undefined;
  mfaSerial: string | undefined;
  /** Where to sign in; does not limit what is looked at. */
  defaultRegion: string | undefined;
  /** Undefined = all enabled ones. */
  regions: readonly string[] | undefined;
  endpointUrl: string | undefined;
  store: string;
  /** Where pause records are copied to; undefined = nowhere. */
  backup: string | undefined;
  output: string;
  quiet: boolean;
  verbose: boolean;
  /** Undefined = the terminal decides. */
  color: boolean | undefined;
  yes: boolean;
  input: boolean;
  headRoom: number;
}
export type SettingName = keyof SettingTypes;

/** Where a setting is looked for, and its default. */
export interface SettingRule<T> {
  /** Its name in the configuration file. */
  readonly key: string;
  /** The flags that set it, by their option names. */
  readonly flags: readonly string[];
  /** Environment variables, the first that is set counts. */
  readonly env: readonly string[];
  /** A text of the environment as a value. @throws EvenkeelError naming the variable */
  readonly parse: (text: string, variable: string) => T;
  readonly inFile: boolean;
  readonly fallback: T;
}

const text = (value: string): string => value;

/** Each setting, in the order in which they are shown. */
export const SETTING_RULES: { readonly [Name in SettingName]: SettingRule<SettingTypes[Name]> } = {
  profile: {
    key: "profile",
    flags: ["profile"],
    env: ["EVENKEEL_PROFILE", "AWS_PROFILE"],
    parse: text,
    inFile: true,
    fallback: undefined,
  },
  roleArn: {
    key: "role-arn",
    flags: ["roleArn"],
    env: ["EVENKEEL_ROLE_ARN"],
    parse: text,
    inFile: true,
    fallback: undefined,
  },
  externalId: {
    key: "external-id",
    flags: ["externalId"],
    env: ["EVENKEEL_EXTERNAL_ID"],
    parse: text,
    inFile: true,
    fallback: undefined,
  },
  mfaSerial: {
    key: "mfa-serial",
    flags: ["mfaSerial"],
    env: ["EVENKEEL_MFA_SERIAL"],
    parse: text,
    inFile: true,
    fallback: undefined,
  },
  defaultRegion: {
    key: "default-region",
    flags: [],
    env: ["AWS_REGION", "AWS_DEFAULT_REGION"],
    parse: text,
    inFile: false,
    fallback: undefined,
  },
  regions: {
    key: "regions",
    flags: ["region", "regions"],
    env: ["EVENKEEL_REGIONS"],
    parse: list,
    inFile: true,
    fallback: undefined,
  },
  endpointUrl: {
    key: "endpoint-url",
    flags: ["endpointUrl"],
    env: ["EVENKEEL_ENDPOINT_URL", "AWS_ENDPOINT_URL"],
    parse: text,
    inFile: true,
    fallback: undefined,
  },
  store: {
    key: "store",
    flags: ["store"],
    env: ["EVENKEEL_STORE"],
    parse: text,
    inFile: true,
    fallback: "file:./.evenkeel",
  },
  backup: {
    key: "backup",
    flags: ["backup"],
    env: ["EVENKEEL_BACKUP"],
    parse: text,
    inFile: true,
    fallback: undefined,
  },
  output: { key: "output", flags: ["output"], env: ["EVENKEEL_OUTPUT"], parse: text, inFile: true, fallback: "table" },
  quiet: {
    key: "quiet",
    flags: ["quiet"],
    env: ["EVENKEEL_QUIET"],
    parse: strictBoolean,
    inFile: true,
    fallback: false,
  },
  verbose: {
    key: "verbose",
    flags: ["verbose"],
    env: ["EVENKEEL_VERBOSE"],
    parse: strictBoolean,
    inFile: true,
    fallback: false,
  },
  color: {
    key: "color",
    flags: ["color"],
    env: ["EVENKEEL_COLOR", "NO_COLOR"],
    parse: colour,
    inFile: true,
    fallback: undefined,
  },
  // Not in the file: what is written down once can't answer for a person who looks at a plan.
  yes: { key: "yes", flags: ["yes"], env: ["EVENKEEL_YES"], parse: strictBoolean, inFile: false, fallback: false },
  input: {
    key: "input",
    flags: ["input"],
    env: ["EVENKEEL_INPUT", "CI"],
    parse: input,
    inFile: true,
    fallback: true,
  },
  headRoom: {
    key: "head-room",
    flags: ["headRoom"],
    env: ["EVENKEEL_HEAD_ROOM"],
    parse: decimal,
    inFile: true,
    fallback: 0.5,
  },
};

/** Exactly `true` or `false`; anything else could be meant either way. */
function strictBoolean(value: string, variable: string): boolean {
  if (value === "true" || value === "false") return value === "true";
  throw new EvenkeelError("USAGE", `${variable} can't be "${value}": it is exactly true or false`, {
    hint: `for example ${variable}=true`,
  });
}

function colour(value: string, variable: string): boolean {
  return variable === "NO_COLOR" ? false : strictBoolean(value, variable);
}

function input(value: string, variable: string): boolean {
  return variable === "CI" ? !isCi({ CI: value }) : strictBoolean(value, variable);
}

function decimal(value: string, variable: string): number {
  const number = Number(value);
  if (value.trim() !== "" && Number.isFinite(number)) return number;
  throw new EvenkeelError("USAGE", `${variable} can't be "${value}": it is a number`, {
    hint: `for example ${variable}=0.5`,
  });
}

function list(value: string): readonly string[] {
  return value.split(",").map((each) => each.trim());
}
