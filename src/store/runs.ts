import { z } from "zod";
import type { AccountId } from "../model/brand.ts";
import { EvenkeelError } from "../model/errors.ts";
import type { Plan } from "../model/plan.ts";
import { planSchema } from "../model/plan-schema.ts";
import type { OnExpiry } from "./record-text.ts";
import { readAll, type Store } from "./store.ts";

/** What a run was begun with; stored beside its journal before the first change, so that it can be continued. */
export interface RunHead {
  readonly run: string;
  readonly plan: Plan;
  /** The pause record that is written, or put back. */
  readonly record?: { readonly id: string; readonly expiresAt?: string; readonly onExpiry?: OnExpiry };
}

const PLAN = ".plan.json";
const folderOf = (account: string) => `accounts/${account}/runs/`;
const journalPath = (account: string, run: string) => `${folderOf(account)}${run}`;

/** Runs of a record are told by their names alone, so that a damaged journal still is that record's: `pause-0123456789ab-`. */
export function runPrefix(verb: string, recordOrPlan: string): string {
  return `${verb}-${recordOrPlan.replace(/^[rp]-/, "")}-`;
}

/**
 * Gives a run its id and writes what it is begun with.
 * @throws EvenkeelError STORE_FAILED
 */
export async function createRun(store: Store, head: Omit<RunHead, "run">): Promise<RunHead> {
  const { account, verb, id } = head.plan;
  const prefix = runPrefix(verb, head.record?.id ?? id);
  const taken = await listRuns(store, account, prefix);
  // Someone else may take a number meanwhile: then the next one.
  for (let number = taken.length + 1; ; number++) {
    const named: RunHead = { run: `${prefix}${number}`, ...head };
    const content = Buffer.from(`${JSON.stringify(named)}\n`);
    if (await store.write(`${journalPath(account, named.run)}${PLAN}`, content, { exclusive: true })) return named;
  }
}

/** Ids of an account's runs, in no order of time. */
export async function listRuns(store: Store, account: AccountId, prefix = ""): Promise<string[]> {
  const folder = folderOf(account);
  const objects = await store.list(`${folder}${prefix}`);
  // A journal is a file in a folder, and a folder of lines in a bucket.
  const names = objects.map(({ path }) => (path.slice(folder.length).split("/")[0] ?? "").replace(PLAN, ""));
  return [...new Set(names)].sort();
}

/**
 * What a run was begun with; undefined = it is missing.
 * @throws EvenkeelError REFUSED when it makes no sense
 */
export async function readRunHead(store: Store, account: AccountId, run: string): Promise<RunHead | undefined> {
  const content = await readAll(store, `${journalPath(account, run)}${PLAN}`);
  if (content === undefined) return undefined;
  try {
    const head = JSON.parse(content.toString("utf8")) as RunHead;
    planSchema.parse(head.plan);
    return head;
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : (cause as Error).message;
    throw new EvenkeelError("REFUSED", `the plan of run ${run} is damaged: ${why}`, {
      hint: "`evenkeel resume` puts back what a pause has stopped; make a new plan for the rest",
      state: "nothing was changed",
      cause,
    });
  }
}

/**
 * Keeps the configuration of what a run removes, redacted, beside its journal before it goes.
 * @throws EvenkeelError STORE_FAILED
 */
export async function writeExport(store: Store, { run, plan }: RunHead, resources: readonly object[]): Promise<void> {
  const content = Buffer.from(`${JSON.stringify({ run, resources }, undefined, 2)}\n`);
  await store.write(exportPath(plan.account, run), content);
}

/** Where the configuration of what a run has removed is kept. */
export function exportPath(account: string, run: string): string {
  return `accounts/${account}/exports/${run}.json`;
}

/** A run's journal, line by line; none where it never wrote one. */
export function runLines(store: Store, account: AccountId, run: string): Promise<string[]> {
  return store.lines(journalPath(account, run));
}

/** The line is kept for good when this resolves. */
export function appendRunLine(store: Store, account: AccountId, run: string, line: object): Promise<void> {
  return store.append(journalPath(account, run), JSON.stringify(line));
}
