import { z } from "zod";
import { parseSelection, type RawSelection } from "../engine/selection.ts";
import { EvenkeelError } from "../model/errors.ts";
import { BUILT_IN, type WrittenPolicies } from "../verbs/reap/policies.ts";
import { policiesSchema } from "../verbs/reap/policies-schema.ts";
import type { Env } from "./door.ts";

/** Which policies a reap goes by, and what those say that are not built in. */
export interface PolicyChoice {
  readonly policies: readonly string[];
  readonly written: WrittenPolicies;
}

const texts = z.array(z.string().min(1)).min(1).optional();
export const selectionSchema = z.strictObject({
  type: texts,
  excludeType: texts,
  tag: texts,
  excludeTag: texts,
  id: texts,
  exclude: texts,
  createdBefore: z.string().optional(),
  createdAfter: z.string().optional(),
  createdBetween: z.string().optional(),
  regions: texts,
});

/**
 * EVENKEEL_SELECTION: `{"type": ["ec2:instance"], "regions": ["eu-west-1"]}`; none = everything.
 * @throws EvenkeelError USAGE, UNKNOWN_TYPE: a misspelt filter must not select more than was meant
 */
export function selectionIn(env: Env): RawSelection {
  const written = jsonIn(env, "EVENKEEL_SELECTION", selectionSchema, '{"type":["ec2:instance"]}') ?? {};
  const raw = Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined));
  parseSelection(raw);
  return raw;
}

/** EVENKEEL_POLICY: names with commas between; EVENKEEL_POLICIES: `policies` of evenkeel.yaml, as JSON. @throws EvenkeelError USAGE */
export function policyChoiceIn(env: Env): PolicyChoice {
  const example = '{"old-disks":{"match":{"type":["ec2:volume"],"age":"30d"},"action":"report"}}';
  const written = jsonIn(env, "EVENKEEL_POLICIES", policiesSchema, example) ?? {};
  const named = env.EVENKEEL_POLICY?.split(",").map((name) => name.trim());
  return { policies: env.EVENKEEL_POLICY && named ? named : [BUILT_IN], written };
}

/** True only where it says exactly `true`. @throws EvenkeelError USAGE for what is neither that nor `false` */
export function switchIn(env: Env, name: string): boolean {
  const text = env[name];
  if (!text || text === "false") return false;
  if (text === "true") return true;
  throw new EvenkeelError("USAGE", `${name} can't be "${text}": it is true or false`, {
    hint: `for example ${name}=true`,
  });
}

function jsonIn<T>(env: Env, name: string, schema: z.ZodType<T>, example: string): T | undefined {
  const text = env[name];
  // An empty variable is one that somebody wanted to unset.
  if (!text) return undefined;
  const wrong = (why: string, cause?: unknown) =>
    new EvenkeelError("USAGE", `${name} makes no sense: ${why}`, {
      hint: `for example ${name}='${example}'`,
      ...(cause === undefined ? {} : { cause }),
    });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw wrong("it is no JSON", cause);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw wrong(z.prettifyError(parsed.error));
}
