import { EvenkeelError } from "../../model/errors.ts";
import { type PackerOptions, parsePacker } from "./packer/settings.ts";
import type { ConfirmRuns } from "./policy.ts";
import { parseConfirmRuns } from "./request.ts";

export const LOG_LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** How a scheduled reap goes. */
export interface ReapSettings {
  readonly packer: PackerOptions;
  /** Absent = each policy as it says itself. */
  readonly confirmRuns?: ConfirmRuns;
  /** Removals at once. */
  readonly batchSize: number;
  readonly dryRun: boolean;
  /** What was not as it should be and was taken for its default. */
  readonly warnings: readonly string[];
}

const MOST_AT_ONCE = 50;
const HOURS = "a whole number of hours";

/**
 * Settings from a function's environment. The pace falls back to its default; whatever decides what is removed does not.
 * @throws EvenkeelError USAGE
 */
export function parseReapSettings(env: Readonly<Record<string, string | undefined>>): ReapSettings {
  const warnings: string[] = [];
  const packer = {
    keyPattern: env.KEY_PAIR_PATTERN,
    maxInstanceAge: wholeIn(env, "MAX_INSTANCE_AGE_HOURS", HOURS),
    maxResourceAge: wholeIn(env, "MAX_RESOURCE_AGE_HOURS", HOURS),
  };
  parsePacker(packer);
  const confirmRuns = parseConfirmRuns(wholeIn(env, "CONFIRM_RUNS", "1 or 2"));
  return {
    packer,
    ...(confirmRuns === undefined ? {} : { confirmRuns }),
    batchSize: batchSizeIn(env.BATCH_DELETE_SIZE, warnings),
    // A misspelt `false` must not make it live.
    dryRun: env.DRY_RUN !== "false",
    warnings,
  };
}

/** Digits only: Number() takes `0x10`, `1e1` and an empty text for numbers, too. */
function wholeNumber(text: string): number | undefined {
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

function wholeIn(env: Readonly<Record<string, string | undefined>>, name: string, what: string): number | undefined {
  const text = env[name];
  if (text === undefined) return undefined;
  const number = wholeNumber(text);
  if (number !== undefined) return number;
  throw new EvenkeelError("USAGE", `${name} can't be "${text}": it is ${what}`, {
    hint: `for example ${name}=2`,
  });
}

function batchSizeIn(text: string | undefined, warnings: string[]): number {
  if (text === undefined) return 1;
  const size = wholeNumber(text);
  if (size !== undefined && size >= 1 && size <= MOST_AT_ONCE) return size;
  warnings.push(`BATCH_DELETE_SIZE can't be "${text}": it is a whole number from 1 to ${MOST_AT_ONCE}; 1 is taken`);
  return 1;
}

/** LOG_LEVEL of any function: one that is misspelt must not silence it. @returns with why INFO was taken, where it was */
export function parseLogLevel(text: string | undefined): { readonly level: LogLevel; readonly warning?: string } {
  if (!text) return { level: "INFO" };
  const level = LOG_LEVELS.find((each) => each === text.toUpperCase());
  if (level) return { level };
  const warning = `LOG_LEVEL can't be "${text}": it is one of ${LOG_LEVELS.join(", ")}; INFO is taken`;
  return { level: "INFO", warning };
}
