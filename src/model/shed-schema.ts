import { z } from "zod";
import { SHED_PHASES, type ShedState } from "./shed.ts";
import { GREATEST_WEIGHT } from "./weights.ts";

/* What a stored state of shedding must look like, member by member. */

const percent = z.number().min(0).max(100);
const degree = z.strictObject({ level: percent, cap: percent });
const rules = z.array(
  z.strictObject({
    rule: z.string().startsWith("arn:"),
    weights: z.record(z.string().startsWith("arn:"), z.int().min(0).max(GREATEST_WEIGHT)),
  }),
);
const at = z.iso.datetime();

const schema = z.strictObject({
  schema: z.literal(1),
  listener: z.string().startsWith("arn:"),
  primary: z.string().startsWith("arn:"),
  revision: z.int().positive(),
  generation: z.int().nonnegative(),
  phase: z.enum(SHED_PHASES),
  degree,
  baseline: rules,
  written: rules,
  pending: z.strictObject({ degree, rules }).optional(),
  why: z.string(),
  since: at.optional(),
  changedAt: at,
  former: degree.optional(),
  dueAt: at.optional(),
  direction: z.enum(["shed", "restore"]).optional(),
  givingBack: z.boolean().optional(),
  lease: z.strictObject({ owner: z.string().min(1), until: at }).optional(),
});

/** A state with what tells one attempt to write it from all others: whoever lost the answer to a write knows its own again. */
const stored = z.strictObject({ writer: z.string().min(1), state: schema });

export function shedStateText(state: ShedState, writer: string): string {
  return JSON.stringify({ writer, state });
}

/** @throws TypeError saying what is wrong with it, when it is damaged or another version's */
export function parseShedState(text: string): ShedState {
  try {
    return stored.parse(JSON.parse(text)).state as unknown as ShedState;
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : (cause as Error).message;
    throw new TypeError(why, { cause });
  }
}
