import { mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { isMissing, onDisk } from "./disk-failure.ts";

/** Logs in files: a line is appended and synced before the next one is begun. */
export function folderLog() {
  const tails = new Map<string, Promise<void>>();
  return {
    append: (file: string, line: string): Promise<void> => {
      const tail = (tails.get(file) ?? Promise.resolve()).catch(() => undefined).then(() => appendLine(file, line));
      tails.set(file, tail);
      return tail;
    },
    lines: (file: string): Promise<string[]> => onDisk(`read ${file}`, () => readLines(file)),
  };
}

async function appendLine(file: string, line: string): Promise<void> {
  await onDisk(`write ${file}`, async () => {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(file, "a", 0o600);
    try {
      await handle.appendFile(`${line}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}

async function readLines(file: string): Promise<string[]> {
  try {
    // What stands behind the last line feed was being written when the process died.
    return (await readFile(file, "utf8")).split("\n").slice(0, -1);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
