import { existsSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { dirname, join } from "node:path";
import { writeWhole } from "../store/whole-file.ts";

/* What `evenkeel setup` has found out, kept for every later run; each key is read with less weight than everything else. */

/** `~/.evenkeel/config.json` */
export function savedConfigPath(home: string): string {
  return join(home, ".evenkeel", "config.json");
}

/** The saved file, where there is one. */
export function findSavedConfig(home: string): string | undefined {
  const path = savedConfigPath(home);
  return existsSync(path) ? path : undefined;
}

/** Writes it whole or not at all, readable for its owner only. @throws EvenkeelError STORE_FAILED */
export async function writeSavedConfig(
  home: string,
  values: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const path = savedConfigPath(home);
  await writeWhole(path, Buffer.from(`${JSON.stringify(values, undefined, 2)}\n`), false);
  // A folder that was there before may have been open to others.
  await chmod(dirname(path), 0o700);
  return path;
}
