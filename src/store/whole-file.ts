import { randomBytes } from "node:crypto";
import { type FileHandle, link, lstat, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { errno, isMissing, onDisk } from "./disk-failure.ts";
import { TEMPORARY } from "./store-path.ts";

/** No writer is silent for so long; what is older was left by one that was killed. */
const LEFTOVER_MS = 3_600_000;

type Content = AsyncIterable<Uint8Array> | Uint8Array;

const UNTOUCHED = "nothing was changed: files are written whole or not at all";

/**
 * Writes a file whole or not at all, whatever kills the process: a temporary file beside it, fsync, rename, fsync of the folder.
 * @param exclusive link instead of rename, which the operating system refuses when the name is taken
 * @returns false when it is exclusive and the name is taken
 */
export async function writeWhole(target: string, content: Content, exclusive: boolean): Promise<boolean> {
  const folder = dirname(target);
  const disk = <T>(calls: () => Promise<T>) => onDisk(`write ${target}`, calls, UNTOUCHED);
  await disk(() => makeFolder(folder));
  if (exclusive && (await disk(() => isThere(target)))) return false;
  const temporary = join(folder, `${TEMPORARY}${process.pid}-${randomBytes(6).toString("hex")}`);
  try {
    const handle = await disk(() => open(temporary, "wx", 0o600));
    try {
      await fill(handle, content, disk);
    } finally {
      await handle.close();
    }
    return await disk(() => publish(temporary, target, exclusive));
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

type Disk = <T>(calls: () => Promise<T>) => Promise<T>;

/** Only the disk's errors are the store's; what the content throws passes as it is. */
async function fill(handle: FileHandle, content: Content, disk: Disk): Promise<void> {
  if (content instanceof Uint8Array) await disk(() => handle.writeFile(content));
  else for await (const chunk of content) await disk(() => handle.writeFile(chunk));
  await disk(() => handle.sync());
}

async function publish(temporary: string, target: string, exclusive: boolean): Promise<boolean> {
  if (exclusive) {
    if (!(await linked(temporary, target))) return false;
    await rm(temporary);
  } else await rename(temporary, target);
  await syncFolder(dirname(target));
  return true;
}

async function linked(temporary: string, target: string): Promise<boolean> {
  try {
    await link(temporary, target);
    return true;
  } catch (error) {
    if (errno(error) === "EEXIST") return false;
    throw error;
  }
}

/**
 * Makes a folder and those above it, for the owner only, and sees to it that their names outlast a power cut. One by one:
 * where a file system takes no folders (/proc), node's own recursive mkdir never ends.
 */
async function makeFolder(folder: string): Promise<void> {
  try {
    await makeOne(folder);
  } catch (error) {
    const above = dirname(resolve(folder));
    if (!isMissing(error) || above === resolve(folder)) throw error;
    await makeFolder(above);
    await makeOne(folder);
  }
}

async function makeOne(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if (errno(error) === "EEXIST") return;
    throw error;
  }
  await syncFolder(dirname(resolve(folder)));
}

/** Without it a name written just now can be lost when the power goes. Some systems can't do it to a folder and need not. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!["EPERM", "EISDIR", "EINVAL", "EACCES", "ENOTSUP"].includes(errno(error) ?? "")) throw error;
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Removes what killed writers left in a folder. A leftover that can't be removed harms nobody. */
export async function sweep(folder: string, now: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => each.startsWith(TEMPORARY))) {
    const path = join(folder, name);
    const { mtimeMs } = await lstat(path).catch(() => ({ mtimeMs: now }));
    if (now - mtimeMs > LEFTOVER_MS) await rm(path, { force: true }).catch(() => undefined);
  }
}
