import { EvenkeelError, EXIT, type ExitCode } from "../model/errors.ts";
import type { ShedState } from "../model/shed.ts";
import { countOf } from "../report/humanise.ts";
import { foreseenReport } from "../report/shed/step.ts";
import type { ShedContext } from "../verbs/shed/context.ts";
import type { Order } from "../verbs/shed/course.ts";
import { type Foreseen, foresee } from "../verbs/shed/foresee.ts";
import { busyFor, LEASE_SECONDS } from "../verbs/shed/lease.ts";
import { foreignRefusal } from "../verbs/shed/orders.ts";
import { freshState } from "../verbs/shed/stand.ts";
import { makeStep, type StepEnd } from "../verbs/shed/step.ts";
import type { Frame } from "./frame.ts";

type Made = Extract<StepEnd, { kind: "made" }>;
type Busy = Extract<StepEnd, { kind: "busy" }>;

const QUESTIONS: Readonly<Record<Order["kind"], string>> = {
  shed: "Shed so",
  restore: "Give back so",
  freeze: "Freeze it",
  unfreeze: "Let it go on",
  accept: "Take the weights as they are as the new baseline",
};

/** How often `restore --now --yes` meets a loop that moves on in between. */
const TRIES = 3;

/**
 * Shows what an order would do, asks, and does that and nothing else.
 * @returns the exit code where no step was made: it was only to be shown, or there is nothing to do
 * @throws EvenkeelError REFUSED for an order that makes no sense now, or when things have moved on since it was confirmed;
 *   CANCELLED; what `makeStep` throws
 */
export async function carryOut(
  frame: Frame,
  context: ShedContext,
  order: Order,
  { dryRun = false, tries = TRIES }: { readonly dryRun?: boolean | undefined; readonly tries?: number } = {},
): Promise<Made | ExitCode> {
  const ahead = await foresee(context, await standWhenFree(context), order);
  const { decision, plan } = ahead;
  if (decision.phase === "lost") throw await lost(context, ahead, order, dryRun);
  const idle = idleness(ahead, order);
  if (idle === "held") throw heldBack(decision.why);
  if (dryRun || idle) {
    await frame.show(foreseenReport(ahead));
    if (idle) frame.host.tell({ kind: "info", text: "There is nothing to do." });
    else frame.nextWithout("--dry-run");
    return EXIT.done;
  }
  await tellForeseen(frame, ahead);
  if (order.kind === "restore") warnOfAlarm(context, ahead, order.now);
  if (!frame.settings.yes.value) {
    const writes = plan.steps.length === 0 ? "" : `, ${countOf(plan.steps.length, "rule")} to write`;
    const text = `${QUESTIONS[order.kind]}${writes}?`;
    if (!(await frame.host.ask({ kind: "confirm", text, default: false })))
      throw new EvenkeelError("CANCELLED", "not confirmed", {
        state: "Nothing was changed.",
        hint: "confirm at a terminal, or with --yes",
      });
  }
  // Whoever freezes wants it frozen wherever it stands.
  const expects = order.kind === "freeze" ? {} : { expects: ahead.digest };
  const end = await patiently(context, () => makeStep(context, { by: "person", order, ...expects }));
  if (end.kind === "made") return end;
  // At a terminal the question comes anew. Without one, all back to the baseline means the same from wherever it stands.
  const isAnyhow = order.kind === "restore" && order.now && tries > 1;
  if (frame.settings.yes.value ? isAnyhow : frame.asks) {
    frame.host.tell({ kind: "warning", text: `${end.why}: this is how it stands now` });
    return carryOut(frame, context, order, { tries: tries - 1 });
  }
  await tellForeseen(frame, await foresee(context, await standWhenFree(context), order));
  throw new EvenkeelError("REFUSED", end.why, {
    hint: "above is what the same command would do now; give it again, if that is what you want",
    state: "nothing was changed",
  });
}

/** As it is kept; of a listener that nothing was ever done to, a beginning. */
export async function standOf({ ledger, settings, clock }: ShedContext): Promise<ShedState> {
  return (await ledger.read(settings.listener)) ?? freshState(settings, clock.now());
}

