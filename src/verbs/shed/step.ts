import { apply, type Outcomes } from "../../engine/apply.ts";
import type { Journal } from "../../engine/journal.ts";
import { weightsExecutor } from "../../engine/weights-executor.ts";
import { thisOrigin } from "../../io/origin.ts";
import { instant } from "../../model/brand.ts";
import { EvenkeelError } from "../../model/errors.ts";
import type { Plan } from "../../model/plan.ts";
import type { ShedDecision, ShedMessage, ShedState } from "../../model/shed.ts";
import { refuseOtherAccount, type ShedContext } from "./context.ts";
import type { Order } from "./course.ts";
import { foresee } from "./foresee.ts";
import { busyFor, type Hold, LEASE_SECONDS, type Stand, takeLease } from "./lease.ts";
import { begun, ended, freshState, goneRules } from "./stand.ts";

/** What brings a step about. */
export type Cause =
  | { readonly by: "alarm" }
  | { readonly by: "message"; readonly generation: number }
  /** `expects` = the digest of what the person was shown and has confirmed; anything else is not done. */
  | { readonly by: "person"; readonly order: Order; readonly expects?: string };

/** What became of it. */
export type StepEnd =
  /** It was of the past, or somebody looks after it already. */
  | { readonly kind: "dropped"; readonly why: string }
  /** It is not yet time, or somebody else is at work: come again in so many seconds. */
  | { readonly kind: "busy"; readonly why: string; readonly seconds: number }
  | { readonly kind: "made"; readonly decision: ShedDecision; readonly plan: Plan; readonly state: ShedState };

/**
 * One step: one writer, decided from what is there now, written ahead, read back, and the next one seen to before this one
 * counts as made. Killed at any moment, the same message makes it whole.
 * @throws EvenkeelError REFUSED for an order that makes no sense now, by a guard, or when the lease is lost; NOT_SHED when a
 *   rule was not written; what reading throws. The state then says what may have been written.
 */
export async function makeStep(context: ShedContext, cause: Cause): Promise<StepEnd> {
  const { ledger, settings, clock } = context;
  refuseOtherAccount(context);
  const known = (await ledger.read(settings.listener)) ?? freshState(settings, clock.now());
  const why = whyToDrop(known, cause, clock.now());
  if (why) return { kind: "dropped", why };
  const early = cause.by === "message" ? dueIn(known, clock.now()) : undefined;
  if (early !== undefined) return { kind: "busy", why: `the step is due at ${known.dueAt}`, seconds: early };
  const seconds = busyFor(known, clock.now());
  if (seconds !== undefined) return { kind: "busy", why: `${known.lease?.owner} is at work`, seconds };
  const hold = await takeLease(context, known);
  if (!hold) return { kind: "busy", why: "somebody else was faster", seconds: 1 };
  try {
    return await makeHeld(context, cause, hold);
  } catch (error) {
    // What may have been written stays noted; only the lease ends. If even that fails, it ends by itself.
    await hold.save(standOf(hold.state), true).catch(() => undefined);
    throw error;
  }
}

/** So late a loop counts as dead, and an alarm starts it anew; a message of it that comes after that is of the past. */
const OVERDUE_SECONDS = LEASE_SECONDS;

function whyToDrop({ phase, generation, dueAt }: ShedState, cause: Cause, now: number): string | undefined {
  if (cause.by === "person") return undefined;
  if (phase === "frozen" || phase === "lost") return `it is ${phase}: only a person goes on`;
  if (cause.by === "message") {
    const isOld = cause.generation < generation;
    return isOld ? `it was sent for step ${cause.generation}, and step ${generation} is the next` : undefined;
  }
  // Where nothing is shed, the look that is still due must not keep an alarm waiting.
  const isAlive = phase !== "idle" && dueAt !== undefined && now < Date.parse(dueAt) + OVERDUE_SECONDS * 1000;
  return isAlive ? `the step that is due at ${dueAt} looks at the alarm itself` : undefined;
}

/** Clocks differ a little, and what is a moment early must not go round again. */
const EARLY_SECONDS = 2;

/** Seconds until the next step is due; undefined = it is. A queue can't hold a message for longer than a quarter of an hour. */
function dueIn({ dueAt }: ShedState, now: number): number | undefined {
  if (dueAt === undefined) return undefined;
  const left = Math.ceil((Date.parse(dueAt) - now) / 1000);
  return left > EARLY_SECONDS ? left : undefined;
}

