/** One process at a time: test files run in several processes, and each of them may be the first to need a thing. */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

const POLL_MS = 250;

/** Runs the work while holding a folder that only one process can have made; waits for whoever holds it. */
export async function underLock(folder: string, work: () => Promise<void>): Promise<void> {
  while (!(await take(folder))) {
    await dropWhenOrphaned(folder);
    await delay(POLL_MS);
  }
  try {
    await work();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function take(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  await writeFile(`${folder}/pid`, String(process.pid));
  return true;
}

/** A run that was killed leaves its lock behind. */
async function dropWhenOrphaned(folder: string): Promise<void> {
  const pid = Number(await readFile(`${folder}/pid`, "utf8").catch(() => ""));
  if (pid > 0 && !isAlive(pid)) await rm(folder, { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
