import { z } from "zod";
import { parseArn } from "./arn.ts";
import { OPERATIONS, PLAN_SCHEMA } from "./plan.ts";

/* What a plan file must look like, member by member. docs/plan.schema.json is made of it. */

const text = z.string().min(1);
const texts = z.array(z.string());
const region = z.string().regex(/^(global|[a-z]{2,}(-[a-z]+)+-\d+)$/);
const type = z.string().regex(/^AWS::\w+::\w+$/);
const state = z.record(z.string(), z.unknown());
const amount = z.string().regex(/^-?\d+(\.\d+)?$/);
const rate = z.strictObject({ hour: amount, day: amount, month: amount });

const target = z.strictObject({
  arn: z.string().startsWith("arn:"),
  type,
  id: text,
  name: z.string().optional(),
  region,
});

const part = { part: text, of: z.string().optional(), stops: z.boolean() };

const money = z.strictObject({
  currency: z.enum(["USD", "CNY"]),
  gross: amount.describe("An hour, before the pause."),
  remains: amount.describe("An hour, while it is paused."),
  net: amount.describe("Gross less what remains."),
  parts: z.array(z.strictObject({ ...part, hourly: amount, price: z.looseObject({}) })),
  unpriced: z.array(z.strictObject({ ...part, reason: z.string() })),
  coveredBy: z.string().optional(),
  countedWith: z.string().optional(),
});

export const stepSchema = z.strictObject({
  id: text,
  operation: z.enum(OPERATIONS),
  target,
  way: z
    .string()
    .optional()
    .describe(
      "One of the type's ways to be paused (absent = the usual one), the preparation of a removal, or what a quarantine does besides its tag.",
    ),
  says: z.string(),
  reason: z.string(),
  stage: z.int().describe("All steps of a stage have ended before the next, higher one begins."),
  expects: state.describe("What must be read just before; anything else and the step is skipped."),
  saves: state.describe("The prior state, saved before the first change."),
  sets: state.optional().describe("The absolute target, where the operation alone does not tell it."),
  after: texts.describe("Ids of steps that must have been done before."),
  loses: texts.describe("What is lost, as sentences."),
  risks: texts.describe("What may fail on the way back."),
  iam: texts,
  patienceMinutes: z.number().positive().optional(),
  money: money.optional(),
});

export const keptSchema = z.strictObject({
  target,
  reason: z.string(),
  goesWith: z.string().startsWith("arn:").optional().describe("What takes it along when it is removed."),
  money: money.optional(),
});

const budget = z.strictObject({
  maxRemovals: z.int().positive(),
  maxShare: z.number().positive().max(1),
  allowData: z.array(type),
  typed: z.array(z.enum(["max-removals", "max-share"])).optional(),
});

const tags = z.record(z.string(), z.string());

const selection = z.strictObject({
  types: z.array(type),
  regions: z.array(region),
  tags: tags.optional(),
  excludeTags: tags.optional(),
  ids: texts.optional(),
  excludeIds: texts.optional(),
  createdBefore: z.iso.datetime().optional(),
  createdAfter: z.iso.datetime().optional(),
});

const cell = z.strictObject({
  type,
  region,
  status: z.enum(["complete", "partial", "denied", "throttled", "unsupported", "failed"]),
  count: z.int().nonnegative(),
  reason: z.string().optional(),
  action: z.string().optional(),
});

const planMoney = z.strictObject({
  currency: z.enum(["USD", "CNY"]),
  source: z.string(),
  gross: rate,
  remains: rate,
  net: rate,
  kept: rate,
  unpriced: z.int().nonnegative(),
  pricesOf: z.strictObject({ oldest: z.string(), newest: z.string() }).optional(),
});

/** A plan as it is stored: in a file, beside a run's journal. */
export const planSchema = z
  .strictObject({
    schema: z.literal(PLAN_SCHEMA),
    id: z.string().regex(/^p-[\w-]+$/),
    verb: text,
    account: z.string().regex(/^\d{12}$/),
    partition: text,
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    selection,
    coverage: z.array(cell),
    steps: z.array(stepSchema).describe("What will be done."),
    kept: z.array(keptSchema).describe("What was considered and left, and why."),
    budget: budget.optional().describe("How much a plan of removals may do."),
    money: planMoney.optional(),
    digest: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe("SHA-256 of all the rest as canonical JSON."),
  })
  .superRefine(({ account, steps }, context) => {
    const stages = new Map(steps.map(({ id, stage }) => [id, stage]));
    const refuse = (message: string, ...path: (string | number)[]) =>
      context.addIssue({ code: "custom", message, path });
    if (stages.size < steps.length) refuse("two steps have the same id", "steps");
    for (const [index, step] of steps.entries()) {
      const owner = accountOf(step.target.arn);
      if (owner !== undefined && owner !== account) refuse(`is of account ${owner}`, "steps", index, "target", "arn");
      for (const [at, id] of step.after.entries()) {
        const stage = stages.get(id);
        if (stage === undefined) refuse("there is no such step", "steps", index, "after", at);
        else if (stage > step.stage) refuse("is of a later stage", "steps", index, "after", at);
      }
    }
  });

/** Undefined = the ARN names none (a bucket's), or AWS's own. */
function accountOf(arn: string): string | undefined {
  try {
    const { account } = parseArn(arn);
    return /^\d{12}$/.test(account) ? account : undefined;
  } catch {
    return undefined;
  }
}

/** The JSON Schema (draft 2020-12) of a plan. What of a plan's parts must fit together stands only in code. */
export function planJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(planSchema);
  return {
    $schema,
    title: "Evenkeel plan",
    description: "What will be done to an AWS account, in order, and what was considered and left.",
    ...schema,
  };
}
