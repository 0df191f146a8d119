import { EvenkeelError, EXIT, type ExitCode } from "../../model/errors.ts";
import { checkStoreUrl } from "../../store/open.ts";
import { isDue } from "../../verbs/records/expiry.ts";
import { recordsIn } from "../../verbs/records/find.ts";
import { executeResume, type PreparedResume, prepareResume } from "../../verbs/resume/resume.ts";
import { watchResumed } from "../../verbs/resume/watch.ts";
import type { Action, Given } from "../command.ts";
import { confirmPlan } from "../confirm-plan.ts";
import type { Frame } from "../frame.ts";
import { tellOverdue } from "../overdue.ts";
import { parsePace } from "../pace.ts";
import { planReport } from "../plan-view.ts";
import { tellDamage } from "../tell-damage.ts";
import { type Told, tellAllResumed } from "../tell-resumed.ts";
import type { RESUME } from "./pause.command.ts";

type Options = Given<(typeof RESUME)["options"]>;

export const run: Action<typeof RESUME> = async (frame, options) => {
  parsePace(options);
  check(options);
  const context = await frame.online();
  const from = options.from === undefined ? undefined : await frame.storeAt(options.from);
  const records = await recordsIn(context, from);
  tellOverdue(frame, records);
  if (!options.due) return resumeAll(frame, options, [await prepareResume(context, options.record, from)]);
  const due = records.filter((each) => isDue(each, frame.clock.now()));
  // A part of a record is put back only where a person has said so of that very record.
  const whole = due.filter(({ damage }) => damage === undefined || damage.copy !== undefined);
  for (const known of due) if (!whole.includes(known)) tellDamage(frame.host, known);
  if (due.length === 0)
    frame.host.tell({ kind: "info", text: "No overdue record is to be resumed by itself: nothing was changed." });
  const code = await resumeAll(frame, options, await eachPrepared(whole, (id) => prepareResume(context, id, from)));
  return whole.length < due.length ? EXIT.partial : code;
};

async function eachPrepared<T extends { readonly id: string }>(
  records: readonly T[],
  prepare: (id: string) => Promise<PreparedResume>,
): Promise<PreparedResume[]> {
  const prepared: PreparedResume[] = [];
  for (const { id } of records) prepared.push(await prepare(id));
  return prepared;
}

/** A year: nobody watches longer. */
const LONGEST_WATCH = 365 * 24 * 60;

/** @throws EvenkeelError USAGE: nothing has been called then */
function check({ due, record, accept, from, watch }: Options): void {
  if (due && (record !== undefined || accept))
    throw new EvenkeelError("USAGE", `--due and --${record === undefined ? "accept" : "record"} exclude each other`, {
      hint: "--due takes every overdue record that was made with --on-expiry resume",
    });
  if (from !== undefined) checkStoreUrl(from, "--from");
  if (watch !== undefined && !(Number.isFinite(watch) && watch > 0 && watch <= LONGEST_WATCH))
    throw new EvenkeelError("USAGE", `--watch can't be ${watch}: it is a number of minutes above 0`, {
      hint: "for example --watch 30",
    });
}

/** Asks about each, puts each back, and tells of all together. */
async function resumeAll(frame: Frame, options: Options, all: readonly PreparedResume[]): Promise<ExitCode> {
  for (const { record, damage } of all)
    tellDamage(frame.host, { id: record.id, record, ...(damage ? { damage } : {}) });
  if (options.dryRun) {
    for (const { plan } of all) await frame.show(planReport(plan));
    if (all.some(({ plan }) => plan.steps.length > 0)) frame.nextWithout("--dry-run");
    return EXIT.done;
  }
  const guards = (await frame.online()).guards;
  for (const { plan } of all) if (plan.steps.length > 0) await confirmPlan(frame, plan, guards);
  const told: Told[] = [];
  for (const prepared of all) {
    if (frame.signal.aborted) break;
    const resumed = await executeResume(await frame.enduring(), prepared, options.accept, parsePace(options));
    told.push({ ...prepared, ...resumed });
  }
  await watchAll(frame, options.watch, told);
  return tellAllResumed(frame, told, options.due ?? false);
}

async function watchAll(frame: Frame, minutes: number | undefined, told: Told[]): Promise<void> {
  if (minutes === undefined || frame.signal.aborted) return;
  frame.host.tell({
    kind: "info",
    text: `Watching for ${minutes} minutes that what was started stays started. Ctrl-C ends the watch and changes nothing.`,
  });
  const context = await frame.online();
  const watched = await Promise.all(
    told.map(async (each) => ({ ...each, watched: await watchResumed(context, each.record, each.verified, minutes) })),
  );
  told.splice(0, told.length, ...watched);
}
