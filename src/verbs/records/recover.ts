import { type JournalLine, parseJournal } from "../../engine/journal.ts";
import { parseArn } from "../../model/arn.ts";
import { type AccountId, type IsoInstant, instant } from "../../model/brand.ts";
import { EvenkeelError } from "../../model/errors.ts";
import { PLAN_SCHEMA, type Plan, planDigest } from "../../model/plan.ts";
import type { PauseRecord, Salvage } from "../../store/record-text.ts";
import { listRuns, type RunHead, readRunHead, runLines, runPrefix } from "../../store/runs.ts";
import type { Store } from "../../store/store.ts";

/** A step that a pause has begun, and of which no saved state can be trusted. */
export interface LostStep {
  readonly step: string;
  readonly arn: string;
  /** `evenkeel runs show RUN` tells what it was like just before. */
  readonly run: string;
}

const pauseRuns = (store: Store, account: AccountId, id: string) => listRuns(store, account, runPrefix("pause", id));

/**
 * The record as the plan that its run keeps tells it; undefined = there is no such plan whose digest is right, or there are
 * several that differ, and nothing says which.
 */
export async function copyOf(
  store: Store,
  account: AccountId,
  id: string,
  { head }: Salvage,
): Promise<{ readonly record: PauseRecord; readonly run: string } | undefined> {
  const heads: RunHead[] = [];
  for (const run of await pauseRuns(store, account, id)) {
    const kept = await intactHead(store, account, run);
    // A later run of the record, which stops something again, has another plan.
    const isCopy = kept?.record?.id === id && kept.plan.id.slice(1) === id.slice(1) && kept.plan.account === account;
    if (isCopy && (head === undefined || head.plan.digest === kept.plan.digest)) heads.push(kept);
  }
  const [first] = heads;
  if (!first || heads.some(({ plan }) => plan.digest !== first.plan.digest)) return undefined;
  const { expiresAt = first.plan.expiresAt, onExpiry } = first.record ?? {};
  const record: PauseRecord = {
    id,
    createdAt: first.plan.createdAt,
    expiresAt: instant(expiresAt),
    ...(onExpiry ? { onExpiry } : {}),
    ...head,
    plan: first.plan,
  };
  return { record, run: first.run };
}

async function intactHead(store: Store, account: AccountId, run: string): Promise<RunHead | undefined> {
  try {
    const head = await readRunHead(store, account, run);
    return head && planDigest(head.plan) === head.plan.digest ? head : undefined;
  } catch (error) {
    if (error instanceof EvenkeelError && error.code === "REFUSED") return undefined;
    throw error;
  }
}

/** What the journals of a record's pause say was begun. */
export async function begunSteps(store: Store, account: AccountId, id: string): Promise<LostStep[]> {
  const steps = new Map<string, LostStep>();
  for (const run of await pauseRuns(store, account, id))
    for (const step of intentsOf(parseJournal(await runLines(store, account, run)).lines))
      steps.set(step, { step, arn: step.replace(/^pause /, ""), run });
  return [...steps.values()];
}

function intentsOf(lines: readonly JournalLine[]): string[] {
  return lines.flatMap((line) => (line.kind === "intent" ? [line.step] : []));
}

/** Records whose file is gone although their pause had begun to change something, and that no resume has closed. */
export async function lostIds(store: Store, account: AccountId, known: ReadonlySet<string>): Promise<string[]> {
  const runs = await listRuns(store, account, "pause-");
  const ids = new Set(runs.map((run) => run.replace(/^pause-(.*)-\d+$/, "r-$1")).filter((id) => !known.has(id)));
  const lost: string[] = [];
  for (const id of ids)
    if ((await begunSteps(store, account, id)).length > 0 && !(await wasResumed(store, account, id))) lost.push(id);
  return lost;
}

async function wasResumed(store: Store, account: AccountId, id: string): Promise<boolean> {
  for (const run of await listRuns(store, account, runPrefix("resume", id))) {
    const { lines } = parseJournal(await runLines(store, account, run));
    // Journals of the first versions do not tell it.
    if (lines.some((line) => line.kind === "end" && line.closed !== false)) return true;
  }
  return false;
}

/** A record of the intact steps alone. What its head said and can't be read is not needed to put them back. */
export function partOf(id: string, account: AccountId, { head, steps }: Salvage, now: IsoInstant): PauseRecord {
  const [types, regions] = [steps.map(({ target }) => target.type), steps.map(({ target }) => target.region)];
  const kept = new Set(steps.map((step) => step.id));
  const [first] = steps;
  const draft = {
    schema: PLAN_SCHEMA,
    id: id.replace(/^r-/, "p-"),
    verb: "pause",
    account,
    partition: first ? parseArn(first.target.arn).partition : "aws",
    createdAt: now,
    expiresAt: now,
    selection: { types: [...new Set(types)], regions: [...new Set(regions)] },
    coverage: [],
    kept: [],
    ...head?.plan,
    // What a step waited for and is not known can't be waited for.
    steps: steps.map((step) => ({ ...step, after: step.after.filter((other) => kept.has(other)) })),
  } satisfies Omit<Plan, "digest">;
  const { createdAt = now, expiresAt = now, onExpiry } = head ?? {};
  return { id, createdAt, expiresAt, ...(onExpiry ? { onExpiry } : {}), plan: { ...draft, digest: planDigest(draft) } };
}
