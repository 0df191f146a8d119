import { type FileHandle, lstat, open, readdir, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isMissing, onDisk } from "./disk-failure.ts";
import { folderLog } from "./folder-log.ts";
import type { Store, StoredObject } from "./store.ts";
import { checkPath, inPathOrder, TEMPORARY } from "./store-path.ts";
import { sweep, writeWhole } from "./whole-file.ts";

/** Big enough that the calls don't count, small enough that a few of them are no memory. */
const READ_BYTES = 1 << 20;

/**
 * A store in a local folder: folders 0700, files 0600, each written whole or not at all.
 * The folder is made by the first write.
 * @param url as the person wrote it
 */
export function folderStore(dir: string, url = `file:${dir}`): Store {
  const swept = new Set<string>();
  const locate = (path: string) => join(dir, ...checkPath(path).split("/"));
  const log = folderLog();
  return {
    url,
    list: async (prefix) => inPathOrder(await onDisk(`list ${dir}`, () => walk(dir, prefix))),
    read: async (path) => {
      const file = locate(path);
      return (await onDisk(`read ${file}`, () => isFile(file))) ? contents(file) : undefined;
    },
    write: async (path, content, { exclusive = false } = {}) => {
      const file = locate(path);
      const written = await writeWhole(file, content, exclusive);
      const folder = dirname(file);
      if (!swept.has(folder)) await sweep(folder, Date.now());
      swept.add(folder);
      return written;
    },
    append: (path, line) => log.append(locate(path), line),
    lines: (path) => log.lines(locate(path)),
    remove: async (path) => {
      const file = locate(path);
      await onDisk(`remove ${file}`, () => rm(file, { force: true }));
    },
  };
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

async function* contents(file: string): AsyncIterable<Uint8Array> {
  const handle = await onDisk(`read ${file}`, () => open(file, "r"));
  try {
    for (;;) {
      const chunk = await onDisk(`read ${file}`, () => readChunk(handle));
      if (chunk.length === 0) return;
      yield chunk;
    }
  } finally {
    await handle.close();
  }
}

async function readChunk(handle: FileHandle): Promise<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  const { bytesRead } = await handle.read(buffer, 0, READ_BYTES, null);
  return buffer.subarray(0, bytesRead);
}

/** Files whose path begins with the prefix. What vanishes meanwhile was removed by someone else and is not listed. */
async function walk(root: string, prefix: string): Promise<StoredObject[]> {
  const found: StoredObject[] = [];
  const visit = async (folder: string): Promise<void> => {
    for (const entry of await entries(join(root, folder))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.name.startsWith(TEMPORARY)) continue;
      if (entry.isDirectory() && overlaps(`${path}/`, prefix)) await visit(path);
      if (!entry.isFile() || !path.startsWith(prefix)) continue;
      const bytes = await sizeOf(join(root, path));
      if (bytes !== undefined) found.push({ path, bytes });
    }
  };
  await visit("");
  return found;
}

function overlaps(folder: string, prefix: string): boolean {
  return folder.startsWith(prefix) || prefix.startsWith(folder);
}

async function entries(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function sizeOf(file: string): Promise<number | undefined> {
  try {
    return (await lstat(file)).size;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
