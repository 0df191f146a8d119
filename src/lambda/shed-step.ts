import { z } from "zod";
import { EvenkeelError } from "../model/errors.ts";
import type { ShedContext } from "../verbs/shed/context.ts";
import { makeStep } from "../verbs/shed/step.ts";

/* Source: Lambda developer guide, "Using Lambda with Amazon SQS". */
const queueEvent = z.looseObject({
  Records: z.array(z.looseObject({ messageId: z.string(), body: z.string() })),
});
type QueueRecord = z.infer<typeof queueEvent>["Records"][number];

const stepMessage = z.strictObject({ shed: z.literal(1), listener: z.string(), generation: z.int().nonnegative() });

/** Which messages have to come back; all others are done with. */
export interface Failures {
  readonly batchItemFailures: { readonly itemIdentifier: string }[];
}

/**
 * Makes the step that each message asks for, one after the other. A message that fails, or makes no sense, comes back, and
 * after the queue's number of attempts goes to its dead-letter queue: no loop ends in silence.
 * @throws EvenkeelError USAGE for an event that is none of a queue
 */
export async function onMessages(event: unknown, context: ShedContext): Promise<Failures> {
  const parsed = queueEvent.safeParse(event);
  if (!parsed.success) throw new EvenkeelError("USAGE", `no event of a queue: ${z.prettifyError(parsed.error)}`);
  const { Records: records } = parsed.data;
  if (records.length === 0) context.host.tell({ kind: "warning", text: "the event has no record: nothing was done" });
  const batchItemFailures: Failures["batchItemFailures"] = [];
  for (const record of records)
    try {
      context.host.tell({ kind: "info", text: await takeMessage(record, context) });
    } catch (error) {
      batchItemFailures.push({ itemIdentifier: record.messageId });
      context.host.tell(failure(record, error));
    }
  return { batchItemFailures };
}

/** @returns what became of it */
async function takeMessage({ body }: QueueRecord, context: ShedContext): Promise<string> {
  const message = parseMessage(body, context);
  const end = await makeStep(context, { by: "message", generation: message.generation });
  if (end.kind === "dropped") return end.why;
  if (end.kind === "made") return `${end.decision.phase}: ${end.decision.why}`;
  // Coming back by itself would count as an attempt that has failed.
  await context.schedule?.(message, end.seconds);
  return `${end.why}: it comes again in ${end.seconds} s`;
}

/** @throws EvenkeelError USAGE */
function parseMessage(body: string, { settings }: ShedContext) {
  const parsed = stepMessage.safeParse(jsonOf(body));
  if (!parsed.success) throw new EvenkeelError("USAGE", `no message of shedding: ${z.prettifyError(parsed.error)}`);
  const { listener } = parsed.data;
  if (listener === settings.listener) return parsed.data;
  throw new EvenkeelError("USAGE", `the message is for the listener ${listener}, not for ${settings.listener}`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new EvenkeelError("USAGE", `the message is no JSON: ${(cause as Error).message}`, { cause });
  }
}

function failure({ messageId }: QueueRecord, error: unknown) {
  const { code, details } = error instanceof EvenkeelError ? error : { code: "BUG" as const, details: {} };
  const text = `the message ${messageId} comes back: ${(error as Error).message}`;
  return { kind: "error", code, text, ...(details.hint ? { hint: details.hint } : {}) } as const;
}
