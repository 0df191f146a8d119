import { instant } from "../../model/brand.ts";
import { EvenkeelError } from "../../model/errors.ts";
import type { ShedState } from "../../model/shed.ts";
import type { ShedContext } from "./context.ts";

/** A step ends, or is given up, before this is over: longer than the functions' time-out. */
export const LEASE_SECONDS = 120;
/** No write is begun so shortly before the end: another one may believe itself to be alone after that. More than a request may take. */
const MARGIN_SECONDS = 35;

/** A state without what only its holder knows. */
export type Stand = Omit<ShedState, "revision" | "lease">;

/** The right to write, and the state as its holder last stored it. */
export interface Hold {
  readonly state: ShedState;
  /** @throws EvenkeelError REFUSED when the lease is over, or as good as */
  readonly mayWrite: () => void;
  /**
   * Stores another state. The lease goes on; with `last`, it ends.
   * @throws EvenkeelError REFUSED when somebody else has taken over
   */
  readonly save: (next: Stand, last?: boolean) => Promise<void>;
}

/** Seconds until whoever is at work must have ended; undefined = nobody is. */
export function busyFor({ lease }: ShedState, now: number): number | undefined {
  if (!lease) return undefined;
  const left = Math.ceil((Date.parse(lease.until) - now) / 1000);
  return left > 0 ? left : undefined;
}

/** Undefined = somebody else was faster. */
export async function takeLease({ ledger, clock, owner }: ShedContext, known: ShedState): Promise<Hold | undefined> {
  const until = clock.now() + LEASE_SECONDS * 1000;
  const lease = { owner, until: instant(until) };
  let state: ShedState = { ...known, revision: known.revision + 1, lease };
  if (!(await ledger.write(state))) return undefined;
  return {
    get state() {
      return state;
    },
    mayWrite() {
      if (clock.now() > until - MARGIN_SECONDS * 1000)
        throw new EvenkeelError("REFUSED", `the lease of this step is over after ${LEASE_SECONDS} s`, {
          hint: "the next step goes on from what is there",
          state: "what was not yet written stays as it is",
        });
    },
    async save(stand, last = false) {
      const revision = state.revision + 1;
      const next: ShedState = { ...stand, revision, ...(last ? {} : { lease }) };
      if (!(await ledger.write(next)))
        throw new EvenkeelError("REFUSED", `somebody else has taken over the shedding of ${stand.listener}`, {
          hint: "`evenkeel shed status` tells how it stands",
        });
      state = next;
    },
  };
}
