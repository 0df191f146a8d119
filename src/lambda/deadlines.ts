import { setMaxListeners } from "node:events";
import { EvenkeelError } from "../model/errors.ts";
import type { DoorContext } from "./door.ts";
import { FUNCTIONS } from "./functions.ts";
import type { Start } from "./handle.ts";

/** For what was changed to come to its end: the longest that an instance takes to be terminated, and a little. */
const UNDER_WAY_MS = 330_000;
const UNDER_WAY_SHARE = 0.4;
/** To tell what happened, and to keep it. */
const LAST_WORDS_MS = 20_000;
const LAST_WORDS_SHARE = 0.2;

/** The signals of an invocation. */
export function deadlines({
  name,
  invocation,
}: Pick<Start, "name" | "invocation">): Pick<DoorContext, "signal" | "over"> {
  const left = invocation.getRemainingTimeInMillis();
  const words = Math.min(LAST_WORDS_MS, left * LAST_WORDS_SHARE);
  const underWay = FUNCTIONS[name].awaitsChanges ? Math.min(UNDER_WAY_MS, left * UNDER_WAY_SHARE) : 0;
  return {
    signal: abortedIn(left - words - underWay, "the function's time is nearly over: nothing new is begun"),
    over: abortedIn(left - words, "the function's time is over"),
  };
}

function abortedIn(ms: number, why: string): AbortSignal {
  const controller = new AbortController();
  // Every call that waits for its turn listens to it.
  setMaxListeners(0, controller.signal);
  const reason = new EvenkeelError("CANCELLED", why, {
    hint: "the next run goes on; give the function more time, or narrow what it looks at with EVENKEEL_SELECTION",
  });
  setTimeout(() => controller.abort(reason), ms).unref();
  return controller.signal;
}
