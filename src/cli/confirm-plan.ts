import { type GuardPolicy, refuseBreaches } from "../engine/guards.ts";
import { EvenkeelError } from "../model/errors.ts";
import type { Plan } from "../model/plan.ts";
import { countOf } from "../report/humanise.ts";
import type { Frame } from "./frame.ts";
import { planReport } from "./plan-view.ts";

const QUARANTINE = (what: string) => `Put ${what} into quarantine?`;

const QUESTIONS: Readonly<Record<string, (what: string) => string>> = {
  pause: (what) => `Pause ${what}?`,
  resume: (what) => `Put back ${what}?`,
  undo: (what) => `Take ${what} out of quarantine?`,
  restore: QUARANTINE,
  reap: QUARANTINE,
};

/** Shows a plan on stderr. */
export async function showPlan(frame: Frame, plan: Plan): Promise<void> {
  // What the host tells has no colours in it.
  const plain = { ...frame.render, colour: false };
  const text = String(await planReport(plan, frame.settings.verbose.value).text(plain));
  frame.host.tell({ kind: "info", text: text.trimEnd() });
}

/**
 * Shows a reversible plan on stderr and asks; a question that nobody answers is a no.
 * @throws EvenkeelError REFUSED by a guard, before anybody is asked; CANCELLED
 */
export async function confirmPlan(frame: Frame, plan: Plan, guards: GuardPolicy | undefined): Promise<void> {
  await showPlan(frame, plan);
  refuseBreaches(plan, guards);
  if (frame.settings.yes.value) return;
  const resources = new Set(plan.steps.map(({ target }) => target.arn)).size;
  const what = `${countOf(resources, "resource")} of account ${plan.account}`;
  const isMarking = plan.steps.every(({ operation }) => operation === "mark" || operation === "unmark");
  const question = isMarking ? `Change the marks of ${what}?` : (QUESTIONS[plan.verb]?.(what) ?? `Change ${what}?`);
  if (await frame.host.ask({ kind: "confirm", text: question, default: false })) return;
  throw new EvenkeelError("CANCELLED", "not confirmed", {
    state: "Nothing was changed.",
    hint: "confirm at a terminal, or with --yes",
  });
}
