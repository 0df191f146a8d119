import type { Connection } from "../../src/aws/connection.ts";
import { connect } from "../../src/aws/session.ts";
import { memoryHost } from "../../src/io/memory.ts";
import type { Store } from "../../src/store/store.ts";
import type { Twin } from "../../src/twin/twin.ts";
import type { VerbContext } from "../../src/verbs/context.ts";

/** A run of the tool that is killed: nothing more is written and nothing more is called. */
export const KILLED = "killed";

/** A call that our side is about to make. */
export interface OurCall {
  readonly operation: string;
  readonly input: object;
}

export interface ProcessOptions {
  readonly twin: Twin;
  readonly store: Store;
  /** Killed after so many journal lines and changes; undefined = lives on. */
  readonly dies: number | undefined;
  /** Before each call. */
  readonly onCall: (call: OurCall) => Promise<void> | void;
}

const READS = /^(Describe|List|Get|BatchGet|Lookup)/;

export function isChange({ operation }: OurCall): boolean {
  return !READS.test(operation);
}

/** One process of the tool, with a life of its own, in the twin's account. */
export async function startProcess({ twin, store, dies, onCall }: ProcessOptions): Promise<VerbContext> {
  const life = { left: dies ?? Number.POSITIVE_INFINITY };
  const direct = twin.direct();
  const { signal } = new AbortController();
  const mustLive = () => {
    if (life.left < 0) throw new Error(KILLED);
  };
  const connection: Connection = await connect({
    clock: twin.clock,
    signal,
    region: "eu-west-1",
    headRoom: 0,
    wire: {
      kind: "direct",
      call: async (call) => {
        mustLive();
        await onCall(call);
        const answer = await direct(call);
        // Killed with the change made and its answer never heard.
        if (isChange(call)) life.left -= 1;
        mustLive();
        return answer;
      },
    },
  });
  const mortal: Store = {
    ...store,
    append: async (path, line) => {
      life.left -= 1;
      mustLive();
      await store.append(path, line);
    },
    write: async (...args) => {
      mustLive();
      return store.write(...args);
    },
  };
  return { connection, host: memoryHost(), clock: twin.clock, signal, store: mortal };
}

/** What the work came to; undefined = it was killed. */
export async function orKilled<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (wasKilled(error)) return undefined;
    throw error;
  }
}

function wasKilled(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.message.includes(KILLED) || wasKilled(error.cause);
}
