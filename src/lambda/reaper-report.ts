import type { Breach } from "../engine/guards.ts";
import type { Plan, Target } from "../model/plan.ts";
import { countOf } from "../report/humanise.ts";
import { rateText } from "../report/money.ts";
import { renderRemoval } from "../report/removal/index.ts";
import { type RemovalRun, removalReport } from "../report/removal/model.ts";
import type { WholeResult } from "../verbs/reap/continued.ts";
import { reportReason } from "../verbs/reap/own-policy.ts";
import type { ReapRequest } from "../verbs/reap/request.ts";
import type { ReapResult, Undone } from "../verbs/reap/result.ts";
import type { Meter } from "./meter.ts";

export type ReapRun = RemovalRun;

/** Whether people are to be told, in one line, and in numbers for filters of subscriptions. */
export function newsOf(result: ReapResult, { policies, written = {} }: Pick<ReapRequest, "policies" | "written">) {
  const { mode, account, regions, deferred, errors, degraded, paused, marked, quarantined, isNews } = result;
  const isLive = mode === "live";
  const reasons = policies.filter((name) => written[name]?.action === "report").map(reportReason);
  const reported = result.kept.filter(({ reason }) => reasons.includes(reason)).length;
  const removed = removedBy(result);
  const parts = [
    count(removed, isLive ? "removed" : "would be removed"),
    count(paused.length, isLive ? "paused" : "would be paused"),
    count(quarantined.length, isLive ? "put into quarantine" : "would be put into quarantine"),
    count(marked.length, isLive ? "marked" : "would be marked"),
    count(reported, "reported"),
    count(deferred.length, "deferred"),
    count(errors.length, "failed"),
    degraded.length > 0 ? `${countOf(degraded.length, "listing")} not completely seen` : "",
  ].filter((part) => part !== "");
  const where = `account ${account}, ${regions.filter((region) => region !== "global").join(", ")}`;
  return {
    isNews: isNews || reported > 0,
    subject: `Evenkeel reap (${mode}): ${parts.join(", ") || "nothing to do"} in ${where}`,
    counts: {
      mode: isLive ? "live" : "dry-run",
      removed: String(isLive ? removed : 0),
      found: String(removed + paused.length + quarantined.length + marked.length),
      reported: String(reported),
      deferred: String(deferred.length),
      failed: String(errors.length),
      kept: String(result.kept.length),
      "not-seen": String(degraded.length),
    },
  };
}

const count = (number: number, what: string) => (number > 0 ? `${number} ${what}` : "");

function removedBy({ instances, orphans }: ReapResult): number {
  const along = instances.reduce((total, { removed }) => total + removed.length, instances.length);
  return along + orphans.reduce((total, { targets }) => total + targets.length, 0);
}

/** What a dry run would change it does not count as changed. */
export function measureReap(meter: Meter, plan: Plan, result: ReapResult): void {
  meter.measure(
    "ResourcesScanned",
    plan.coverage.reduce((total, cell) => total + cell.count, 0),
  );
  meter.measure("ListingsIncomplete", result.degraded.length);
  if (result.mode === "dry run") return;
  meter.measure("ResourcesRemoved", removedBy(result));
  meter.measure("ResourcesPaused", result.paused.length);
  meter.measure("ResourcesDeferred", result.deferred.length);
  meter.measure("ResourcesFailed", result.errors.length);
  if (result.reclaimed) meter.measure("MoneyReclaimed", Number(result.reclaimed.hour));
}

/** The whole of it, for people. */
export async function reapText(
  plan: Plan,
  result: WholeResult,
  { run, breaches }: { readonly run: ReapRun | undefined; readonly breaches: readonly Breach[] },
): Promise<string> {
  const refused = breaches.map(
    ({ guard, limit, found, lift }) =>
      `A live run would be refused: guard ${guard} allows ${limit}; the plan ${found}. ${lift}\n`,
  );
  const body =
    plan.verb === "pause"
      ? pausedText(plan, result)
      : await renderRemoval(removalReport(plan, { done: run }), "table", { colour: false, all: true });
  return [...refused, body].join("\n");
}

function pausedText({ money }: Plan, result: WholeResult): string {
  const { paused, deferred, errors, kept, records, mode, reclaimed } = result;
  const isLive = mode === "live";
  const undone = ({ target, says, reason }: Undone) => `${lineOf(target)}: ${says}: ${reason}`;
  return [
    list(isLive ? "Paused" : "Would be paused", paused.map(lineOf)),
    list("Deferred", deferred.map(undone)),
    list("Failed", errors.map(undone)),
    list(
      "Kept",
      kept.map(({ target, reason }) => `${lineOf(target)}: ${reason}`),
    ),
    ...records.map(({ id, resume }) =>
      records.length > 1
        ? `What is in record ${id} is put back by: ${resume}\n`
        : `All of it is put back by: ${resume}\n`,
    ),
    money && reclaimed ? `${isLive ? "Saves" : "Would save"} ${rateText(reclaimed, money.currency)}\n` : "",
  ]
    .filter((part) => part !== "")
    .join("\n");
}

const lineOf = ({ type, id, name, region }: Target) =>
  `${type} ${name === undefined || name === id ? id : `${name} (${id})`} in ${region}`;

function list(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : `${title} (${lines.length}):\n${lines.map((line) => `  ${line}\n`).join("")}`;
}
