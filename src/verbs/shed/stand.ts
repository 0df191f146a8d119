import { instant } from "../../model/brand.ts";
import type { RuleWeights, ShedDecision, ShedReading, ShedSettings, ShedState } from "../../model/shed.ts";
import { sameWeights } from "../../model/weights.ts";
import { weightsOf } from "./foreign.ts";
import type { Stand } from "./lease.ts";
import { type StepBasis, wanted } from "./plan.ts";
import { baselineOf, primaryOf } from "./receivers.ts";

/** Of a listener that nothing was ever done to. */
export function freshState({ listener, primary, maxShedPercent }: ShedSettings, now: number): ShedState {
  return {
    schema: 1,
    listener,
    primary,
    revision: 0,
    generation: 0,
    phase: "idle",
    degree: { level: 0, cap: maxShedPercent },
    baseline: [],
    written: [],
    why: "nothing is shed",
    changedAt: instant(now),
  };
}

/** Recorded rules that somebody has deleted. */
export function goneRules({ baseline }: Pick<ShedState, "baseline">, { rules, present }: ShedReading): string[] {
  if (rules === "gone") return [];
  return baseline.map(({ rule }) => rule).filter((rule) => !present.includes(rule));
}

/** What is stored before the first rule of a step is written. */
export function begun(basis: StepBasis, decision: ShedDecision): Stand {
  const { stand, settings, reading } = basis;
  const before = without(stand, "revision", "lease");
  const baseline = baselineOf(stand, reading);
  const isFirst = stand.baseline.length === 0;
  return {
    ...before,
    primary: primaryOf(stand, settings),
    baseline,
    written: isFirst ? baseline : before.written.map((each) => nowIn(each, stand, reading)),
    pending: { degree: decision.degree, rules: wanted(basis, decision) },
    since: before.since ?? instant(reading.now),
  };
}

/** A rule's weights as they are, where they are of a step of ours: one that was cut short has written some rules only. */
function nowIn({ rule, weights }: RuleWeights, { pending }: ShedState, { rules }: ShedReading): RuleWeights {
  const now = rules === "gone" ? undefined : weightsOf(rules, rule);
  const aim = weightsOf(pending?.rules ?? [], rule);
  return { rule, weights: now && aim && sameWeights(now, aim) ? now : weights };
}

/** What is stored when the step has been made. */
export function ended(basis: StepBasis, decision: ShedDecision, now: number): Stand {
  const { stand, settings, reading } = basis;
  const { phase, degree, why, direction, givingBack, nextSeconds } = decision;
  // What the decision says anew, or says no more.
  const before = without(stand, "revision", "lease", "dueAt", "givingBack", "direction");
  const generation = before.generation + 1;
  const due = nextSeconds === undefined ? {} : { dueAt: instant(now + nextSeconds * 1000) };
  // Nothing was written: what there was to know of the weights stays known.
  if (phase === "frozen" || phase === "lost") return { ...before, generation, phase, why };
  const { since, pending, ...rest } = before;
  const hasChanged = degree.level !== before.degree.level || pending !== undefined;
  const change = hasChanged ? { changedAt: instant(now), former: before.degree } : {};
  const gone = goneRules(before, reading);
  const isThere = ({ rule }: { readonly rule: string }) => !gone.includes(rule);
  const baseline = phase === "idle" ? [] : baselineOf(stand, reading).filter(isThere);
  const isShed = baseline.length > 0;
  return {
    ...rest,
    generation,
    phase: isShed ? phase : "idle",
    degree: isShed ? degree : { level: 0, cap: settings.maxShedPercent },
    primary: isShed ? primaryOf(stand, settings) : settings.primary,
    baseline,
    written: isShed ? wanted(basis, decision).filter(isThere) : [],
    why,
    ...change,
    ...(isShed ? { since: since ?? instant(now) } : {}),
    ...due,
    ...(direction ? { direction } : {}),
    ...(givingBack && isShed ? { givingBack } : {}),
  };
}

function without<T extends object, Key extends keyof T>(whole: T, ...keys: readonly Key[]): Omit<T, Key> {
  const rest = { ...whole };
  for (const key of keys) delete rest[key];
  return rest;
}
