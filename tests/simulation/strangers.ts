import { ACCOUNT, HERE, type TestAccount } from "../contract/account.ts";
import { statesOf } from "./equality.ts";
import { actAsStranger } from "./foreign.ts";
import type { History } from "./history.ts";
import type { Watchman } from "./watchman.ts";

/** The strangers of a history, and what they have touched. */
export interface Strangers {
  /** Called before each call of ours. */
  disturb(): Promise<void>;
  /** From here on calls are counted anew. */
  enter(phase: Phase): void;
  readonly phase: Phase;
  /** Ids of all that they touched. */
  readonly touched: ReadonlySet<string>;
  /** Whether the record had saved what this was like, and it was touched after: then the record's resume must tell. */
  mustBeTold(record: string, id: string): boolean;
  /** Rows as they left them, by key, of what they touched between the plan and the look that its step takes. */
  readonly theirs: ReadonlyMap<string, string>;
}

export type Phase = "planning" | "applying" | "the end";

export function strangersIn(account: TestAccount, history: History, watch: Watchman): Strangers {
  const { twin } = account;
  const touched = new Set<string>();
  const touchedBefore = new Set<string>();
  const touchedSince = new Set<string>();
  const theirs = new Map<string, string>();
  const at = { calls: 0, phase: "planning" as Phase };
  const isDue = ({ while: phase, afterCall }: History["foreign"][number]) =>
    phase === at.phase && afterCall === at.calls;

  const act = async (foreign: History["foreign"][number]) => {
    // Faults are ours to bear, not theirs.
    const faults = twin.faults.splice(0);
    const id = await actAsStranger(account, foreign.act, foreign.which);
    twin.faults.push(...faults);
    if (id === undefined) return;
    const records = await watch.recordsOf(id);
    // What is saved later is then not what stood there in the beginning.
    if (records.length === 0) touchedBefore.add(id);
    touched.add(id);
    for (const record of records) touchedSince.add(`${record} ${id}`);
    // Below a scalable target's minimum AWS itself lifts the count again.
    const isLifted = foreign.act === "set the service's count" && history.world.service?.scaled;
    if (at.phase !== "applying" || watch.isLookedAt(id) || isLifted) return;
    for (const [key, row] of statesOf(twin.world, ACCOUNT, HERE)) if (key.endsWith(` ${id}`)) theirs.set(key, row);
  };

  return {
    disturb: async () => {
      at.calls += 1;
      for (const foreign of history.foreign.filter(isDue)) await act(foreign);
    },
    enter: (phase) => Object.assign(at, { calls: 0, phase }),
    get phase() {
      return at.phase;
    },
    touched,
    mustBeTold: (record, id) => touchedSince.has(`${record} ${id}`) && !touchedBefore.has(id),
    theirs,
  };
}
