import type { PauseState } from "../catalog/contract.ts";
import { denial, OTHER_DENIAL } from "../catalog/denying.ts";
import { finished } from "../catalog/pausing.ts";
import { factsOf } from "../catalog/registry.ts";
import { writeScope } from "../catalog/scope.ts";
import { EvenkeelError } from "../model/errors.ts";
import { isJsonObject, type JsonObject } from "../model/json.ts";
import { type Plan, reachOf, type Step } from "../model/plan.ts";
import { QUARANTINE_TAG, withoutQuarantine } from "../model/quarantine.ts";
import { freshLooks } from "./fresh-looks.ts";
import { heldBy } from "./held-by.ts";
import type { Executor, LiveState } from "./live-state.ts";
import type { Looking } from "./look-around.ts";
import { pauseExecutor } from "./pause-executor.ts";
import { identityOf, type Removable, readRemovable, regionOf } from "./removable.ts";

/**
 * What a quarantine expects to find: that resource with its tags and AWS's own protection, and what runs of it. Its own tag
 * does not count, so that what was cut off is gone on with.
 * @param stops what would be saved of one that is to be stopped
 */
export function quarantineState(now: Removable, until: string, stops?: PauseState["saved"]): JsonObject {
  const { tags, ...identity } = identityOf(now) as JsonObject & { readonly tags: Removable["resource"]["tags"] };
  const { guardedBy } = now.state;
  return {
    ...identity,
    tags: withoutQuarantine(tags, until),
    ...(guardedBy ? { guardedBy } : {}),
    ...(stops ? { stops } : {}),
  };
}

/** Carries out `quarantine` and `release` steps: the tag is set before anything else is done, and taken away after all else. */
export function quarantineExecutor(looking: Looking, plan: Plan): Executor {
  const pausing = pauseExecutor(looking.connection, looking.signal);
  const looks = freshLooks(looking, plan.steps);
  const leaving = reachOf(plan, ["back-up", "prepare", "remove", "quarantine"]);
  const acted = new Set<string>();

  /** What the quarantine does besides its tag, as far as it is done, or undone. */
  async function brake(step: Step, { found }: Removable): Promise<LiveState | undefined> {
    const isOn = step.operation === "quarantine";
    if (step.way === "stop") return pausing.look(asPausing(step));
    if (step.way !== "deny") return { phase: "done", state: {} };
    const isDenied = denial(found) === "ours";
    return { phase: isDenied === isOn ? "done" : "ready", state: {} };
  }

  async function look(step: Step): Promise<LiveState | undefined> {
    looks.begin(step);
    const now = await readRemovable(looking, step.target);
    const held = now && (await brake(step, now));
    if (!held) return undefined;
    return step.operation === "quarantine" ? lookIn(step, now, held) : lookOut(step, now, held);
  }

  async function lookIn(step: Step, now: Removable, held: LiveState): Promise<LiveState> {
    const { phase, words = "there" } = held;
    const isMarked = tagOf(now) === untilOf(step);
    const { leaving: isLeaving, refuses } = now.state;
    const stops = step.way === "stop" ? stopsOf(step, held, isMarked) : undefined;
    const state = quarantineState(now, untilOf(step), stops);
    if (isMarked || phase === "moving") return { phase, state, words };
    // The tag may show late.
    if (acted.has(step.id)) return { phase: "ready", state, words };
    const refusal =
      (isLeaving ? "it is being removed already" : refuses) ??
      (step.way === "deny" && denial(now.found) === "other" ? OTHER_DENIAL : undefined) ??
      heldBy(now.resource, await looks.around(step), leaving);
    return { phase: "ready", state, words, ...(refusal ? { refusal } : {}) };
  }

  function lookOut(step: Step, now: Removable, { phase, words = "there" }: LiveState): LiveState {
    const state = identityOf(now);
    if (phase === "moving" || (phase === "done" && tagOf(now) !== untilOf(step))) return { phase, state, words };
    return { phase: "ready", state, words };
  }

  async function act(step: Step, heard: (requestId: string) => void): Promise<void> {
    const { operation, target, way } = step;
    const scope = writeScope(
      looking.connection,
      regionOf(looking.connection, target),
      { signal: looking.signal },
      heard,
    );
    const now = await readRemovable(looking, target);
    acted.add(step.id);
    if (!now) throw new EvenkeelError("NOT_FOUND", "it is gone");
    const marked = { type: target.type, arn: target.arn, found: now.found };
    const tag = { Key: QUARANTINE_TAG, Value: untilOf(step) };
    // Loaded here, because they bring three SDK clients that a mere pause has no use for.
    const [{ mark, unmark }, { allowAgain, denyAll }] = await Promise.all([
      import("../catalog/marking.ts"),
      import("../catalog/iam/deny-all.ts"),
    ]);
    if (operation === "quarantine") {
      await mark(scope, marked, tag);
      if (way === "stop") await pausing.act(asPausing(step), heard);
      if (way === "deny") await denyAll(scope, target.type, target.id);
      return;
    }
    if (way === "stop") await restart(step, heard);
    if (way === "deny" && denial(now.found) === "ours") await allowAgain(scope, target.type, target.id);
    await unmark(scope, marked, tag);
  }

  /** The tag may only go when it really runs again: without it nobody would find what was saved. */
  async function restart(step: Step, heard: (requestId: string) => void): Promise<void> {
    const resume = asPausing(step);
    const isBack = async () => ((await pausing.look(resume))?.phase === "done" ? true : undefined);
    if (await isBack()) return;
    await pausing.act(resume, heard);
    const scope = writeScope(looking.connection, regionOf(looking.connection, step.target), { signal: looking.signal });
    await finished(scope, pausing.patienceMs(resume) / 60_000, isBack);
  }

  return {
    look,
    act,
    patienceMs: (step) =>
      step.way === "stop"
        ? pausing.patienceMs(step)
        : (factsOf(step.target.type)?.removal?.patienceMinutes ?? 10) * 60_000,
  };
}

/** The same as a step of a pause, in the type's usual way. */
function asPausing({ way: _, ...step }: Step): Step {
  const { state } = step.saves;
  const operation = step.operation === "quarantine" ? "pause" : "resume";
  return { ...step, operation, saves: isJsonObject(state) ? state : {} };
}

/** What runs of one that is to be stopped. Behind its tag half of it may be stopped already, which is no change by others. */
function stopsOf({ expects }: Step, { phase, state, words }: LiveState, isMarked: boolean): JsonObject {
  if (isMarked && isJsonObject(expects.stops)) return expects.stops;
  return phase === "ready" ? state : { now: words ?? phase };
}

function untilOf({ saves }: Step): string {
  return String(saves.until);
}

function tagOf({ resource }: Removable): string | undefined {
  return resource.tags[QUARANTINE_TAG];
}
