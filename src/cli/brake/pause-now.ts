import { refuseBreaches } from "../../engine/guards.ts";
import { incomplete } from "../../model/coverage.ts";
import { EvenkeelError, EXIT, type ExitCode } from "../../model/errors.ts";
import type { Plan } from "../../model/plan.ts";
import { age, countOf } from "../../report/humanise.ts";
import { listRecords } from "../../store/records.ts";
import type { VerbContext } from "../../verbs/context.ts";
import { executePause, type Paused, preparePause } from "../../verbs/pause/pause.ts";
import { DEFAULT_EXPIRY_DAYS } from "../../verbs/records/expiry.ts";
import { recordIdOf } from "../../verbs/records/held.ts";
import { confirmPlan } from "../confirm-plan.ts";
import type { Frame } from "../frame.ts";
import { planReport } from "../plan-view.ts";
import { backedOut } from "../setup/ask-role.ts";
import { setUp } from "../setup/set-up.ts";
import { askRegions, askWhat } from "./ask-what.ts";
import { begun } from "./begun.ts";
import { foundText } from "./found-view.ts";
import { isApplied, pausedReport } from "./paused-view.ts";
import { resumeNow } from "./resume-now.ts";
import { stageHost } from "./stage-host.ts";

const DAY_MS = 24 * 3_600_000;

/** Look, choose, pause. Whatever is answered with nothing changes nothing. */
export async function pauseNow(first: Frame, dryRun: boolean): Promise<ExitCode> {
  const frame = await configured(first);
  const context = await frame.online();
  const talks = isTalk(frame) && !dryRun;
  const extend = talks ? await askExtend(frame, context) : dryRun;
  if (extend === "resume") return resumeNow(frame, false);
  const found = await look(frame, context, { extend, talks });
  const seenAll = incomplete(found.coverage).length === 0;
  if (found.steps.length === 0) {
    const none = seenAll ? "There is nothing to pause." : "Nothing that could be read can be paused.";
    frame.host.tell({ kind: "info", text: none });
    await frame.show(planReport(found));
    return seenAll ? EXIT.done : EXIT.partial;
  }
  if (dryRun) {
    await frame.show(planReport(found));
    refuseBreaches(found, context.guards);
    frame.nextWithout("--dry-run");
    return seenAll ? EXIT.done : EXIT.partial;
  }
  const plan = talks ? await askWhat(frame, found) : found;
  await confirmPlan(frame, plan, context.guards);
  const enduring = await frame.enduring();
  const expiresAt = frame.clock.now() + DEFAULT_EXPIRY_DAYS * DAY_MS;
  const staged = { ...enduring, host: stageHost(frame.host, plan) };
  const paused = await begun(frame, recordIdOf(plan), () => executePause(staged, plan, expiresAt));
  return tell(frame, plan, paused);
}

const isTalk = ({ asks, settings }: Frame) => asks && !settings.yes.value;

/** The first run on a machine is led through the setup; where nobody can be asked, the credentials have to do. */
async function configured(frame: Frame): Promise<Frame> {
  const { configFile, savedFile, settings } = frame;
  if (configFile || savedFile || settings.roleArn.value !== undefined || !isTalk(frame)) return frame;
  frame.host.tell({ kind: "info", text: "First run on this machine: as whom Evenkeel works is asked once." });
  await setUp(frame, { asIs: false, mfa: settings.mfaSerial.value !== undefined, hurry: true });
  return frame.reopen();
}

/** What is paused already is put back or left beside; a pause on top of it is another record. */
async function askExtend(frame: Frame, { store, connection }: VerbContext): Promise<boolean | "resume"> {
  const armed = (await listRecords(store, connection.account)).filter((each) => each.armed);
  const [newest] = armed.flatMap((each) => (each.kind === "readable" ? [each.record] : [])).reverse();
  if (!newest) return false;
  const resources = countOf(newest.plan.steps.length, "resource");
  const answer = await frame.host.ask({
    kind: "choice",
    text: `The brake was hit ${age(newest.createdAt, frame.clock.now())}: record ${newest.id} holds ${resources}. What now?`,
    options: [
      { value: "resume", label: "Put them back" },
      { value: "extend", label: "Pause more beside them" },
    ],
    default: "",
  });
  if (answer === "") throw backedOut();
  return answer === "resume" ? "resume" : true;
}

async function look(
  frame: Frame,
  context: VerbContext,
  { extend, talks }: { readonly extend: boolean; readonly talks: boolean },
): Promise<Plan> {
  const named = frame.settings.regions.value;
  const planFor = (regions: readonly string[]) =>
    preparePause(context, { selection: { regions }, extend, prices: true });
  const show = (plan: Plan) =>
    frame.host.tell({ kind: "info", text: `\n${foundText(plan, frame.render).trimEnd()}\n` });
  const here = await planFor(named ?? [context.connection.defaultRegion]);
  if (talks) show(here);
  else if (!named)
    frame.host.tell({
      kind: "info",
      text: `Looked in ${context.connection.defaultRegion} only; --regions names others.`,
    });
  const more = named || !talks ? undefined : await askRegions(frame, context.connection);
  if (!more) return here;
  const everywhere = await planFor(more);
  show(everywhere);
  return everywhere;
}

async function tell(frame: Frame, plan: Plan, paused: Paused): Promise<ExitCode> {
  await frame.show(pausedReport(plan, paused));
  const undone = plan.steps.filter(({ id }) => !isApplied(paused.outcomes.get(id))).length;
  if (frame.signal.aborted)
    throw new EvenkeelError("CANCELLED", "stopped by you", {
      state: `${plan.steps.length - undone} of ${countOf(plan.steps.length, "resource")} were paused; nothing is half done.`,
      hint: `\`evenkeel apply --continue ${paused.run}\` pauses the rest\n\`aws-hit-breaks --resume\` puts back what was paused`,
    });
  frame.next("aws-hit-breaks --resume", "aws-hit-breaks --status");
  return undone > 0 || incomplete(plan.coverage).length > 0 ? EXIT.partial : EXIT.done;
}
