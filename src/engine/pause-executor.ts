import type { Connection } from "../aws/connection.ts";
import type { Pause } from "../catalog/contract.ts";
import { stateOf, wordsOf } from "../catalog/pausing.ts";
import { factsOf, loadEntry } from "../catalog/registry.ts";
import { readScope, writeScope } from "../catalog/scope.ts";
import { GLOBAL } from "../model/brand.ts";
import { EvenkeelError } from "../model/errors.ts";
import type { Step, Target } from "../model/plan.ts";
import type { Executor, LiveState } from "./live-state.ts";

/** The pause ability of a type. @throws EvenkeelError BUG when it has none: planners ask the facts first */
export async function pauseOf(type: Target["type"]): Promise<Pause> {
  const { pause } = await loadEntry(type);
  if (!pause) throw new EvenkeelError("BUG", `${type} has no pause ability`);
  return pause;
}

/** A way that is not known is never taken for the usual one. @throws EvenkeelError REFUSED */
function refuseUnknown({ type }: Target, way: string | undefined): void {
  if (way === undefined || Object.hasOwn(factsOf(type)?.pause?.ways ?? {}, way)) return;
  throw new EvenkeelError("REFUSED", `this version knows no way "${way}" to pause ${type}`, {
    hint: "use the version that made the plan",
    state: "it was left as it is",
  });
}

const PHASE = { running: "ready", moving: "moving", paused: "done" } as const;

/** Carries out `pause` and `resume` steps by the catalog's pause abilities. */
export function pauseExecutor(connection: Connection, signal: AbortSignal): Executor {
  const regionOf = ({ region }: Target) => (region === GLOBAL ? connection.globalRegion : region);
  return {
    async look({ operation, target, saves, way }): Promise<LiveState | undefined> {
      const pause = await pauseOf(target.type);
      const now = await stateOf(pause, readScope(connection, regionOf(target), { signal }), target.id);
      if (!now) return undefined;
      if (operation === "pause") return { phase: PHASE[now.phase], state: now.saved, words: wordsOf(now) };
      return { phase: pause.resumed(saves, now, way).phase, state: now.saved, words: wordsOf(now) };
    },
    async act({ operation, target, saves, way }, heard) {
      refuseUnknown(target, way);
      const pause = await pauseOf(target.type);
      const scope = writeScope(connection, regionOf(target), { signal }, heard);
      if (operation === "pause") await pause.stop(scope, target.id, saves, way);
      else await pause.resume(scope, target.id, saves, way);
    },
    patienceMs: ({ target }: Step) => (factsOf(target.type)?.pause?.patienceMinutes ?? 10) * 60_000,
  };
}
