import type { Outcomes } from "../engine/apply.ts";
import { incomplete } from "../model/coverage.ts";
import { type PlanMoney, planMoney } from "../model/money.ts";
import type { Kept, Plan, Step } from "../model/plan.ts";
import { countOf, minute } from "../report/humanise.ts";
import { moneyLines } from "../report/money.ts";
import type { PauseRecord } from "../store/record-text.ts";
import type { UnattendedPaused } from "../verbs/pause/unattended.ts";
import type { FunctionReport } from "./tell-report.ts";

/** A record that steps were paused by in this invocation. */
interface Part {
  readonly record: PauseRecord;
  readonly run: string;
  readonly outcomes: Outcomes;
}

function partsOf({ continued, paused }: UnattendedPaused): readonly Part[] {
  return [...continued, ...(paused ? [paused] : [])];
}

const isDone = (outcomes: Outcomes, { id }: Step) => ["applied", "unchanged"].includes(outcomes.get(id)?.kind ?? "");

/** Steps that were never begun: the next invocation goes on. */
export function cutIn(ended: UnattendedPaused): boolean {
  return !ended.plan || partsOf(ended).some(({ record, outcomes }) => outcomes.size < record.plan.steps.length);
}

/** How many ended how, and what is saved by those that are paused. */
export function doneBy(ended: UnattendedPaused) {
  const steps = partsOf(ended).flatMap(({ record, outcomes }) =>
    record.plan.steps.map((step) => ({ step, kind: outcomes.get(step.id)?.kind, done: isDone(outcomes, step) })),
  );
  const done = steps.flatMap((each) => (each.done ? [each.step] : []));
  const failed = steps.filter(({ kind }) => kind === "failed").length;
  const money = moneyOf(done, ended.plan?.kept ?? []);
  return { applied: done.length, failed, open: steps.length - done.length - failed, total: steps.length, money };
}

function moneyOf(steps: readonly Step[], kept: readonly Kept[]): PlanMoney | undefined {
  return planMoney(
    steps.flatMap(({ money }) => money ?? []),
    kept.flatMap(({ money }) => money ?? []),
  );
}

/** What was paused, kept and why, what it saves, and how to put it back. */
export function pauseNews(
  ended: UnattendedPaused,
  {
    account,
    dryRun,
    because,
  }: { readonly account: string; readonly dryRun: boolean; readonly because: readonly string[] },
): FunctionReport {
  const { plan, takenOver } = ended;
  const { applied, total, money } = doneBy(ended);
  const parts = partsOf(ended);
  const planned = plan?.steps ?? [];
  const subject = dryRun
    ? `Evenkeel would pause ${countOf(planned.length, "resource")} of account ${account} (dry run)`
    : `Evenkeel ${keeping(takenOver)}paused ${applied} of ${countOf(total, "resource")} of account ${account}`;
  const saving = dryRun ? moneyOf(planned, plan?.kept ?? []) : money;
  const blocks = [
    because,
    takenOverLines(takenOver),
    ...(dryRun ? [titled("Would be paused:", planned.map(lineOf)), dryLines(planned)] : []),
    ...parts.flatMap(partBlocks),
    saving && (dryRun || applied > 0) ? moneyLines(saving, "pause") : [],
    plan ? titled("Kept:", plan.kept.map(keptLine)) : [],
    unseenLines(plan),
  ];
  const run = parts.at(-1)?.run;
  const records = [...new Set([...takenOver, ...parts.map(({ record }) => record.id)])];
  return {
    subject,
    text:
      blocks.flatMap((lines) => (lines.length > 0 ? [lines.join("\n")] : [])).join("\n\n") ||
      "There is nothing to pause.",
    attributes: {
      event: "pause",
      account,
      dry_run: String(dryRun),
      paused: String(applied),
      record: records.join(","),
    },
    name: run ?? `pause-${plan?.id.replace(/^p-/, "") ?? "none"}-plan`,
    again: run ? `evenkeel runs show ${run}` : "evenkeel pause --dry-run",
  };
}

function keeping({ length }: readonly string[]): string {
  return length > 0 ? `keeps ${countOf(length, "pause record")} from its schedule, and ` : "";
}

function takenOverLines(records: readonly string[]): string[] {
  return titled(
    "Paused by a schedule before, and now no schedule starts it again:",
    records.map((id) => `record ${id}; to put it back: evenkeel resume --record ${id}`),
  );
}

function partBlocks({ record, run, outcomes }: Part): string[][] {
  const { steps } = record.plan;
  const open = steps.filter((step) => !isDone(outcomes, step));
  const then = { remind: "you are reminded", resume: "it is resumed", keep: "it stays paused" }[
    record.onExpiry ?? "remind"
  ];
  return [
    titled(`Paused by record ${record.id}:`, steps.filter((step) => isDone(outcomes, step)).map(lineOf)),
    titled(
      "Not paused:",
      open.map((step) => `${lineOf(step)}: ${reasonOf(outcomes, step)}`),
    ),
    [
      `To put it back: evenkeel resume --record ${record.id}, or invoke the resume function with {"record":"${record.id}"}.`,
      `The record expires ${minute(record.expiresAt)}; then ${then}. Its run: ${run}.`,
    ],
  ];
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [title, ...lines.map((line) => `  ${line}`)] : [];
}

function lineOf({ target, says }: Step): string {
  return `${target.region}  ${says}`;
}

function keptLine({ target, reason }: Kept): string {
  return `${target.region}  ${target.type} ${target.name ?? target.id}: ${reason}`;
}

function reasonOf(outcomes: Outcomes, { id }: Step): string {
  const outcome = outcomes.get(id);
  if (!outcome) return "the time was over before it was begun";
  return "reason" in outcome ? `${outcome.kind}: ${outcome.reason}` : outcome.kind;
}

function dryLines(steps: readonly Step[]): string[] {
  return steps.length > 0 ? ["Nothing was changed: DRY_RUN is not set to `false`."] : [];
}

function unseenLines(plan: Plan | undefined): string[] {
  const cells = plan ? incomplete(plan.coverage) : [];
  const [first] = cells;
  if (!first) return [];
  const text = `${countOf(cells.length, "listing")} could not be completely read, the first ${first.type} in ${first.region}`;
  return [`${text}: what is there goes on running.`];
}
