import { type RemovalState, UNPROTECT } from "../catalog/contract.ts";
import { factsOf } from "../catalog/registry.ts";
import { readScope, writeScope } from "../catalog/scope.ts";
import { EvenkeelError, isError } from "../model/errors.ts";
import { type Plan, reachOf, type Step } from "../model/plan.ts";
import { difference } from "./difference.ts";
import { freshLooks } from "./fresh-looks.ts";
import { heldBy } from "./held-by.ts";
import type { Executor, LiveState } from "./live-state.ts";
import type { Looking } from "./look-around.ts";
import { protectionOf } from "./protect-rules.ts";
import { identityOf, type Removable, readRemovable, regionOf, removalOf } from "./removable.ts";
import { untilLetGo } from "./until-let-go.ts";

const GONE: LiveState = { phase: "done", state: {}, words: "gone" };

/**
 * Carries out the steps of removals. Before each it is looked at again who uses the resource, who owns it, and what would
 * go with it: what the plan did not know of keeps it.
 * @param heldMs how long what something still holds is tried again; absent = as long as the type's patience lasts
 */
export function removalExecutor(looking: Looking, plan: Plan, heldMs?: number): Executor {
  const { connection, clock, signal } = looking;
  const looks = freshLooks(looking, plan.steps);
  // All that the plan removes, as steps or along with them. What it only puts into quarantine stays for now.
  const leaving = reachOf(plan, ["back-up", "prepare", "remove"]);
  const acted = new Set<string>();
  const patienceMs = ({ target, patienceMinutes }: Step) =>
    (patienceMinutes ?? factsOf(target.type)?.removal?.patienceMinutes ?? 10) * 60_000;

  async function ready(step: Step, now: Removable): Promise<LiveState> {
    const state = identityOf(now);
    const { words = "there" } = now.state;
    // What was begun is only waited for: looking around at each poll would cost as much as all the rest.
    if (acted.has(step.id)) return { phase: "ready", state, words };
    const refusal =
      now.state.refuses ??
      guarded(step, now) ??
      protectionOf(now.resource, [], clock.now()) ??
      heldBy(now.resource, await looks.around(step), leaving);
    return { phase: "ready", state, words, ...(refusal ? { refusal } : {}) };
  }

  async function look(step: Step): Promise<LiveState | undefined> {
    const { operation, target, way = "" } = step;
    looks.begin(step);
    const now = await readRemovable(looking, target);
    if (!now) return operation === "back-up" ? undefined : GONE;
    if (operation === "back-up") {
      const scope = readScope(connection, regionOf(connection, target), { signal });
      const phase = await (await removalOf(target)).backup?.look(scope, target.id, backupName(step));
      if (phase !== "none") return { phase: phase ?? "done", state: identityOf(now), words: `backup ${phase}` };
    }
    if (now.state.leaving) {
      if (operation === "prepare") return { ...GONE, words: "leaving" };
      return { phase: "moving", state: identityOf(now), words: now.state.words ?? "being deleted" };
    }
    if (operation === "prepare" && !isNeeded(way, now.state))
      return { phase: "done", state: identityOf(now), words: "not needed any more" };
    return ready(step, now);
  }

  async function act(step: Step, heard: (requestId: string) => void): Promise<void> {
    const { operation, target, way = "" } = step;
    const removal = await removalOf(target);
    const scope = writeScope(connection, regionOf(connection, target), { signal }, heard);
    const now = await readRemovable(looking, target);
    acted.add(step.id);
    if (!now) return;
    // The name may be another resource's since the look.
    const changed = difference(step.expects, identityOf(now));
    if (changed) throw new EvenkeelError("REFUSED", changed);
    if (operation === "back-up") await removal.backup?.take(scope, now.found, backupName(step));
    else if (operation === "prepare") await removal.prepare?.(scope, now.found, way);
    else await removal.remove(scope, now.found, finalSnapshot(step));
  }

  /** Waiting may take most of an hour, in which somebody can begin to use it. */
  async function refuseNewUsers({ target }: Step): Promise<void> {
    const now = await readRemovable(looking, target);
    const refusal = now && heldBy(now.resource, await looks.anew(target), leaving);
    if (refusal) throw new EvenkeelError("REFUSED", refusal);
  }

  return {
    look,
    patienceMs,
    act: (step, heard) =>
      untilLetGo(() => act(step, heard).catch(unlessGone), {
        clock,
        deadline: clock.now() + (heldMs ?? patienceMs(step)),
        between: () => refuseNewUsers(step),
        holders: async () => [...(await looks.anew(step.target)).usersOf(step.target.arn)],
      }),
  };
}

/** Somebody else was faster. */
function unlessGone(error: unknown): void {
  if (!isError(error, "NOT_FOUND")) throw error;
}

function backupName({ saves }: Step): string {
  return String(saves.backup ?? "");
}

function finalSnapshot({ saves }: Step): string | undefined {
  return typeof saves.finalSnapshot === "string" ? saves.finalSnapshot : undefined;
}

function isNeeded(way: string, { needs = [], guardedBy }: RemovalState): boolean {
  return way === UNPROTECT ? guardedBy !== undefined : needs.includes(way);
}

/** Its own `unprotect` step is there for that; any other waits until it is off. */
function guarded({ operation, way }: Step, { state }: Removable): string | undefined {
  if (state.guardedBy === undefined || operation === "back-up" || way === UNPROTECT) return undefined;
  return `its ${state.guardedBy} is on`;
}
