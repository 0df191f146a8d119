import type { AccountId } from "../model/brand.ts";
import { EvenkeelError, isError } from "../model/errors.ts";
import type { Resource } from "../model/resource.ts";
import type { SnapshotHeader } from "../model/snapshot.ts";
import { activePath, findSnapshot, type SnapshotFile } from "./snapshot-files.ts";
import { newestIntact } from "./snapshot-list.ts";
import { noSuchSnapshot } from "./snapshot-missing.ts";
import { openLines, type SnapshotLines } from "./snapshot-reader.ts";
import { readAll, type Store } from "./store.ts";

/** A stored snapshot whose header has been read and belongs to the account. */
export interface OpenSnapshot {
  readonly header: SnapshotHeader;
  readonly file: SnapshotFile;
  /** The fast way: lines that are looked into only where needed. */
  lines(): Promise<SnapshotLines>;
  /** In ARN order. Throws at its end when the digest is wrong. */
  resources(): AsyncIterable<Resource>;
  /** Adds to a CORRUPT_SNAPSHOT which one can be used instead; gives any other error back as it is. */
  explain(error: unknown): Promise<unknown>;
}

/**
 * Opens a snapshot of an account by name.
 * @throws EvenkeelError NO_SNAPSHOT, OTHER_ACCOUNT, CORRUPT_SNAPSHOT, USAGE (not a name), STORE_FAILED
 */
export async function openSnapshot(store: Store, account: AccountId, name: string): Promise<OpenSnapshot> {
  const file = await findSnapshot(store, account, name);
  if (file === undefined) throw await noSuchSnapshot(store, account, name);
  const explain = (error: unknown) => withAlternative(error, store, account);
  try {
    const header = await headerOf(store, account, file);
    const lines = () => openLines(store, file);
    return { header, file, lines, resources: () => resourcesOf(lines, explain), explain };
  } catch (error) {
    throw await explain(error);
  }
}

/** Opens the active snapshot. @throws EvenkeelError NO_BASELINE, and what openSnapshot throws */
export async function openBaseline(store: Store, account: AccountId): Promise<OpenSnapshot> {
  const name = await activeSnapshot(store, account);
  if (name !== undefined) return openSnapshot(store, account, name);
  throw new EvenkeelError("NO_BASELINE", `account ${account} has no baseline in ${store.url}`, {
    hint: "make one with `evenkeel snapshot create`",
  });
}

async function headerOf(store: Store, account: AccountId, file: SnapshotFile): Promise<SnapshotHeader> {
  const { header, close } = await openLines(store, file);
  await close();
  if (header.account === account) return header;
  throw new EvenkeelError(
    "OTHER_ACCOUNT",
    `${file.path} holds a snapshot of account ${header.account}, not of ${account}`,
    {
      hint: "move the file back to its own account's folder, or make a new one with `evenkeel snapshot create`",
    },
  );
}

async function* resourcesOf(
  open: () => Promise<SnapshotLines>,
  explain: OpenSnapshot["explain"],
): AsyncIterable<Resource> {
  let lines: SnapshotLines | undefined;
  try {
    lines = await open();
    while (lines.cursor.advance() || (await lines.refill())) yield lines.resource();
  } catch (error) {
    throw await explain(error);
  } finally {
    await lines?.close();
  }
}

async function withAlternative(error: unknown, store: Store, account: AccountId): Promise<unknown> {
  if (!isError(error, "CORRUPT_SNAPSHOT") || error.details.hint !== undefined) return error;
  const intact = await newestIntact(store, account).catch(() => undefined);
  const hint =
    intact === undefined
      ? "no intact snapshot is left: put the file back from a backup, or make a new one with `evenkeel snapshot create`"
      : `put the file back from a backup, or use ${intact}, the newest intact one`;
  return new EvenkeelError("CORRUPT_SNAPSHOT", error.message, { ...error.details, hint });
}

/** The name of the active snapshot; undefined = none. That it still exists is told by opening it. */
export async function activeSnapshot(store: Store, account: AccountId): Promise<string | undefined> {
  const name = (await readAll(store, activePath(account)))?.toString("utf8").trim();
  return name === "" ? undefined : name;
}

/** Makes a snapshot the baseline. @throws EvenkeelError NO_SNAPSHOT, OTHER_ACCOUNT */
export async function setActive(store: Store, account: AccountId, name: string): Promise<void> {
  if (!(await findSnapshot(store, account, name))) throw await noSuchSnapshot(store, account, name);
  await store.write(activePath(account), Buffer.from(`${name}\n`));
}

/** @throws EvenkeelError SNAPSHOT_ACTIVE, NO_SNAPSHOT, OTHER_ACCOUNT */
export async function deleteSnapshot(store: Store, account: AccountId, name: string): Promise<void> {
  const file = await findSnapshot(store, account, name);
  if (file === undefined) throw await noSuchSnapshot(store, account, name);
  if ((await activeSnapshot(store, account)) === name)
    throw new EvenkeelError("SNAPSHOT_ACTIVE", `snapshot ${name} is the active one and can't be deleted`, {
      hint: "make another one active first: `evenkeel snapshot set-active NAME`",
      state: "Nothing was deleted.",
    });
  await store.remove(file.path);
}
