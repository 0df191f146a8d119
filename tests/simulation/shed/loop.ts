import type { Message } from "../../../src/twin/services/sqs/queues.ts";
import { queues } from "../../../src/twin/services/sqs/queues.ts";
import type { Stage } from "./acts.ts";
import { ON_ALARM } from "./world.ts";

/** More than twins and late ones come to. */
const MOST_MESSAGES = 50;
/** Tries of an event, and the longest time between two of them with the function's own; seconds. */
const TRIES = 3;
const RETRY = 120 + 60 + 10;

const generationIn = ({ body }: Message): number => (JSON.parse(body) as { generation: number }).generation;
const messagesIn = ({ call }: Stage, queue: string): readonly Message[] => queues(call).get(queue)?.messages ?? [];

export const deadLetters = (stage: Stage): readonly Message[] => messagesIn(stage, "dead");

/** Events that no function could handle, three times. */
function eventTries({ incident }: Stage): ReadonlyMap<string, { readonly tries: number; readonly last: number }> {
  const tries = new Map<string, { tries: number; last: number }>();
  for (const { function: name, event, outcome, at } of incident().invocations) {
    if (name !== ON_ALARM || outcome !== "failed") continue;
    const { id } = event as { id: string };
    tries.set(id, { tries: (tries.get(id)?.tries ?? 0) + 1, last: at });
  }
  return tries;
}

/** Whether anything goes on by itself. */
export function isUnderWay(stage: Stage): boolean {
  const { makers, call } = stage;
  if (makers.running.size > 0 || messagesIn(stage, "steps").length > 0) return true;
  return [...eventTries(stage).values()].some(
    ({ tries, last }) => tries < TRIES && last > call.millis() - RETRY * 1000,
  );
}

/** Looks at every tick whether the loop lives, where load is shed. */
export function newPulse(stage: Stage): () => void {
  let hasAccused = false;
  return () => {
    const { watchman, makers, call } = stage;
    const queue = queues(call).get("steps");
    if (queue && queue.messages.length > MOST_MESSAGES) {
      watchman.accuse(`there are ${queue.messages.length} messages under way`);
      // Else they go on multiplying.
      queue.messages = [];
    }
    const state = watchman.state();
    const isShed = (state?.baseline.length ?? 0) > 0;
    const isStill = state?.phase === "frozen" || state?.phase === "lost";
    if (!state || !isShed || isStill || makers.running.size > 0) return;
    const isOurs = (message: Message) => generationIn(message) >= state.generation;
    if (messagesIn(stage, "steps").some(isOurs) || deadLetters(stage).some(isOurs)) return;
    if (watchman.failed.has(watchman.lastWriter())) return;
    const tries = [...eventTries(stage).values()];
    if (tries.some((each) => each.tries < TRIES && each.last > call.millis() - RETRY * 1000)) return;
    const isLost = tries.some((each) => each.tries >= TRIES);
    if (!hasAccused) watchman.accuse(`the loop is dead${isLost ? ": an event was tried three times and is lost" : ""}`);
    hasAccused = true;
  };
}
