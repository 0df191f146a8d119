import { z } from "zod";
import { parseSelection, type RawSelection } from "../engine/selection.ts";
import { EvenkeelError, isError } from "../model/errors.ts";
import { ON_EXPIRY } from "../store/record-text.ts";
import type { StoreContext } from "./door.ts";
import { selectionSchema } from "./env.ts";
import { whyNoSchedule } from "./schedule-event.ts";

/* What may bring a pause or a resume about: a schedule, whose input is the order, and an alert of AWS Budgets. */

/** An event that is none of these, and why. */
export interface Foreign {
  readonly foreign: string;
}

/** An alert of a budget that is overspent, or is going to be. */
export interface Alert {
  readonly budget: string;
  /** `ACTUAL Amount: $85.50`, for people. */
  readonly lines: readonly string[];
}

/** What an event orders, as it was written; a schedule without an input orders what the environment says. */
export function orderIn(event: unknown, context: StoreContext): { readonly order: unknown } | Foreign {
  const isEvent = typeof event === "object" && event !== null && ("source" in event || "detail-type" in event);
  if (!isEvent) return { order: event ?? {} };
  const foreign = whyNoSchedule(event, context);
  return foreign === undefined ? { order: {} } : { foreign };
}

/** A misspelt filter must not select more than was meant. */
const selection = selectionSchema.transform((written, context): RawSelection => {
  const raw = Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined));
  try {
    parseSelection(raw);
  } catch (error) {
    if (!isError(error)) throw error;
    context.addIssue({ code: "custom", message: [error.message, error.details.hint].filter(Boolean).join("; ") });
  }
  return raw;
});

const pauseOrder = z.strictObject({
  selection: selection.optional(),
  expires: z.string().optional(),
  onExpiry: z.enum(ON_EXPIRY).optional(),
});

const resumeOrder = z
  .strictObject({
    record: z
      .string()
      .regex(/^r-[\w-]+$/, "must be the id of a record: r-0123456789ab")
      .optional(),
    due: z.literal(true).optional(),
    selection: selection.optional(),
  })
  .refine((order) => Object.keys(order).length <= 1, "takes one of record, due and selection");

/** @throws EvenkeelError USAGE: nothing has been called then */
export function parsePauseOrder(order: unknown): z.infer<typeof pauseOrder> {
  return parsed(pauseOrder, order, '{"selection": {"tag": ["env=dev"]}, "expires": "7d", "onExpiry": "remind"}');
}

/** @throws EvenkeelError USAGE: nothing has been called then */
export function parseResumeOrder(order: unknown): z.infer<typeof resumeOrder> {
  return parsed(resumeOrder, order, '{"record": "r-0123456789ab"}');
}

function parsed<T>(schema: z.ZodType<T>, order: unknown, example: string): T {
  const result = schema.safeParse(order);
  if (result.success) return result.data;
  throw new EvenkeelError("USAGE", `the input makes no sense: ${z.prettifyError(result.error)}`, {
    hint: `for example ${example}; {} takes what EVENKEEL_SELECTION says`,
    state: "nothing was called",
  });
}

/* Source: Lambda developer guide, "Invoking Lambda functions with Amazon SNS notifications". */
const topicEvent = z.looseObject({
  Records: z.array(z.looseObject({ EventSource: z.literal("aws:sns"), Sns: z.looseObject({ Message: z.string() }) })),
});

export function isTopicEvent(event: unknown): boolean {
  return typeof event === "object" && event !== null && "Records" in event;
}

/**
 * The alert in a message of a topic; a topic brings one at a time. It must be of this account, and of the budget BUDGET_NAME
 * where that is set; budgets of coverage and utilisation alert when they fall, which is no reason to pause.
 */
export function alertIn(event: unknown, { connection, env }: StoreContext): Alert | Foreign {
  const result = topicEvent.safeParse(event);
  if (!result.success) return { foreign: `it is no message of a topic: ${z.prettifyError(result.error)}` };
  const [record, ...more] = result.data.Records;
  if (!record) return { foreign: "it has no record" };
  if (more.length > 0) return { foreign: `it has ${more.length + 1} records, and a topic sends one` };
  const text = record.Sns.Message;
  const account = /^AWS Account (\d{12})\s*$/m.exec(text)?.[1];
  const budget = lineIn(text, "Budget Name");
  const threshold = lineIn(text, "Alert Threshold");
  // Source: the messages that AWS Budgets sends; its user guide, "Creating an Amazon SNS topic for budget notifications".
  if (!text.startsWith("AWS Budget Notification") || !account || !budget || !threshold)
    return { foreign: "it is no alert of AWS Budgets" };
  if (account !== connection.account) return { foreign: `the budget ${budget} is of account ${account}` };
  if (env.BUDGET_NAME && budget !== env.BUDGET_NAME)
    return { foreign: `it is of the budget ${budget}, not of ${env.BUDGET_NAME}` };
  if (!threshold.startsWith(">")) return { foreign: `the budget ${budget} alerts when it falls (${threshold})` };
  const lines = text
    .split("\n")
    .filter((line) => /^(Budget Name|Budgeted Amount|Alert [\w ]+|\w+ Amount): /.test(line));
  return { budget, lines };
}

function lineIn(text: string, name: string): string | undefined {
  return new RegExp(`^${name}: (.*\\S)\\s*$`, "m").exec(text)?.[1];
}
