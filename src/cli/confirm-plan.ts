import { EvenkeelError } from "../model/errors.ts";
import type { Plan } from "../model/plan.ts";
import { countOf } from "../report/humanise.ts";
import type { Frame } from "./frame.ts";
import { planReport } from "./plan-view.ts";

/** Shows a reversible plan on stderr and asks; a question that nobody answers is a no. @throws EvenkeelError CANCELLED */
export async function confirmPlan(frame: Frame, plan: Plan): Promise<void> {
  frame.host.tell({ kind: "info", text: String(await planReport(plan).text(frame.render)).trimEnd() });
  if (frame.settings.yes.value) return;
  const text = `${plan.verb === "pause" ? "Pause" : "Put back"} ${countOf(plan.steps.length, "resource")} of account ${plan.account}?`;
  if (await frame.host.ask({ kind: "confirm", text, default: false })) return;
  throw new EvenkeelError("CANCELLED", "not confirmed", {
    state: "Nothing was changed.",
    hint: "confirm at a terminal, or with --yes",
  });
}
