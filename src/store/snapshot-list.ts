import pLimit from "p-limit";
import type { AccountId } from "../model/brand.ts";
import { isError } from "../model/errors.ts";
import type { SnapshotHeader, SnapshotSummary } from "../model/snapshot.ts";
import { activePath, type SnapshotFile, snapshotFiles } from "./snapshot-files.ts";
import { openLines } from "./snapshot-reader.ts";
import { readAll, type Store } from "./store.ts";

/** Enough to hide a bucket's latency. */
const AT_ONCE = 8;

/** One row of `snapshot list`. `readable` = its header is; whether all of it is intact is known when it has been read. */
export type ListedSnapshot =
  | ({ readonly kind: "readable"; readonly name: string } & SnapshotSummary)
  | {
      readonly kind: "corrupt";
      readonly name: string;
      readonly active: boolean;
      readonly bytes: number;
      readonly problem: string;
    };

/** An account's snapshots by name. Reads headers only. */
export async function listSnapshots(store: Store, account: AccountId): Promise<ListedSnapshot[]> {
  const [files, pointer] = await Promise.all([snapshotFiles(store, account), readAll(store, activePath(account))]);
  const active = pointer?.toString("utf8").trim();
  const limit = pLimit(AT_ONCE);
  return Promise.all(files.map((file) => limit(() => listed(store, account, file, file.name === active))));
}

async function listed(store: Store, account: AccountId, file: SnapshotFile, active: boolean): Promise<ListedSnapshot> {
  const { name, bytes } = file;
  try {
    const header = await readHeader(store, file);
    if (header.account === account) return { kind: "readable", name, active, bytes, header };
    return { kind: "corrupt", name, active, bytes, problem: `it is of account ${header.account}` };
  } catch (error) {
    if (isError(error, "CORRUPT_SNAPSHOT")) return { kind: "corrupt", name, active, bytes, problem: error.message };
    throw error;
  }
}

async function readHeader(store: Store, file: SnapshotFile): Promise<SnapshotHeader> {
  const lines = await openLines(store, file);
  await lines.close();
  return lines.header;
}

/** The name of the newest snapshot whose digest is right. */
export async function newestIntact(store: Store, account: AccountId): Promise<string | undefined> {
  const readable = (await listSnapshots(store, account)).filter((each) => each.kind === "readable");
  const newestFirst = readable.sort((a, b) => (a.header.startedAt < b.header.startedAt ? 1 : -1));
  const files = await snapshotFiles(store, account);
  for (const { name } of newestFirst) {
    const file = files.find((each) => each.name === name);
    if (file !== undefined && (await isIntact(store, file))) return name;
  }
  return undefined;
}

async function isIntact(store: Store, file: SnapshotFile): Promise<boolean> {
  try {
    const lines = await openLines(store, file);
    while (lines.cursor.advance() || (await lines.refill()));
    return true;
  } catch (error) {
    if (isError(error, "CORRUPT_SNAPSHOT")) return false;
    throw error;
  }
}
