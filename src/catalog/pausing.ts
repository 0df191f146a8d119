import { canonical } from "../model/canonical.ts";
import { EvenkeelError } from "../model/errors.ts";
import type { Json, JsonObject } from "../model/json.ts";
import type { Difference, Pause, PauseState, ReadScope, WriteScope } from "./contract.ts";

/**
 * The fields in which two saved states differ, sorted.
 * @param because why AWS can't bring a field back, by its name
 */
export function differences(
  before: JsonObject,
  after: JsonObject,
  because: Readonly<Record<string, string>> = {},
): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((field) => {
    const [was, is]: readonly [Json, Json] = [before[field] ?? null, after[field] ?? null];
    if (canonical(was) === canonical(is)) return [];
    const reason = because[field];
    return [{ field, before: was, after: is, ...(reason ? { because: reason } : {}) }];
  });
}

/** `resumed` of what is back as soon as it runs. @param because as of {@link differences} */
export function cameBack(
  before: JsonObject,
  { phase, saved }: PauseState,
  because?: Readonly<Record<string, string>>,
): ReturnType<Pause["resumed"]> {
  const resumed = { running: "done", moving: "moving", paused: "ready" } as const;
  return { phase: resumed[phase], differs: phase === "running" ? differences(before, saved, because) : [] };
}

/** A state for people, with why AWS let it fall back where it tells. */
export function wordsOf({ words, live }: PauseState): string {
  return typeof live?.fellBack === "string" ? `${words}: ${live.fellBack}` : words;
}

/** The present state, where one that a pause deleted is paused; undefined = gone. */
export async function stateOf(pause: Pause, scope: ReadScope, id: string): Promise<PauseState | undefined> {
  const state = await pause.capture(scope, id);
  return state ?? (pause.goneIsPaused ? { phase: "paused", saved: {}, words: "deleted" } : undefined);
}

const FIRST_POLL_MS = 1_000;
const LAST_POLL_MS = 10_000;

/**
 * Reads again and again until AWS has finished a round.
 * @param look undefined = not yet
 * @throws EvenkeelError AWS_FAILED when it takes longer than it may: what was begun stays, and can be gone on with
 */
export async function finished<T>(
  { clock, signal }: WriteScope,
  minutes: number,
  look: () => Promise<T | undefined>,
): Promise<T> {
  const deadline = clock.now() + minutes * 60_000;
  for (let wait = FIRST_POLL_MS; ; wait = Math.min(LAST_POLL_MS, wait * 2)) {
    const result = await look();
    if (result !== undefined) return result;
    if (clock.now() >= deadline)
      throw new EvenkeelError("AWS_FAILED", `AWS had not finished what was begun after ${minutes} minutes`);
    await clock.sleep(wait, signal);
  }
}
