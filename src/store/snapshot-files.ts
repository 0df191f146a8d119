import { EvenkeelError } from "../model/errors.ts";
import { isSnapshotName } from "../model/snapshot.ts";
import type { Store, StoredObject } from "./store.ts";

const PLAIN = ".jsonl";
const COMPRESSED = ".jsonl.br";

/** A stored snapshot's file, whatever is in it. */
export interface SnapshotFile extends StoredObject {
  readonly name: string;
  readonly compressed: boolean;
}

function folderOf(account: string): string {
  return `accounts/${account}/snapshots/`;
}

/** @throws EvenkeelError USAGE when it is no snapshot name */
export function snapshotPath(account: string, name: string, compressed: boolean): string {
  return `${folderOf(account)}${checkName(name)}${compressed ? COMPRESSED : PLAIN}`;
}

/** The path of the file that holds the active snapshot's name. */
export function activePath(account: string): string {
  return `accounts/${account}/active`;
}

/** All snapshot files of an account, by name. */
export async function snapshotFiles(store: Store, account: string): Promise<SnapshotFile[]> {
  return (await store.list(folderOf(account))).flatMap((object) => asSnapshot(object, account));
}

/** The file of one snapshot; undefined = there is none. */
export async function findSnapshot(store: Store, account: string, name: string): Promise<SnapshotFile | undefined> {
  const objects = await store.list(snapshotPath(account, name, false));
  return objects.flatMap((object) => asSnapshot(object, account)).find((file) => file.name === name);
}

/** The accounts that have a snapshot of this name. */
export async function accountsWith(store: Store, name: string): Promise<string[]> {
  const objects = await store.list("accounts/");
  return [
    ...new Set(
      objects.flatMap((object) => {
        const account = object.path.split("/")[1] ?? "";
        return asSnapshot(object, account).some((file) => file.name === name) ? [account] : [];
      }),
    ),
  ];
}

function asSnapshot(object: StoredObject, account: string): SnapshotFile[] {
  const folder = folderOf(account);
  if (!object.path.startsWith(folder)) return [];
  const file = object.path.slice(folder.length);
  const suffix = [COMPRESSED, PLAIN].find((each) => file.endsWith(each));
  const name = suffix === undefined ? "" : file.slice(0, -suffix.length);
  return isSnapshotName(name) ? [{ ...object, name, compressed: suffix === COMPRESSED }] : [];
}

function checkName(name: string): string {
  if (isSnapshotName(name)) return name;
  throw new EvenkeelError("USAGE", `not a snapshot name: ${JSON.stringify(name)}`, {
    hint: "a name begins with a letter or digit and has up to 100 letters, digits, `_`, `.` and `-`",
  });
}
