import { type BeginLine, type Counts, type JournalLine, parseJournal, progressOf } from "../../engine/journal.ts";
import { countsOf } from "../../engine/run.ts";
import { isAlive, type Origin, thisOrigin } from "../../io/origin.ts";
import type { AccountId, IsoInstant } from "../../model/brand.ts";
import { EvenkeelError } from "../../model/errors.ts";
import type { Plan } from "../../model/plan.ts";
import { listRuns, type RunHead, readRunHead, runLines } from "../../store/runs.ts";
import type { OfflineContext } from "../context.ts";
import { type Attempt, attemptsOf } from "./attempts.ts";

/**
 * `interrupted` = it has no end, or steps that were never begun; `running?` = it has no end, and was at work a moment ago on
 * another machine; `not begun` = it died before its first change.
 */
export type RunState = "finished" | "interrupted" | "running" | "running?" | "not begun";

/** One run as its journal tells it. */
export interface RunSummary {
  readonly id: string;
  readonly state: RunState;
  /** Who began it and who went on with it, in that order; none where those lines are damaged. */
  readonly begins: readonly BeginLine[];
  readonly verb: string;
  readonly startedAt?: IsoInstant;
  /** The last that is known of it. */
  readonly lastAt?: IsoInstant;
  /** From its first to its last line, less the time between an interruption and its continuation. */
  readonly ms: number;
  readonly counts: Counts;
  /** Steps of which nothing is written; undefined = how many there are is not known. */
  readonly notBegun?: number;
  readonly record?: string;
  /** Numbers of the journal's lines that are damaged. */
  readonly damaged: readonly number[];
}

/** A run with its steps. */
export interface RunDetails {
  readonly summary: RunSummary;
  /** Undefined = missing or damaged: see `problem`. */
  readonly plan?: Plan;
  readonly problem?: string;
  /** In the order in which they were begun; then the steps that never were. */
  readonly attempts: readonly Attempt[];
}

type RunsContext = Pick<OfflineContext, "store" | "clock" | "from">;

/** An account's runs, newest first; those whose begin is not known come last. */
export async function runsOf(context: RunsContext, account: AccountId, prefix = ""): Promise<RunSummary[]> {
  const ids = await listRuns(context.store, account, prefix);
  const all = await Promise.all(
    ids.map(async (id) => summaryOf(context, id, parseJournal(await runLines(context.store, account, id)))),
  );
  const startOf = ({ startedAt }: RunSummary): string => startedAt ?? "";
  return all.sort((a, b) => (startOf(a) === startOf(b) ? (a.id < b.id ? 1 : -1) : startOf(a) < startOf(b) ? 1 : -1));
}

/** Those of an account's runs whose process may be at work just now: on this machine, or on another one. */
export async function runsAtWork(context: RunsContext, account: AccountId, prefix: string): Promise<RunSummary[]> {
  const runs = await runsOf(context, account, prefix);
  return runs.filter(({ state }) => state === "running" || state === "running?");
}

/** @throws EvenkeelError NO_RUN when there is none of this id */
export async function runDetails(context: RunsContext, account: AccountId, id: string): Promise<RunDetails> {
  await mustExist(context, account, id);
  const { store } = context;
  const journal = parseJournal(await runLines(store, account, id));
  const summary = summaryOf(context, id, journal);
  const attempts = (plan?: Plan) => attemptsOf(journal.lines, plan);
  try {
    const plan = (await readRunHead(store, account, id))?.plan;
    if (plan) return { summary, plan, attempts: attempts(plan) };
    return { summary, problem: "its plan is missing", attempts: attempts() };
  } catch (error) {
    return { summary, problem: (error as Error).message, attempts: attempts() };
  }
}

/** What a run was begun with, and what is written of it. */
export interface StoredRun {
  readonly summary: RunSummary;
  readonly head: RunHead;
  readonly lines: readonly JournalLine[];
}

/** @throws EvenkeelError NO_RUN; REFUSED when its plan is missing or damaged */
export async function storedRun(context: RunsContext, account: AccountId, id: string): Promise<StoredRun> {
  await mustExist(context, account, id);
  const journal = parseJournal(await runLines(context.store, account, id));
  const head = await readRunHead(context.store, account, id);
  if (head) return { summary: summaryOf(context, id, journal), head, lines: journal.lines };
  throw new EvenkeelError("REFUSED", `the plan of run ${id} is missing`, {
    hint: "`evenkeel resume` puts back what a pause has stopped",
    state: "nothing was changed",
  });
}

async function mustExist({ store }: RunsContext, account: AccountId, id: string): Promise<void> {
  const ids = await listRuns(store, account);
  if (ids.includes(id)) return;
  throw new EvenkeelError("NO_RUN", `there is no run ${id} of account ${account}`, {
    hint: "`evenkeel runs` lists all",
  });
}

function summaryOf(
  { clock, from = thisOrigin() }: RunsContext,
  id: string,
  { lines, damaged }: ReturnType<typeof parseJournal>,
): RunSummary {
  const begins = lines.filter((line) => line.kind === "begin");
  const { outcomes, begun } = progressOf(lines);
  const steps = begins[0]?.plan.steps;
  const [first, last] = [lines[0], lines.at(-1)];
  return {
    id,
    state: stateOf(lines, from, clock.now()),
    begins,
    verb: begins[0]?.verb ?? id.split("-")[0] ?? "",
    ...(first ? { startedAt: first.at } : {}),
    ...(last ? { lastAt: last.at } : {}),
    ms: workedMs(lines),
    counts: countsOf(outcomes.values()),
    ...(steps === undefined ? {} : { notBegun: Math.max(0, steps - outcomes.size - begun.size) }),
    ...(begins[0]?.record ? { record: begins[0].record } : {}),
    damaged,
  };
}

/** A step that waits for a database writes nothing for so long and is still at work. */
const SILENCE_MS = 30 * 60_000;

function stateOf(lines: readonly JournalLine[], here: Origin, now: number): RunState {
  const last = lines.at(-1);
  if (!last) return "not begun";
  if (last.kind === "end") return last.notBegun === 0 ? "finished" : "interrupted";
  const from = lines.findLast((line) => line.kind === "begin")?.from;
  // Without a begin it can't be told who works on it.
  if (!from || from.host !== here.host) return now - Date.parse(last.at) < SILENCE_MS ? "running?" : "interrupted";
  // A container gives each of its lives the same numbers: our own can't be another's.
  return from.pid !== here.pid && isAlive(from.pid) ? "running" : "interrupted";
}

function workedMs(lines: readonly JournalLine[]): number {
  let total = 0;
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    if (before && line.kind !== "begin") total += Math.max(0, Date.parse(line.at) - Date.parse(before.at));
  }
  return total;
}