/** Half of somebody else's step is nothing to plan from. */
async function standWhenFree(context: ShedContext): Promise<ShedState> {
  const { stand } = await patiently<{ readonly stand: ShedState }>(context, async () => {
    const found = await standOf(context);
    const seconds = busyFor(found, context.clock.now());
    const why = `${found.lease?.owner} is at work`;
    return seconds === undefined ? { stand: found } : { kind: "busy" as const, why, seconds };
  });
  return stand;
}

/** Seconds between two looks at whether somebody else has ended. */
const LOOK_SECONDS = 5;

/**
 * Tries again while somebody else is at work, for as long as a lease can last.
 * @throws EvenkeelError REFUSED when that is over and yet another one is at work
 */
export async function patiently<T extends object>(
  { clock, host, signal }: Pick<ShedContext, "clock" | "host" | "signal">,
  attempt: () => Promise<T | Busy>,
): Promise<T> {
  const begun = clock.now();
  for (let waits = 0; ; waits++) {
    const end = await attempt();
    const done = Math.min(LEASE_SECONDS, Math.round((clock.now() - begun) / 1000));
    const progress = { kind: "progress", task: "wait for whoever is at work", total: LEASE_SECONDS } as const;
    if (!isBusy(end)) {
      if (waits > 0) host.tell({ ...progress, done: LEASE_SECONDS });
      return end;
    }
    if (done >= LEASE_SECONDS)
      throw new EvenkeelError("REFUSED", `${end.why}, and has been for ${LEASE_SECONDS} s`, {
        hint: "`evenkeel shed status` tells who it is; try again",
        state: "nothing was changed",
      });
    host.tell({ ...progress, done, at: end.why });
    await clock.sleep(Math.min(end.seconds, LOOK_SECONDS) * 1000, signal);
  }
}

function isBusy(end: object): end is Busy {
  return "kind" in end && end.kind === "busy";
}

/** Whether an order has nothing to do, because it is there already, or can't do what it is for. */
function idleness(
  { basis: { stand, settings }, decision, plan }: Foreseen,
  order: Order,
): "there" | "held" | undefined {
  const { degree, phase, forgets } = decision;
  if (order.kind === "freeze") return stand.phase === phase ? "there" : undefined;
  const isSame = degree.level === stand.degree.level && degree.cap === stand.degree.cap;
  if (forgets || plan.steps.length > 0 || !isSame) return undefined;
  if (order.kind === "restore") return stand.baseline.length === 0 ? "there" : "held";
  if (order.kind === "shed") return degree.level >= (order.level ?? settings.maxShedPercent) ? "there" : "held";
  return undefined;
}

/** What is given back against the alarm is not shed again by what comes of itself: an alarm tells only when it changes. */
function warnOfAlarm({ host, schedule, settings }: ShedContext, { basis }: Foreseen, now: boolean): void {
  const { alarm } = basis.reading;
  if (alarm === "gone" || alarm.state !== "ALARM") return;
  const hint =
    schedule && !now
      ? "once all is given back it is shed again; `evenkeel shed freeze` keeps that from happening"
      : "nothing is shed again by itself until it has been off; `evenkeel shed step` sheds by hand";
  host.tell({ kind: "warning", text: `the alarm ${settings.alarm} is on`, hint });
}

function heldBack(why: string): EvenkeelError {
  return new EvenkeelError("REFUSED", why, {
    hint: "`evenkeel shed status` shows rules and groups; `evenkeel shed restore --now` gives all back without looking at the groups' health",
    state: "nothing was changed",
  });
}

/**
 * It is kept, so that no loop goes on and a person can accept it. No weight is written by that: what was put right meanwhile
 * is left to the next command.
 */
async function lost(
  context: ShedContext,
  { basis, decision, digest: expects }: Foreseen,
  order: Order,
  dryRun: boolean,
): Promise<EvenkeelError> {
  if (!dryRun && basis.stand.phase !== "lost")
    await patiently(context, () => makeStep(context, { by: "person", order, expects }));
  return foreignRefusal(decision.why);
}

async function tellForeseen(frame: Frame, ahead: Foreseen): Promise<void> {
  // What the host tells has no colours in it.
  const text = String(await foreseenReport(ahead).text({ ...frame.render, colour: false }));
  frame.host.tell({ kind: "info", text: text.trimEnd() });
}
