import { z } from "zod";
import { EvenkeelError } from "../model/errors.ts";
import type { ShedContext } from "../verbs/shed/context.ts";
import { regionOf } from "../verbs/shed/read.ts";
import { makeStep } from "../verbs/shed/step.ts";
import type { Answer } from "./door.ts";

/* Source: CloudWatch user guide, "Alarm events and EventBridge". What else an event holds is of no use here. */
const alarmEvent = z.looseObject({
  source: z.literal("aws.cloudwatch"),
  "detail-type": z.literal("CloudWatch Alarm State Change"),
  account: z.string(),
  region: z.string(),
  detail: z.looseObject({ alarmName: z.string(), state: z.looseObject({ value: z.string() }) }),
});

/**
 * Begins to shed when the listener's alarm changes its state. What it has become is read from the alarm itself: an event may
 * be late. Any other event is refused.
 * @throws when a step could not be made; EvenkeelError REFUSED, held, when somebody else is making one: the event is to come
 *   again
 */
export async function onAlarm(event: unknown, context: ShedContext): Promise<Answer> {
  const foreign = whyForeign(event, context);
  if (foreign) {
    context.host.tell({ kind: "warning", text: `the event was refused: ${foreign}` });
    return { statusCode: 403, body: foreign };
  }
  const end = await makeStep(context, { by: "alarm" });
  if (end.kind === "busy")
    throw new EvenkeelError("REFUSED", `${end.why}: to be tried again in ${end.seconds} s`, {
      isHeld: true,
      state: "nothing was changed",
    });
  const body = end.kind === "dropped" ? end.why : `${end.decision.phase}: ${end.decision.why}`;
  context.host.tell({ kind: "info", text: body });
  return { statusCode: 200, body };
}

function whyForeign(event: unknown, { settings, connection }: ShedContext): string | undefined {
  const parsed = alarmEvent.safeParse(event);
  if (!parsed.success) return `it is no change of an alarm's state: ${z.prettifyError(parsed.error)}`;
  const { account, region, detail } = parsed.data;
  if (detail.alarmName !== settings.alarm) return `it is of the alarm ${detail.alarmName}, not of ${settings.alarm}`;
  const here = regionOf(settings.listener);
  if (account === connection.account && region === here) return undefined;
  return `it is of account ${account} in ${region}, not of ${connection.account} in ${here}`;
}
