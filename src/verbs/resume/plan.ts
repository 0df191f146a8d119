import type { Difference, PauseState } from "../../catalog/contract.ts";
import { instant } from "../../model/brand.ts";
import { canonical, sha256 } from "../../model/canonical.ts";
import { planMoney } from "../../model/money.ts";
import { type Kept, PLAN_LIFETIME_MS, type Plan, planDigest, type Step } from "../../model/plan.ts";
import type { PauseRecord } from "../../store/record-text.ts";

/** What is known of a paused resource now. */
export type Now =
  | {
      readonly kind: "seen";
      readonly state: PauseState;
      readonly phase: "ready" | "moving" | "done";
      readonly differs: readonly Difference[];
    }
  | { readonly kind: "gone" }
  | { readonly kind: "unread"; readonly reason: string };

/** A resource of a record whose present state decides what a resume does with it. */
export interface Paused {
  readonly step: Step;
  readonly now: Now;
  /** False = the pause never got to it: there is nothing to put back. */
  readonly touched: boolean;
}

/** What will be put back, in reverse order of the pause, and what is left as someone has made it. Pure. */
export function planResume(record: PauseRecord, paused: readonly Paused[], now: number): Plan {
  const back = paused.filter((each) => each.touched && each.now.kind === "seen" && each.now.phase !== "done");
  const ids = new Set(back.map(({ step }) => step.id));
  const waiting = waitingFor(paused.map(({ step }) => step));
  const steps = back.map(({ step, now: live }) => resumeStep(step, live, dependants(step, ids, waiting)));
  const kept = paused
    .filter(({ step }) => !ids.has(step.id))
    .map((each): Kept => ({ target: each.step.target, reason: whyKept(each) }));
  const { account, partition, selection, coverage } = record.plan;
  const createdAt = instant(now);
  // What the record says that the pause saved is what it costs again.
  const money = planMoney(
    steps.flatMap((step) => step.money ?? []),
    [],
  );
  const draft = {
    schema: record.plan.schema,
    id: `p-${sha256(canonical({ record: record.id, createdAt })).slice(0, 12)}`,
    verb: "resume",
    account,
    partition,
    createdAt,
    expiresAt: instant(now + PLAN_LIFETIME_MS),
    selection,
    coverage,
    steps: steps.sort((a, b) => a.stage - b.stage || (a.id < b.id ? -1 : 1)),
    kept,
    ...(money ? { money } : {}),
  } as const;
  return { ...draft, digest: planDigest(draft) };
}

const resumeId = (pauseId: string) => pauseId.replace(/^pause /, "resume ");

/** Steps by what they waited for when they were paused. */
type Waiting = ReadonlyMap<string, readonly Step[]>;

function waitingFor(steps: readonly Step[]): Waiting {
  const waiting = new Map<string, Step[]>();
  for (const step of steps)
    for (const id of step.after) {
      const known = waiting.get(id);
      if (known) known.push(step);
      else waiting.set(id, [step]);
    }
  return waiting;
}

/** What was paused after a step comes back before it, also where what stood between them is back already. */
function dependants(step: Step, ids: ReadonlySet<string>, waiting: Waiting): string[] {
  const seen = new Set<string>();
  const found: string[] = [];
  const left = [...(waiting.get(step.id) ?? [])];
  for (let next = left.pop(); next; next = left.pop()) {
    if (seen.has(next.id)) continue;
    seen.add(next.id);
    if (ids.has(next.id)) found.push(resumeId(next.id));
    else left.push(...(waiting.get(next.id) ?? []));
  }
  return found.sort();
}

function resumeStep(step: Step, now: Now, after: readonly string[]): Step {
  return {
    ...step,
    id: resumeId(step.id),
    operation: "resume",
    says: step.says.replace(/: .*$/, ": put back"),
    reason: "the record says it ran",
    stage: -step.stage,
    expects: now.kind === "seen" ? now.state.saved : {},
    after,
    loses: [],
  };
}

function whyKept({ now, touched }: Paused): string {
  if (!touched) return "the pause never got to it";
  if (now.kind === "gone") return "it is gone: someone deleted it meanwhile";
  if (now.kind === "unread") return `its state could not be read: ${now.reason}`;
  if (now.differs.length === 0) return `it is ${now.state.words} already, as it was`;
  return `it is ${now.state.words} already; ${now.differs.map(({ field }) => field).join(", ")} differ from what was saved`;
}
