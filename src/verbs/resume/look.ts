import { stateOf } from "../../catalog/pausing.ts";
import { factsOf } from "../../catalog/registry.ts";
import { readScope } from "../../catalog/scope.ts";
import { pauseOf } from "../../engine/pause-executor.ts";
import { GLOBAL } from "../../model/brand.ts";
import { isError } from "../../model/errors.ts";
import type { Step } from "../../model/plan.ts";
import type { VerbContext } from "../context.ts";
import type { Now } from "./plan.ts";

/** Paused resources that are read at once; the governor sets the pace. */
export const AT_ONCE = 64;

/** What is still moving is waited for: what it comes to is what the plan must expect. */
export async function atRest(context: VerbContext, step: Step): Promise<Now> {
  const deadline = context.clock.now() + (factsOf(step.target.type)?.pause?.patienceMinutes ?? 10) * 60_000;
  for (;;) {
    const now = await lookAt(context, step);
    if (now.kind !== "seen" || now.phase !== "moving" || context.clock.now() >= deadline) return now;
    await context.clock.sleep(5_000, context.signal);
  }
}

/** What a paused resource is like now, and how far it has come back. */
export async function lookAt({ connection, signal }: VerbContext, { target, saves, way }: Step): Promise<Now> {
  const region = target.region === GLOBAL ? connection.globalRegion : target.region;
  try {
    const pause = await pauseOf(target.type);
    const state = await stateOf(pause, readScope(connection, region, { signal }), target.id);
    return state ? { kind: "seen", state, ...pause.resumed(saves, state, way) } : { kind: "gone" };
  } catch (error) {
    if (!isError(error) || error.code === "CANCELLED") throw error;
    return { kind: "unread", reason: error.message };
  }
}
