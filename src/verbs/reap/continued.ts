import { type Rate, rate, sum } from "../../model/money.ts";
import type { PauseContinued } from "../pause/go-on.ts";
import { type ReapResult, reapResult } from "./result.ts";

/** What a run has done by its own plan, and by going on with what earlier ones had left. */
export interface WholeResult extends ReapResult {
  /** By which all that was paused is put back, and nothing else. */
  readonly records: readonly NonNullable<ReapResult["record"]>[];
}

/** Adds to a run's result what became of the steps that earlier pauses had left. Pure. */
export function withContinued(own: ReapResult, continued: readonly PauseContinued[], now: number): WholeResult {
  const others = continued.map(({ record: { plan }, outcomes, left }) =>
    // What was kept, and what was not seen, this run's own plan tells.
    reapResult({ ...plan, steps: left, kept: [], coverage: [] }, outcomes, now),
  );
  const all = [own, ...others];
  const left = new Set<string>(continued.flatMap((each) => each.left.map(({ target }) => target.arn)));
  return {
    ...own,
    records: all.flatMap(({ record }) => record ?? []),
    paused: all.flatMap(({ paused }) => paused),
    deferred: all.flatMap(({ deferred }) => deferred),
    errors: all.flatMap(({ errors }) => errors),
    kept: own.kept.filter(({ target }) => !left.has(target.arn)),
    reclaimed: saved(all),
    isNews: all.some(({ isNews }) => isNews),
  };
}

function saved(results: readonly ReapResult[]): Rate | undefined {
  const rates = results.flatMap(({ reclaimed }) => reclaimed?.hour ?? []);
  return rates.length > 0 ? rate(sum(rates)) : undefined;
}