async function makeHeld(context: ShedContext, cause: Cause, hold: Hold): Promise<StepEnd> {
  const { clock } = context;
  const order = cause.by === "person" ? cause.order : undefined;
  const before = standOf(hold.state);
  const { basis, decision, plan, digest } = await foresee(context, hold.state, order);
  const { reading } = basis;
  if (cause.by === "person" && cause.expects !== undefined && cause.expects !== digest) {
    await hold.save(before, true);
    return { kind: "dropped", why: "what would be done is no longer what was confirmed" };
  }
  const journal = journalOf(context);
  if (plan.steps.length > 0) {
    // A message comes back by itself until its step is made; an event, or a person, may not.
    if (cause.by !== "message") await context.schedule?.(messageOf(before), LEASE_SECONDS);
    await hold.save(begun(basis, decision));
    await reweight(context, { plan, hold, journal });
  }
  const gone = goneRules(before, reading);
  const told = [decision.tell, ...gone.map((rule) => `the rule ${rule} was deleted: there is nothing to give back`)];
  const next = ended(basis, decision, clock.now());
  await journal.note({ kind: "step", cause, ...stepNote(next, decision) });
  if (decision.nextSeconds !== undefined) await context.schedule?.(messageOf(next), decision.nextSeconds);
  await tellAll(context, told, next.dueAt === undefined);
  await hold.save(next, true);
  return { kind: "made", decision, plan, state: hold.state };
}

function messageOf({ listener, generation }: Stand): ShedMessage {
  return { shed: 1, listener, generation };
}

function standOf({ revision: _, lease: __, ...stand }: ShedState): Stand {
  return stand;
}

const stepNote = ({ generation, phase, degree }: Stand, { why, tell }: ShedDecision) => ({
  generation,
  phase,
  degree,
  why,
  ...(tell ? { tell } : {}),
});

/** The listener's log: what every step decided and did, whoever made it. */
function journalOf({ ledger, settings, clock }: ShedContext): Journal & { note(line: object): Promise<void> } {
  const note = (line: object) => ledger.append(settings.listener, { at: instant(clock.now()), ...line });
  return { write: note, note };
}

/** @throws EvenkeelError NOT_SHED naming each rule that was not written, and why */
async function reweight(
  { connection, host, clock, from }: ShedContext,
  { plan, hold, journal }: { readonly plan: Plan; readonly hold: Hold; readonly journal: Journal },
): Promise<void> {
  // Not the context's own signal: a step that was begun is brought to its end.
  const { signal } = new AbortController();
  const at = instant(clock.now());
  const { id, digest, steps, verb } = plan;
  const who = { caller: connection.caller, from: from ?? thisOrigin() };
  await journal.write({ kind: "begin", at, run: id, verb, plan: { id, digest, steps: steps.length }, ...who });
  const executor = weightsExecutor(connection, signal, hold.mayWrite);
  const outcomes = await apply(plan, { executor, journal, host, clock, stop: signal });
  const failed = failuresOf(plan, outcomes);
  if (failed.length === 0) return;
  throw new EvenkeelError(
    "NOT_SHED",
    `${failed.length} of ${steps.length} rules were not written:\n${failed.join("\n")}`,
    {
      hint: "the next step tries them again; `evenkeel shed status` tells how it stands",
      state: "the weights from before the first step are kept, and `evenkeel shed restore` gives them back",
    },
  );
}

function failuresOf({ steps }: Plan, outcomes: Outcomes): string[] {
  return steps.flatMap(({ id, says }) => {
    const outcome = outcomes.get(id);
    if (outcome?.kind === "applied" || outcome?.kind === "unchanged") return [];
    return [`${says}: ${outcome ? outcome.reason : "it was not begun"}`];
  });
}

/** Nobody to reach must not stop the load from being given back; but where the loop ends, a person has to know. */
async function tellAll(
  { tell, host }: ShedContext,
  texts: readonly (string | undefined)[],
  isLast: boolean,
): Promise<void> {
  for (const text of texts.filter((each) => each !== undefined)) {
    try {
      await tell(text);
    } catch (error) {
      if (isLast) throw error;
      host.tell({ kind: "warning", text: `nobody could be told that ${text}: ${(error as Error).message}` });
    }
  }
}
