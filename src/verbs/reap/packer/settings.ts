import { EvenkeelError } from "../../../model/errors.ts";

/** What a person may set of the packer policy. */
export interface PackerOptions {
  /** How the names of key pairs of builds begin; letter case counts. */
  readonly keyPattern?: string | undefined;
  /** Hours. */
  readonly maxInstanceAge?: number | undefined;
  /** Hours. */
  readonly maxResourceAge?: number | undefined;
}

export interface PackerSettings {
  readonly keyPattern: string;
  readonly maxInstanceAgeMs: number;
  readonly maxResourceAgeMs: number;
}

const HOUR = 3_600_000;
const USUAL_HOURS = 2;
/** A build of more than a week is none. */
const MOST_HOURS = 168;

/** @throws EvenkeelError USAGE */
export function parsePacker(options: PackerOptions): PackerSettings {
  const { keyPattern = "packer_", maxInstanceAge = USUAL_HOURS, maxResourceAge = USUAL_HOURS } = options;
  const wrong = (what: string, hint: string) => new EvenkeelError("USAGE", what, { hint });
  // Every name begins with nothing.
  if (keyPattern.trim() === "") throw wrong("the key pattern can't be empty: it would match every key", "packer_");
  if (!Number.isInteger(maxInstanceAge) || maxInstanceAge < 1 || maxInstanceAge > MOST_HOURS)
    throw wrong(
      `the greatest age of an instance can't be ${maxInstanceAge}: it is a whole number of hours from 1 to ${MOST_HOURS}`,
      `for example ${USUAL_HOURS}`,
    );
  if (!Number.isInteger(maxResourceAge) || maxResourceAge < 1)
    throw wrong(
      `the greatest age of other resources can't be ${maxResourceAge}: it is a whole number of hours from 1`,
      `for example ${USUAL_HOURS}`,
    );
  return { keyPattern, maxInstanceAgeMs: maxInstanceAge * HOUR, maxResourceAgeMs: maxResourceAge * HOUR };
}
