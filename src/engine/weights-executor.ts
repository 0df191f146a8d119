import type { Connection } from "../aws/connection.ts";
import { readScope, writeScope } from "../catalog/scope.ts";
import { EvenkeelError, isError } from "../model/errors.ts";
import type { JsonObject } from "../model/json.ts";
import { once } from "../model/once.ts";
import type { Plan, Step } from "../model/plan.ts";
import { sameWeights, type Weights } from "../model/weights.ts";
import type { Executor, LiveState } from "./live-state.ts";

/* Loads an SDK client, and whoever asks only what a plan is should not wait for that. */
const forwarding = once(() => import("../catalog/elasticloadbalancingv2/forwarding.ts"));

/** How long a balancer's own answers may lag behind a change of its rules. */
const PATIENCE_MS = 30_000;
/** Attempts of one write: with the waits of a second, doubled, between them half a minute, the shortest delay between two steps. */
const ATTEMPTS = 6;
const FIRST_WAIT_MS = 1000;

/**
 * Carries out `reweight` steps: the target is a rule, or the listener for its default rule. AWS has no conditional write of
 * rules, so writes go one at a time, and each attempt reads the rule first: nothing lies between the two but the call itself.
 * @param mayWrite is asked right before each write; throws when the caller's lease is over
 */
export function weightsExecutor(
  connection: Connection,
  signal: AbortSignal,
  mayWrite: () => void = () => undefined,
): Executor {
  let last: Promise<void> = Promise.resolve();
  return {
    async look({ target, sets }): Promise<LiveState | undefined> {
      const { readActions, weightsIn } = await forwarding();
      const actions = await readActions(readScope(connection, target.region, { signal }), target.arn);
      if (!actions) return undefined;
      const weights = weightsIn(actions);
      if (!weights) return { phase: "ready", state: {}, words: "no longer spread over several target groups" };
      const words = `at ${JSON.stringify(weights)}`;
      return { phase: sameWeights(weights, weightsOf(sets)) ? "done" : "ready", state: { weights }, words };
    },

    act(step, heard) {
      const written = last.then(() => write(step, heard));
      last = written.catch(() => undefined);
      return written;
    },

    patienceMs: () => PATIENCE_MS,
  };

  async function write(step: Step, heard: (requestId: string) => void): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await writeOnce(step, heard);
      } catch (error) {
        if (!isError(error, "THROTTLED", "AWS_FAILED", "NETWORK") || attempt === ATTEMPTS) throw error;
        await connection.clock.sleep(FIRST_WAIT_MS * 2 ** (attempt - 1), signal);
      }
    }
  }

  async function writeOnce({ target, expects, sets }: Step, heard: (requestId: string) => void): Promise<void> {
    const { readActions, weightsIn, withWeights, writeForwarding } = await forwarding();
    const scope = writeScope(connection, target.region, { signal }, heard);
    const actions = await readActions(scope, target.arn);
    if (!actions) throw new EvenkeelError("NOT_FOUND", "it is gone");
    const live = weightsIn(actions);
    // An attempt of which no answer came has done it.
    if (live && sameWeights(live, weightsOf(sets))) return;
    if (!live || !sameWeights(live, weightsOf(expects))) throw changed(live);
    mayWrite();
    await writeForwarding(scope, target.arn, withWeights(actions, weightsOf(sets)));
  }
}

function weightsOf(state: JsonObject | undefined): Weights {
  return (state?.weights ?? {}) as Weights;
}

function changed(live: Weights | undefined): EvenkeelError {
  const now = live
    ? `its weights are ${JSON.stringify(live)}`
    : "it no longer spreads requests over several target groups";
  return new EvenkeelError("REFUSED", `someone changed the rule a moment ago: ${now}`, {
    hint: "`evenkeel shed status` tells how it stands",
    state: "the rule was left as it is",
  });
}

/**
 * Weights are changed only by whoever holds the listener's lease, and by what its ledger says.
 * @throws EvenkeelError REFUSED for a plan of shedding that is to be applied, gone on with or undone in another way
 */
export function refuseReweighting({ verb, steps }: Pick<Plan, "verb" | "steps">): void {
  if (verb !== "shed" && !steps.some(({ operation }) => operation === "reweight")) return;
  throw new EvenkeelError("REFUSED", "the weights of a listener are changed by `evenkeel shed` only", {
    hint: "`evenkeel shed step` goes on, `evenkeel shed restore` gives the load back",
    state: "nothing was changed",
  });
}
