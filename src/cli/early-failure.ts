import type { ExitCode } from "../model/errors.ts";
import type { Surroundings } from "./door.ts";
import { tellFailure } from "./failure.ts";
import { createHost, guessedPresentation } from "./presentation.ts";

/** Tells of what is wrong with the command line itself, before settings are known. */
export function tellEarlyFailure(error: unknown, around: Surroundings): ExitCode {
  return tellFailure(error, createHost(guessedPresentation(around), around), around.signal);
}
