import type { Outcomes } from "../engine/apply.ts";
import { breachesOf } from "../engine/guards.ts";
import type { Plan } from "../model/plan.ts";
import { exportPath, runPrefix } from "../store/runs.ts";
import type { PauseContinued } from "../verbs/pause/go-on.ts";
import { executePause } from "../verbs/pause/pause.ts";
import { withContinued } from "../verbs/reap/continued.ts";
import { goOnWithPauses } from "../verbs/reap/pauses.ts";
import { prepareReap } from "../verbs/reap/reap.ts";
import type { ReapRequest } from "../verbs/reap/request.ts";
import { reapResult } from "../verbs/reap/result.ts";
import { parseReapSettings, type ReapSettings } from "../verbs/reap/settings.ts";
import { DEFAULT_EXPIRY_DAYS } from "../verbs/records/expiry.ts";
import { executeRemoval } from "../verbs/removal/execute.ts";
import { cutOffRun } from "../verbs/runs/cut-off.ts";
import type { Answer, StoreContext } from "./door.ts";
import { policyChoiceIn, selectionIn } from "./env.ts";
import { pausingContext } from "./pausing-context.ts";
import { measureReap, newsOf, type ReapRun, reapText } from "./reaper-report.ts";
import { whyNoSchedule } from "./schedule-event.ts";
import { tellReport } from "./tell-report.ts";
import { untilOver } from "./until-over.ts";

const DAY_MS = 24 * 3_600_000;

/**
 * Reaps as the environment says, and tells people if there is news. Without state: what it does not get done the next run
 * finds again, and what it was to pause and did not the next run goes on with.
 * @throws EvenkeelError USAGE for a bad value, before anything is looked at; what planning and carrying out throw
 */
export async function onReap(event: unknown, given: StoreContext): Promise<Answer> {
  const context = pausingContext(given);
  const { host, clock, connection } = context;
  const foreign = whyNoSchedule(event, context);
  if (foreign) {
    host.tell({ kind: "warning", text: `the event was refused: ${foreign}` });
    return { statusCode: 403, body: foreign };
  }
  const { settings, request } = askedFor(context);
  for (const text of settings.warnings) host.tell({ kind: "warning", text });

  const plan = await prepareReap(context, request);
  const isLive = !settings.dryRun;
  const continued = isLive ? await goOn(context, plan, settings) : [];
  const run = isLive ? await carryOut(context, plan, settings) : undefined;
  const own = reapResult(plan, isLive ? (run?.outcomes ?? new Map()) : undefined, clock.now());
  const result = withContinued(own, continued, clock.now());
  measureReap(context.meter, plan, result);
  const breaches = isLive ? [] : breachesOf(plan, {});
  const news = newsOf(result, request);
  const last = run?.run ?? continued.at(-1)?.run;
  host.tell({ kind: "info", text: news.subject });
  if (news.isNews)
    await tellReport(context, {
      name: last ?? `${runPrefix("reap", plan.id)}plan`,
      subject: news.subject,
      text: await reapText(plan, result, { run, breaches }),
      attributes: {
        event: "reap",
        account: connection.account,
        region: request.selection.regions.join(","),
        ...news.counts,
      },
      again: last ? `evenkeel runs show ${last}` : "evenkeel reap --dry-run",
    });
  return { statusCode: 200, body: news.subject };
}

/** One account and one region, unless the selection names others. @throws EvenkeelError USAGE */
function askedFor({ env, connection }: StoreContext) {
  const settings = parseReapSettings(env);
  const selection = selectionIn(env);
  const request = {
    ...policyChoiceIn(env),
    packer: settings.packer,
    confirmRuns: settings.confirmRuns,
    selection: { ...selection, regions: selection.regions ?? [connection.defaultRegion] },
    prices: true,
  } satisfies ReapRequest;
  return { settings, request };
}

/** A plan that removes finds again what was not removed; what a record holds is in no later plan. */
async function goOn(context: StoreContext, plan: Plan, { batchSize }: ReapSettings): Promise<PauseContinued[]> {
  if (plan.verb !== "pause" || context.signal.aborted) return [];
  const done = await untilOver(goOnWithPauses(context, plan, { batchSize }), context.over);
  if (done) return done;
  context.host.tell({
    kind: "warning",
    text: "the time was over while an earlier pause was gone on with: the next run goes on",
    hint: "`evenkeel runs` tells how far it came",
  });
  return [];
}

/** @returns undefined = nothing was begun: there was nothing to do, or no time */
async function carryOut(context: StoreContext, plan: Plan, { batchSize }: ReapSettings): Promise<ReapRun | undefined> {
  const { clock, over, store, lastStore, signal } = context;
  if (plan.steps.length === 0 || signal.aborted) return undefined;
  const pace = { batchSize };
  const work: Promise<{ readonly run: string; readonly outcomes: Outcomes }> =
    plan.verb === "pause"
      ? executePause(context, plan, clock.now() + DEFAULT_EXPIRY_DAYS * DAY_MS, pace)
      : executeRemoval(context, plan, pace);
  const done = (await untilOver(work, over)) ?? (await cutOffRun(await lastStore(), plan));
  return done && { ...done, exported: `${store.url}/${exportPath(plan.account, done.run)}` };
}
