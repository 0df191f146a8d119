import pLimit from "p-limit";
import type { Difference, PauseState } from "../../catalog/contract.ts";
import { wordsOf } from "../../catalog/pausing.ts";
import { type IsoInstant, instant } from "../../model/brand.ts";
import { canonical } from "../../model/canonical.ts";
import type { Step, Target } from "../../model/plan.ts";
import type { PauseRecord } from "../../store/record-text.ts";
import type { VerbContext } from "../context.ts";
import { AT_ONCE, lookAt } from "./look.ts";
import type { Now } from "./plan.ts";
import type { Verified } from "./resume.ts";

/** Short enough to see what a schedule does, long enough to be no load. */
const POLL_MS = 30_000;

/** Something that was started, and did not stay so. */
export interface Fallen {
  readonly target: Target;
  /** When it was first seen. */
  readonly at: IsoInstant;
  /** `stopped`, `gone`; with AWS's own reason where it tells one. */
  readonly now: string;
  /** What of it changed since it was back. */
  readonly fields: readonly Difference[];
  /** Whether it was back again when the watch ended. */
  readonly recovered: boolean;
}

/** What a watch has seen. */
export interface Watched {
  /** Resources that were looked at. */
  readonly count: number;
  readonly fallen: readonly Fallen[];
  readonly from: IsoInstant;
  readonly until: IsoInstant;
  /** False = a person ended it before its time. */
  readonly complete: boolean;
  /** Reads that failed: nothing was learnt of the resource then. */
  readonly unread: number;
}

/**
 * Looks again and again whether what a resume has started stays started. Changes nothing. Ctrl-C ends it with what was
 * seen until then.
 * @param minutes from now
 */
export async function watchResumed(
  context: VerbContext,
  record: PauseRecord,
  verified: readonly Verified[],
  minutes: number,
): Promise<Watched> {
  const { clock, signal } = context;
  const back = new Set(
    verified.filter(({ kind }) => kind === "identical" || kind === "differs").map(({ target }) => target.arn),
  );
  const steps = record.plan.steps.filter(({ target }) => back.has(target.arn));
  const from = clock.now();
  const deadline = from + minutes * 60_000;
  const watch: Watch = { first: new Map(), fallen: new Map(), unread: 0 };
  try {
    for (;;) {
      await lookAll(context, steps, watch);
      if (clock.now() >= deadline) break;
      await clock.sleep(Math.min(POLL_MS, deadline - clock.now()), signal);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return {
    count: steps.length,
    fallen: [...watch.fallen.values()],
    from: instant(from),
    until: instant(clock.now()),
    complete: !signal.aborted,
    unread: watch.unread,
  };
}

interface Watch {
  /** What each was like at the first look. */
  readonly first: Map<string, PauseState>;
  readonly fallen: Map<string, Fallen>;
  unread: number;
}

async function lookAll(context: VerbContext, steps: readonly Step[], watch: Watch): Promise<void> {
  const limit = pLimit(AT_ONCE);
  await Promise.all(steps.map((step) => limit(async () => note(context, step, await lookAt(context, step), watch))));
}

function note({ host, clock }: VerbContext, { target }: Step, now: Now, watch: Watch): void {
  const { first, fallen } = watch;
  const known = fallen.get(target.arn);
  if (now.kind === "unread") {
    watch.unread += 1;
    return;
  }
  if (now.kind === "seen" && now.phase === "done") {
    if (!first.has(target.arn)) first.set(target.arn, now.state);
    if (known) fallen.set(target.arn, { ...known, recovered: true });
    return;
  }
  const words = now.kind === "gone" ? "gone" : wordsOf(now.state);
  const fields = joined(known?.fields ?? [], now.kind === "gone" ? [] : changedFields(first.get(target.arn), now));
  const at = known?.at ?? instant(clock.now());
  fallen.set(target.arn, { target, at, now: words, fields, recovered: false });
  if (known && !known.recovered && known.now === words) return;
  host.tell({
    kind: "warning",
    text: `${target.type} ${target.name ?? target.id} did not stay as it was put back: it is ${words}`,
  });
}

/** Its state in words, and every saved property that is another one now. */
function changedFields(before: PauseState | undefined, now: Extract<Now, { kind: "seen" }>): Difference[] {
  if (!before) return [...now.differs];
  const [old, young] = [before.saved, now.state.saved];
  // What AWS tells only of a running resource is absent later, not changed.
  const names = Object.keys(old)
    .filter((name) => Object.hasOwn(young, name))
    .sort();
  const changed = names.filter((name) => canonical(old[name] ?? null) !== canonical(young[name] ?? null));
  const field = (name: string): Difference => ({ field: name, before: old[name] ?? null, after: young[name] ?? null });
  const state: Difference = { field: "state", before: before.words, after: now.state.words };
  return [
    ...(before.words === now.state.words ? [] : [state]),
    ...changed.filter((name) => name !== "state").map(field),
  ];
}

/** What was another one at any look is told, as it was last seen so. */
function joined(earlier: readonly Difference[], later: readonly Difference[]): Difference[] {
  return [...new Map([...earlier, ...later].map((each) => [each.field, each])).values()];
}
