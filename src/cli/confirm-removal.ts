import { type GuardPolicy, refuseBreaches } from "../engine/guards.ts";
import { EvenkeelError } from "../model/errors.ts";
import type { Plan } from "../model/plan.ts";
import { countOf } from "../report/humanise.ts";
import { confirmPlan, showPlan } from "./confirm-plan.ts";
import type { Frame } from "./frame.ts";

const UNCHANGED = "Nothing was changed.";

/**
 * Shows a plan that removes on stderr, and has the account's alias typed, or its id where it has none. `--yes` stands for
 * that only together with `--account`.
 * @throws EvenkeelError REFUSED by a guard, before anybody is asked; OTHER_ACCOUNT; CANCELLED
 */
export async function confirmRemoval(
  frame: Frame,
  plan: Plan,
  guards: GuardPolicy | undefined,
  account: string | undefined,
): Promise<void> {
  refuseOther(plan, account);
  const removals = plan.steps.filter(({ operation }) => operation === "remove").length;
  // A quarantine can be undone.
  if (removals === 0) return confirmPlan(frame, plan, guards);
  await showPlan(frame, plan);
  refuseBreaches(plan, guards);
  if (frame.settings.yes.value) {
    if (account !== undefined) return;
    throw new EvenkeelError("REFUSED", "--yes alone does not confirm a removal, which can't be undone", {
      state: UNCHANGED,
      hint: `add --account ${plan.account} if that is the account you mean`,
    });
  }
  const alias = await (await frame.connect()).alias();
  const word = alias ?? plan.account;
  const text = `To remove ${countOf(removals, "resource")}, type the account's ${alias === undefined ? "id" : "alias"} (${word}):`;
  const answer = await frame.host.ask({ kind: "text", text, default: "" });
  if (answer === word) return;
  throw new EvenkeelError("CANCELLED", answer === "" ? "not confirmed" : `not confirmed: "${answer}" is not ${word}`, {
    state: UNCHANGED,
    hint: `confirm at a terminal, or with --yes --account ${plan.account}`,
  });
}

/** @throws EvenkeelError OTHER_ACCOUNT when another account was typed than the plan's */
export function refuseOther(plan: Plan, account: string | undefined): void {
  if (account === undefined || account === plan.account) return;
  throw new EvenkeelError("OTHER_ACCOUNT", `--account says ${account}, and the plan is of account ${plan.account}`, {
    state: UNCHANGED,
    hint: "sign in to the account that you mean",
  });
}
