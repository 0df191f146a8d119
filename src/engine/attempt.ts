import { instant } from "../model/brand.ts";
import type { Clock } from "../model/clock.ts";
import { EvenkeelError } from "../model/errors.ts";
import type { JsonObject } from "../model/json.ts";
import type { Outcome, Step } from "../model/plan.ts";
import { difference } from "./difference.ts";
import type { Journal, Progress } from "./journal.ts";
import type { Executor, LiveState } from "./live-state.ts";

/** What a step is done with. */
export interface Attempting {
  readonly executor: Executor;
  readonly journal: Journal;
  readonly clock: Clock;
  /** What an earlier, interrupted application has done. */
  readonly earlier?: Progress;
  /** `accepted`: a step ends when it is seen to be under way; absent = when its effect is there. */
  readonly until?: "accepted" | undefined;
}

/** Reading back begins soon, as most things are quick, and grows slower, as the rest take minutes. */
const FIRST_POLL_MS = 500;
const LAST_POLL_MS = 16_000;

/** How a step went, and what was read of its resource at the end. */
export interface Attempt {
  readonly outcome: Outcome;
  readonly after?: JsonObject;
}

/** Failures of a single step are values; only what makes all further work senseless stops the run. */
const STOPS_THE_RUN = ["EXPIRED_CREDENTIALS", "NO_CREDENTIALS", "CANCELLED", "STORE_FAILED", "BUG"];

/**
 * Looks at a step's resource, writes down what is about to be done, does it, and reads back until the effect is there.
 * @param outcomes of the steps before
 * @param heard gets AWS's request ids
 * @throws what makes all further work senseless
 */
export async function attempt(
  step: Step,
  outcomes: ReadonlyMap<string, Outcome>,
  options: Attempting,
  heard: Set<string>,
): Promise<Attempt> {
  const blocker = step.after.find((id) => !isDone(outcomes.get(id)));
  if (blocker)
    return { outcome: { kind: "blocked", by: blocker, reason: `it waits for ${blocker}, which was not done` } };
  try {
    const { executor, journal, clock, earlier } = options;
    const live = await steady(step, options);
    if (!live) return { outcome: { kind: "skipped", reason: "it is gone" } };
    if (live.phase === "moving")
      return { outcome: deferred("it was changing by itself and did not come to rest", live) };
    const begun = earlier?.begun.has(step.id) ?? false;
    if (live.phase === "done")
      return {
        outcome: begun ? { kind: "applied" } : { kind: "unchanged", reason: "it is so already" },
        after: live.state,
      };
    // A pause that was begun and cut off may have changed half of what is compared; a removal compares only what tells it
    // from another one.
    const isHalfDone = begun && (step.operation === "pause" || step.operation === "resume");
    const changed = live.refusal ?? (isHalfDone ? undefined : difference(step.expects, live.state));
    if (changed) return { outcome: { kind: "skipped", reason: changed } };
    await journal.write({ kind: "intent", at: instant(clock.now()), step: step.id, before: live.state });
    await executor.act(step, (id) => heard.add(id));
    return await settle(step, options);
  } catch (error) {
    if (!(error instanceof EvenkeelError) || STOPS_THE_RUN.includes(error.code)) throw error;
    if (error.details.requestId) heard.add(error.details.requestId);
    if (error.details.isShortage || error.details.isHeld)
      return { outcome: { kind: "deferred", reason: error.message } };
    return { outcome: { kind: "failed", reason: error.message, code: error.code } };
  }
}

/** What moves by itself (an instance that is just starting) is waited for before it is judged. */
function steady(step: Step, options: Attempting): Promise<LiveState | undefined> {
  return lookUntil(step, options, ({ phase }) => phase !== "moving");
}

/** Reads back until the effect is there, or is seen to come where that is enough, or patience is over. */
async function settle(step: Step, options: Attempting): Promise<Attempt> {
  const isEnough = ({ phase }: LiveState) => phase === "done" || (phase === "moving" && options.until === "accepted");
  const live = await lookUntil(step, options, isEnough);
  if (!live) return { outcome: { kind: "failed", reason: "it was gone after the change" } };
  if (live.phase === "done") return { outcome: { kind: "applied" }, after: live.state };
  if (isEnough(live)) {
    const reason = live.words ? `AWS has accepted it: it is ${live.words}` : "AWS has accepted it";
    return { outcome: { kind: "applied", reason }, after: live.state };
  }
  return { outcome: deferred("its effect did not show in time", live), after: live.state };
}

/** Looks again and again, ever more seldom. Undefined = gone; what is not as wanted then is so after all patience. */
async function lookUntil(
  step: Step,
  { executor, clock }: Attempting,
  isWanted: (live: LiveState) => boolean,
): Promise<LiveState | undefined> {
  const deadline = clock.now() + executor.patienceMs(step);
  for (let polls = 0; ; polls++) {
    const live = await executor.look(step);
    if (!live || isWanted(live) || clock.now() >= deadline) return live;
    // Twice each: 0.5, 0.5, 1, 1, 2, 2, ... seconds.
    const wait = Math.min(LAST_POLL_MS, FIRST_POLL_MS * 2 ** Math.floor(polls / 2));
    await clock.sleep(untilTick(clock.now(), wait));
  }
}

/** Steps that wait look at the same moments, so that their reads are joined into few calls. */
function untilTick(now: number, wait: number): number {
  const left = wait - (now % wait);
  return left < wait / 2 ? left + wait : left;
}

function deferred(why: string, { words }: LiveState): Outcome {
  return { kind: "deferred", reason: words ? `${why}: it is ${words}` : why };
}

function isDone(outcome: Outcome | undefined): boolean {
  return outcome?.kind === "applied" || outcome?.kind === "unchanged";
}
