import type { ShedDecision, ShedReading, ShedSettings, ShedState } from "../../model/shed.ts";
import type { Degree } from "../../model/weights.ts";
import { type Course, courseOf, type Order } from "./course.ts";
import { foreignChange } from "./foreign.ts";
import { coolingDown, longestStep } from "./give-back.ts";
import { baselineOf, heldBack, isHalfDone } from "./receivers.ts";

/** What a step is decided from. */
interface Case {
  readonly stand: ShedState;
  readonly settings: ShedSettings;
  readonly reading: ShedReading;
}

/**
 * What is to be done next about a listener. Pure: the same reading of the same state gives the same answer, so that a message
 * that comes twice, or a step that is tried again, ends in the same weights.
 */
export function decide(
  stand: ShedState,
  settings: ShedSettings,
  reading: ShedReading,
  order?: Order | undefined,
): ShedDecision {
  const { degree, phase, why } = stand;
  if (reading.rules === "gone") return forgetting("the listener is gone: there is nothing to give back");
  if (order?.kind === "freeze") return { phase: "frozen", degree, why: "a person has frozen it" };
  if (order?.kind === "accept") return { ...forgetting("a person has taken the weights as they are"), tell: undefined };
  const isStill = phase === "frozen" || phase === "lost";
  if (isStill && !order) return { phase, degree, why };
  const isNow = order?.kind === "restore" && order.now;
  const foreign = foreignChange(stand, reading);
  if (foreign && !isNow) return { phase: "lost", degree, why: foreign, ...(phase === "lost" ? {} : { tell: foreign }) };
  if (isNow) return { phase: "idle", degree: nothingShed(settings), why: "a person has given all the load back" };
  const isOrdered = order !== undefined && order.kind !== "unfreeze";
  if (stand.pending && !isOrdered && isHalfDone(stand, settings, reading))
    return finished({ stand, settings, reading }, stand.pending.degree);
  const course = courseOf(stand, settings, reading, order);
  const step = course.direction === "shed" ? shed : giveBack;
  const { tell = course.tell, ...decision } = step({ stand, settings, reading }, course);
  const told = tell === undefined || tell === why ? {} : { tell };
  return { ...decision, direction: course.direction, ...(course.givingBack ? { givingBack: true } : {}), ...told };
}

const nothingShed = ({ maxShedPercent }: ShedSettings): Degree => ({ level: 0, cap: maxShedPercent });

/** Nothing is written: what stands there is what there is to go by. */
function forgetting(why: string): ShedDecision {
  return { phase: "idle", degree: { level: 0, cap: 0 }, why, forgets: true, tell: why };
}

function shed({ stand, settings, reading }: Case, { why, level: asked }: Course): ShedDecision {
  const { shedPercent, maxShedPercent, shedDelaySeconds, restoreDelaySeconds } = settings;
  const before = standing(stand, settings);
  if (baselineOf(stand, reading).length === 0) {
    const nothing =
      "no rule of the listener forwards to the primary group and to another one: there is nothing to shed";
    return { phase: "idle", degree: nothingShed(settings), why: nothing, tell: nothing };
  }
  const isOverCap = before.level > maxShedPercent;
  const nextSeconds = isOverCap ? restoreDelaySeconds : shedDelaySeconds;
  const aim = Math.min(asked ?? before.level + shedPercent, maxShedPercent);
  const degree = {
    level: isOverCap ? approach(before.level, maxShedPercent, settings) : Math.max(aim, before.level),
    cap: approach(before.cap, maxShedPercent, settings),
  };
  if (isSame(degree, before)) {
    // Those that have got load are looked at, too: a person has to know that it goes nowhere.
    const unfit = heldBack({ stand, settings, reading }, { before: nothingShed(settings), after: degree });
    if (unfit) return { phase: "holding", degree, why: unfit, nextSeconds, tell: unfit };
    const isThere = asked !== undefined && asked <= before.level;
    const reached = isThere
      ? `${before.level} % are shed already`
      : `${why}, and the cap of ${maxShedPercent} % is reached`;
    return { phase: "holding", degree, why: reached, nextSeconds };
  }
  const held = isOverCap ? undefined : heldBack({ stand, settings, reading }, { before, after: degree });
  if (held) return { phase: "holding", degree: before, why: held, nextSeconds, tell: held };
  return { phase: degree.level >= maxShedPercent ? "holding" : "shedding", degree, why, nextSeconds };
}

