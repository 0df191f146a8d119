import { z } from "zod";
import type { AccountId, IsoInstant } from "../model/brand.ts";
import { EvenkeelError } from "../model/errors.ts";
import { type Plan, planDigest } from "../model/plan.ts";
import { readAll, type Store } from "./store.ts";

/** The prior state saved by a pause, until its resume has verified everything. Written before the first change. */
export interface PauseRecord {
  readonly id: string;
  readonly createdAt: IsoInstant;
  readonly expiresAt: IsoInstant;
  /** The plan that was applied: each step holds what its resource was like. */
  readonly plan: Plan;
}

/** A record as it is listed. */
export type ListedRecord =
  | { readonly kind: "readable"; readonly record: PauseRecord; readonly armed: boolean }
  | { readonly kind: "damaged"; readonly id: string; readonly armed: boolean; readonly problem: string };

const folderOf = (account: string) => `accounts/${account}/records/`;
const pathOf = (account: string, id: string) => `${folderOf(account)}${id}.json`;
const closedPath = (account: string, id: string) => `${folderOf(account)}${id}.closed`;

/* Only what is needed to tell a record from rubbish; the digest says whether the rest is as it was written. */
const SHAPE = z.looseObject({
  id: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  plan: z.looseObject({ digest: z.string(), account: z.string(), steps: z.array(z.looseObject({ id: z.string() })) }),
});

/** @throws EvenkeelError STORE_FAILED; REFUSED when a record of this id exists */
export async function writeRecord(store: Store, record: PauseRecord): Promise<void> {
  const path = pathOf(record.plan.account, record.id);
  if (!(await store.write(path, Buffer.from(`${JSON.stringify(record, undefined, 1)}\n`), { exclusive: true })))
    throw new EvenkeelError("REFUSED", `a pause record ${record.id} exists already`, { state: "nothing was changed" });
}

/** Marks a record as done: everything in it is back, or was told to be gone. */
export async function closeRecord(store: Store, account: AccountId, id: string): Promise<void> {
  await store.write(closedPath(account, id), Buffer.from("\n"));
}

/** An account's records, oldest first. */
export async function listRecords(store: Store, account: AccountId): Promise<ListedRecord[]> {
  const objects = (await store.list(folderOf(account))).map(({ path }) => path.slice(folderOf(account).length));
  const closed = new Set(
    objects.filter((name) => name.endsWith(".closed")).map((name) => name.slice(0, -".closed".length)),
  );
  const ids = objects.filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -".json".length));
  const listed = await Promise.all(ids.map((id) => readRecord(store, account, id, !closed.has(id))));
  return listed.sort((a, b) => (createdAt(a) < createdAt(b) ? -1 : 1));
}

function createdAt(listed: ListedRecord): string {
  return listed.kind === "readable" ? listed.record.createdAt : "";
}

async function readRecord(store: Store, account: AccountId, id: string, armed: boolean): Promise<ListedRecord> {
  const text = (await readAll(store, pathOf(account, id)))?.toString("utf8") ?? "";
  const problem = (said: string): ListedRecord => ({ kind: "damaged", id, armed, problem: said });
  try {
    const parsed = SHAPE.safeParse(JSON.parse(text));
    if (!parsed.success) return problem(z.prettifyError(parsed.error));
    const record = parsed.data as unknown as PauseRecord;
    if (planDigest(record.plan) !== record.plan.digest) return problem("its digest differs: it was edited or damaged");
    if (record.plan.account !== account) return problem(`it is of account ${record.plan.account}`);
    return { kind: "readable", record, armed };
  } catch (error) {
    return problem(`it is no JSON: ${(error as Error).message}`);
  }
}
