import { connectFunction, NO_FACTS } from "../aws/function-session.ts";
import type { Way } from "../aws/sign-in.ts";
import { thisOrigin } from "../io/origin.ts";
import { once } from "../model/once.ts";
import { deadlines } from "./deadlines.ts";
import type { DoorContext } from "./door.ts";
import type { Opener, Start } from "./handle.ts";
import { notifier } from "./notify.ts";

/** @param facts with them come the clients of EC2 and IAM */
export function baseOpener(facts: Way["facts"]): Opener<DoorContext> {
  const connect = ({ clock, env }: Start, signal: AbortSignal) => connectFunction({ clock, signal }, env, facts);
  return {
    connect,
    async open(start) {
      const { env, host, clock, meter } = start;
      const { signal, over } = deadlines(start);
      const last = once(() => connect(start, new AbortController().signal));
      // Before signing in: what is malformed costs no call.
      const notify = notifier(env, { connect: last, host, meter });
      const connection = await connect(start, over);
      return { connection, host, clock, signal, over, from: thisOrigin("function"), env, meter, notify };
    },
  };
}

/** For functions without a store, which ask the account for neither regions nor alias: a tenth of the code to load. */
export const light: Opener<DoorContext> = baseOpener(NO_FACTS);
