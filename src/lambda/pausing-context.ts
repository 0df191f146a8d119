import { EvenkeelError } from "../model/errors.ts";
import type { StoreContext } from "./door.ts";
import { untilOver } from "./until-over.ts";

/**
 * What functions that pause and resume work with: their origin tells one container from another, by which a run that is at
 * work is told from one that died. Host names and process ids are the same in many containers.
 * Source: Lambda developer guide, "Defined runtime environment variables" (AWS_LAMBDA_LOG_STREAM_NAME).
 */
export function pausingContext(context: StoreContext): StoreContext {
  const { from, env } = context;
  return { ...context, from: { ...from, host: env.AWS_LAMBDA_LOG_STREAM_NAME || from.host } };
}

/** A misspelt `false` must not make it live. */
export function isDryRun({ env }: StoreContext): boolean {
  return env.DRY_RUN !== "false";
}

/** @throws what the work throws; CANCELLED, saying how it goes on, when the function's time is over first */
export async function inTime<T>({ over }: StoreContext, verb: string, work: Promise<T>): Promise<T> {
  const ended = await untilOver(work, over);
  if (ended === undefined) throw timeIsOver(`the function's time was over before the ${verb} had ended`);
  return ended;
}

/** Lambda invokes again what ends with an error: that is how it goes on. */
export function timeIsOver(text: string): EvenkeelError {
  return new EvenkeelError("CANCELLED", text, {
    hint: "invoked again it goes on, which Lambda does by itself twice; `evenkeel runs` tells how far it came",
    state: "what was begun is in the journal, and what everything was like before in the record",
  });
}
