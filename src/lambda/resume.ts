import { scheduleOf } from "../store/schedules.ts";
import { resumeUnattended, type UnattendedResumed, type Which } from "../verbs/resume/unattended.ts";
import type { Answer, StoreContext } from "./door.ts";
import { selectionIn } from "./env.ts";
import { orderIn, parseResumeOrder } from "./pause-event.ts";
import { inTime, isDryRun, pausingContext, timeIsOver } from "./pausing-context.ts";
import { resumeNews } from "./resume-news.ts";
import { tellReport } from "./tell-report.ts";

/**
 * Puts back what the pauses of the same selection have stopped by their schedule; with `{"record": "r-…"}` that record,
 * whoever made it; with `{"due": true}` all that have expired and are to be resumed then. Whatever else is paused stays so.
 * With DRY_RUN anything but exactly `false` it only tells what it would put back. Any other event is refused.
 * @throws EvenkeelError USAGE for an order that makes no sense; what resuming throws: invoked again, it goes on
 */
export async function onResume(event: unknown, opened: StoreContext): Promise<Answer> {
  const context = pausingContext(opened);
  const dryRun = isDryRun(context);
  const found = orderIn(event, context);
  if ("foreign" in found) {
    context.host.tell({ kind: "warning", text: `the event was refused: ${found.foreign}` });
    return { statusCode: 403, body: found.foreign };
  }
  const which = whichOf(found.order, context);
  const ended = await inTime(context, "resume", resumeUnattended(context, which, { dryRun }));
  const news = resumeNews(ended, { account: context.connection.account, dryRun });
  if (isCut(ended)) throw timeIsOver(`the time was over: ${news.subject}\n\n${news.text}`);
  context.host.tell({ kind: "info", text: news.text });
  if (ended.back.length + ended.left.length + ended.overdue.length > 0) await tellReport(context, news);
  return { statusCode: 200, body: news.subject };
}

function whichOf(order: unknown, { env }: StoreContext): Which {
  const { record, due, selection } = parseResumeOrder(order);
  if (record !== undefined) return { kind: "record", id: record };
  if (due) return { kind: "due" };
  return { kind: "schedule", schedule: scheduleOf(selection ?? selectionIn(env)) };
}

function isCut({ back, cut }: UnattendedResumed): boolean {
  return cut.length > 0 || back.some(({ plan, resumed }) => resumed && resumed.outcomes.size < plan.steps.length);
}
