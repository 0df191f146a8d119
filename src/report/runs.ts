import type { Attempt } from "../verbs/runs/attempts.ts";
import type { RunDetails, RunSummary } from "../verbs/runs/runs.ts";
import type { Report } from "./format.ts";
import { countOf, duration, minute } from "./humanise.ts";
import { type Column, renderTable } from "./table.ts";

/** Runs in the order given: who, from where, when, and what came of them. */
export function runsReport(runs: readonly RunSummary[]): Report {
  return {
    text: (options) => (runs.length === 0 ? "There are no runs.\n" : renderTable(COLUMNS, runs, options)),
    data: () => ({ count: runs.length, runs }),
    csv: {
      titles: ["run", "verb", "state", "startedAt", "lastAt", "ms", "caller", "host", "user", "counts", "notBegun"],
      records: () =>
        runs.map((run) => {
          const { caller, from } = run.begins[0] ?? {};
          const who = [caller, from?.host, from?.user];
          const when = [run.startedAt, run.lastAt, run.ms];
          return [run.id, run.verb, run.state, ...when, ...who, countsText(run), run.notBegun];
        }),
    },
  };
}

const COLUMNS: readonly Column<RunSummary>[] = [
  { title: "RUN", value: ({ id }) => id, whole: true },
  { title: "STATE", value: stateText, style: ({ state }) => (state === "finished" ? undefined : "warning") },
  { title: "BEGAN", value: ({ startedAt }) => (startedAt ? minute(startedAt) : "not known"), min: 20 },
  { title: "TOOK", value: ({ ms }) => duration(ms), align: "right" },
  { title: "STEPS", value: countsText },
  { title: "WHO", value: ({ begins }) => begins[0]?.caller ?? "not known", spare: 2 },
  { title: "FROM", value: ({ begins: [first] }) => (first ? `${first.from.user}@${first.from.host}` : ""), spare: 1 },
];

function stateText({ state, damaged }: RunSummary): string {
  return damaged.length === 0 ? state : `${state}, ${countOf(damaged.length, "damaged line")}`;
}

function countsText({ counts, notBegun }: RunSummary): string {
  const told = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`);
  return [...told, ...(notBegun ? [`${notBegun} not begun`] : [])].join(", ");
}

/** One run, step by step. */
export function runReport({ summary, plan, problem, attempts }: RunDetails): Report {
  return {
    text: (options) => `${headText(summary, problem)}\n${renderTable(STEPS, attempts, options)}`,
    data: () => ({ ...summary, ...(problem ? { problem } : {}), plan: plan ?? null, attempts: attempts.map(plainly) }),
    csv: {
      titles: [
        ...["step", "type", "id", "region", "outcome", "reason", "code"],
        ...["begunAt", "endedAt", "ms", "requestIds", "before", "after"],
      ],
      records: () => attempts.map(record),
    },
  };
}

function headText(run: RunSummary, problem: string | undefined): string {
  const begins = run.begins.map(
    ({ at, caller, from }, index) =>
      `${index === 0 ? "Begun" : "Continued"} ${at} by ${caller} (${from.user}@${from.host}, ${from.where}, evenkeel ${from.version})\n`,
  );
  const lines = [
    `Run ${run.id}: ${stateText(run)}; ${countsText(run) || "no steps"}; ${duration(run.ms)}${run.record ? `; record ${run.record}` : ""}\n`,
    ...begins,
    ...(problem ? [`${problem}\n`] : []),
    ...(run.damaged.length > 0
      ? [`Damaged lines of the journal: ${run.damaged.join(", ")}. What they told is not below.\n`]
      : []),
  ];
  return lines.join("");
}

const STEPS: readonly Column<Attempt>[] = [
  { title: "REGION", value: ({ planned }) => planned?.target.region ?? "" },
  { title: "WHAT", value: ({ planned, step }) => planned?.says ?? step },
  { title: "OUTCOME", value: outcomeText },
  { title: "TOOK", value: ({ ms }) => (ms === undefined ? "" : duration(ms)), align: "right" },
  { title: "CHANGED", value: changedText, spare: 2 },
  { title: "REASON", value: reasonText },
  { title: "REQUEST IDS", value: ({ requestIds }) => requestIds.join(" "), spare: 1 },
];

function outcomeText({ outcome, begunAt }: Attempt): string {
  return outcome?.kind ?? (begunAt ? "cut off" : "not begun");
}

function reasonText({ outcome }: Attempt): string {
  return outcome && "reason" in outcome ? outcome.reason : "";
}

/** `desired 3 -> 0` */
function changedText({ before, after }: Attempt): string {
  if (!before || !after) return "";
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const texts = names.map((name) => ({
    name,
    was: JSON.stringify(before[name] ?? null),
    is: JSON.stringify(after[name] ?? null),
  }));
  return texts
    .filter(({ was, is }) => was !== is)
    .map(({ name, was, is }) => `${name} ${was} -> ${is}`)
    .join(", ");
}

/** Without the planned step, which stands in the plan. */
function plainly({ planned, ...attempt }: Attempt): object {
  return { ...attempt, ...(planned ? { says: planned.says, target: planned.target } : {}) };
}

function record(attempt: Attempt) {
  const { planned, step, outcome, begunAt, endedAt, ms, requestIds, before, after } = attempt;
  const { type, id, region } = planned?.target ?? {};
  const code = outcome?.kind === "failed" ? outcome.code : undefined;
  const states = [before, after].map((state) => (state ? JSON.stringify(state) : undefined));
  return [
    ...[step, type, id, region, outcomeText(attempt), reasonText(attempt), code],
    ...[begunAt, endedAt, ms, requestIds.join(" "), ...states],
  ];
}
