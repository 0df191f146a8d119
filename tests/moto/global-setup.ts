/** For vitest's `globalSetup`: builds the Python environment once, before test files in several processes ask for it. */
import { ensureMoto } from "./venv.ts";

export async function setup(): Promise<void> {
  const found = await ensureMoto();
  if ("missing" in found) process.stderr.write(`moto: ${found.missing}\n`);
}
