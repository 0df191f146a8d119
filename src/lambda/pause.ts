import type { RawSelection } from "../engine/selection.ts";
import { incomplete } from "../model/coverage.ts";
import { EvenkeelError } from "../model/errors.ts";
import { scheduleOf } from "../store/schedules.ts";
import { pauseUnattended, type UnattendedPause, type UnattendedPaused } from "../verbs/pause/unattended.ts";
import { parseDays } from "../verbs/records/expiry.ts";
import type { Answer, StoreContext } from "./door.ts";
import { selectionIn } from "./env.ts";
import { alertIn, type Foreign, isTopicEvent, orderIn, parsePauseOrder } from "./pause-event.ts";
import { cutIn, doneBy, pauseNews } from "./pause-news.ts";
import { inTime, isDryRun, pausingContext, timeIsOver } from "./pausing-context.ts";
import { tellReport } from "./tell-report.ts";

/**
 * Pauses what its input or EVENKEEL_SELECTION selects, by a schedule or because a budget is overspent. With DRY_RUN anything
 * but exactly `false` it only tells what it would pause. Any other event is refused.
 * @throws EvenkeelError USAGE for an order that makes no sense; what pausing throws: invoked again, it goes on
 */
export async function onPause(event: unknown, given: StoreContext): Promise<Answer> {
  const context = pausingContext(given);
  const order = pauseIn(event, context);
  if ("foreign" in order) {
    context.host.tell({ kind: "warning", text: `the event was refused: ${order.foreign}` });
    return { statusCode: 403, body: order.foreign };
  }
  const ended = await inTime(context, "pause", pauseUnattended(context, order));
  measure(context, ended);
  const news = pauseNews(ended, { account: context.connection.account, dryRun: order.dryRun, because: order.because });
  if (cutIn(ended)) throw timeIsOver(`the time was over: ${news.subject}\n\n${news.text}`);
  context.host.tell({ kind: "info", text: news.text });
  if (!isQuiet(ended) || order.because.length > 0) await tellReport(context, news);
  return { statusCode: 200, body: news.subject };
}

type Order = UnattendedPause & { readonly because: readonly string[] };

function pauseIn(event: unknown, context: StoreContext): Order | Foreign {
  const dryRun = isDryRun(context);
  if (isTopicEvent(event)) {
    const alert = alertIn(event, context);
    if ("foreign" in alert) return alert;
    const selection = named(selectionIn(context.env));
    return {
      selection,
      days: parseDays("expires", undefined),
      // What a budget has stopped, or finds stopped, is started again by a person, and by no schedule.
      takesOver: scheduleOf(selection),
      dryRun,
      because: alert.lines,
    };
  }
  const found = orderIn(event, context);
  if ("foreign" in found) return found;
  const { selection: own, expires, onExpiry } = parsePauseOrder(found.order);
  const selection = named(own ?? selectionIn(context.env));
  return {
    selection,
    days: parseDays("expires", expires),
    onExpiry,
    schedule: scheduleOf(selection),
    dryRun,
    because: [],
  };
}

/** @throws EvenkeelError USAGE: nobody is asked whether it may be the whole account */
function named(selection: RawSelection): RawSelection {
  if (Object.keys(selection).length > 0) return selection;
  throw new EvenkeelError("USAGE", "nothing says what to pause, and the whole account is not paused unasked", {
    hint: 'give the schedule an input, or set EVENKEEL_SELECTION, for example {"tag": ["env=dev"]}',
    state: "nothing was called",
  });
}

function measure({ meter }: StoreContext, ended: UnattendedPaused): void {
  const { applied, failed, open, money } = doneBy(ended);
  meter.measure("ResourcesPaused", applied);
  meter.measure("ResourcesFailed", failed);
  meter.measure("ResourcesDeferred", open);
  meter.measure("ListingsIncomplete", ended.plan ? incomplete(ended.plan.coverage).length : 0);
  if (money) meter.measure("MoneyReclaimed", Number(money.net.hour));
}

/** A second invocation finds everything held: nobody needs to hear of that, but whoever has set a budget. */
function isQuiet({ continued, plan }: UnattendedPaused): boolean {
  return continued.length === 0 && plan?.steps.length === 0 && incomplete(plan.coverage).length === 0;
}
