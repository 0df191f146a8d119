import { open, readFile } from "node:fs/promises";
import { z } from "zod";
import { EvenkeelError } from "../model/errors.ts";
import { type Plan, planDigest } from "../model/plan.ts";
import { planSchema } from "../model/plan-schema.ts";

const MAKE_ONE = "`evenkeel pause --plan-out FILE` writes one";

/** Writes a plan for `apply`; an existing file is not overwritten. It holds configurations, so nobody else may read it. */
export async function writePlan(path: string, plan: Plan): Promise<void> {
  try {
    const file = await open(path, "wx", 0o600);
    await file.writeFile(`${JSON.stringify(plan, undefined, 2)}\n`);
    await file.sync();
    await file.close();
  } catch (cause) {
    throw new EvenkeelError("STORE_FAILED", `could not write the plan to ${path}: ${(cause as Error).message}`, {
      hint: "choose a new file in a folder of yours",
      state: "nothing was changed",
      cause,
    });
  }
}

/** @throws EvenkeelError NO_PLAN (missing, no plan), REFUSED (edited) */
export async function readPlan(path: string): Promise<Plan> {
  const parsed = planSchema.safeParse(await readJson(path));
  if (!parsed.success)
    throw new EvenkeelError("NO_PLAN", `${path} is no plan: ${z.prettifyError(parsed.error)}`, { hint: MAKE_ONE });
  const plan = parsed.data as unknown as Plan;
  if (planDigest(plan) === plan.digest) return plan;
  throw new EvenkeelError("REFUSED", `the plan in ${path} was edited: its digest differs`, {
    hint: "make a new plan with --plan-out",
    state: "nothing was changed",
  });
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new EvenkeelError("NO_PLAN", `could not read a plan from ${path}: ${(cause as Error).message}`, {
      hint: MAKE_ONE,
      cause,
    });
  }
}
