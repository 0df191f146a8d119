import { z } from "zod";
import type { DoorContext } from "./door.ts";

/* Source: EventBridge user guide, "Creating a rule that runs on a schedule"; EventBridge Scheduler user guide, "Templated targets". */
const scheduled = z.looseObject({
  source: z.enum(["aws.events", "aws.scheduler"]),
  "detail-type": z.literal("Scheduled Event"),
  account: z.string(),
});

/**
 * Why an event is none of a schedule; undefined = it is one. What is to be done stands in the environment alone, so that a
 * person's empty event (`{}`, nothing) is as good.
 */
export function whyNoSchedule(event: unknown, { connection }: Pick<DoorContext, "connection">): string | undefined {
  const isEmpty = typeof event === "object" && (event === null || Object.keys(event).length === 0);
  if (event === undefined || (isEmpty && !Array.isArray(event))) return undefined;
  const parsed = scheduled.safeParse(event);
  if (!parsed.success) return `it is none of a schedule: ${z.prettifyError(parsed.error)}`;
  const { account } = parsed.data;
  return account === connection.account ? undefined : `it is of account ${account}, not of ${connection.account}`;
}