function giveBack({ stand, settings, reading }: Case, { why, givingBack }: Course): ShedDecision {
  const { restorePercent, maxShedPercent, restoreDelaySeconds: nextSeconds } = settings;
  if (stand.baseline.length === 0) return { phase: "idle", degree: nothingShed(settings), why: "nothing is shed" };
  const before = standing(stand, settings);
  const basis = { stand, settings, reading };
  const steps = stepsBack(before, restorePercent).map((level): Degree => {
    return { level, cap: level === 0 ? maxShedPercent : approach(before.cap, maxShedPercent, settings) };
  });
  const next = givingBack ? steps[0] : (coolingDown(basis) ?? longestStep(basis, before, steps));
  const degree = next ?? before;
  if ("seconds" in degree) return { phase: "holding", degree: before, why: degree.why, nextSeconds: degree.seconds };
  const held = heldBack(basis, { before, after: degree });
  if (held) return { phase: "holding", degree: before, why: held, nextSeconds, tell: held };
  // At the baseline it looks once more: an alarm that came meanwhile was left to this loop. Not where all is given back
  // whatever the alarm says.
  if (degree.level === 0 && givingBack) return { phase: "idle", degree, why };
  return { phase: degree.level === 0 ? "idle" : "restoring", degree, why, nextSeconds };
}

/** Levels that a step back can come to: a whole step, half of one, and so on to a point. */
function stepsBack({ level }: Degree, restorePercent: number): number[] {
  const levels: number[] = [];
  for (let size = restorePercent; size >= 1; size = Math.floor(size / 2)) levels.push(Math.max(0, level - size));
  return levels;
}

/**
 * A step that was cut short has written some rules and others not: it is brought to its end before anything else is done, or
 * taken back where its end can't be had any more. So no rule is ever more than that one step from where it is thought to be.
 */
function finished({ stand, settings, reading }: Case, aim: Degree): ShedDecision {
  const { degree: before, why } = stand;
  const { maxShedPercent, shedDelaySeconds, restoreDelaySeconds } = settings;
  const isMore = aim.level > before.level;
  const isOverCap = isMore && aim.level > maxShedPercent;
  const held = isOverCap ? undefined : heldBack({ stand, settings, reading }, { before, after: aim });
  const nextSeconds = isMore ? shedDelaySeconds : restoreDelaySeconds;
  if (held)
    return { phase: "holding", degree: before, why: held, nextSeconds, ...(held === why ? {} : { tell: held }) };
  const degree = isOverCap ? before : aim;
  const phase = degree.level === 0 ? "idle" : isMore ? "shedding" : "restoring";
  const { direction, givingBack } = stand;
  const isEnd = phase === "idle" && givingBack === true;
  return {
    ...{ phase, degree },
    ...(isEnd ? {} : { nextSeconds }),
    why: "the step before was cut short",
    ...(direction ? { direction } : {}),
    ...(givingBack ? { givingBack } : {}),
  };
}

function standing({ baseline, degree }: ShedState, settings: ShedSettings): Degree {
  return baseline.length === 0 ? nothingShed(settings) : degree;
}

/** One step towards a limit that somebody has moved: neither is load given back suddenly by that, nor shed. */
function approach(now: number, limit: number, { shedPercent, restorePercent }: ShedSettings): number {
  return now < limit ? Math.min(limit, now + shedPercent) : Math.max(limit, now - restorePercent);
}

const isSame = (a: Degree, b: Degree) => a.level === b.level && a.cap === b.cap;
