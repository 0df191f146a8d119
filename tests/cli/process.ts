import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { demoWorld } from "../../src/twin/demo/world.ts";
import { createTwin, type Twin, type TwinOptions } from "../../src/twin/twin.ts";
import { startServer } from "../../src/twin/wire/server.ts";

export const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A temporary folder that goes when the test file is done. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "evenkeel-test-"));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Nothing of the machine's own AWS configuration; calls can only go to the given address. */
export function environment(url: string, home: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: home,
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: "AKIATEST000000000000",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
    EVENKEEL_STORE: `file:${join(home, "store")}`,
  };
}

/** Starts the built command line as a process. */
export function start(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  cwd: string,
): { child: ChildProcess; done: Promise<Ran> } {
  const child = spawn(process.execPath, [MAIN, ...args], { env, cwd, stdio: ["ignore", "pipe", "pipe"] });
  const texts = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => {
    texts.stdout += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    texts.stderr += chunk.toString();
  });
  const done = new Promise<Ran>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, ...texts }));
  });
  return { child, done };
}

/** AWS takes its time to stop and start things; the simulated account's clock runs this much faster than ours. */
const HASTE = 100;

export interface CliTrial {
  readonly twin: Twin;
  readonly url: string;
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  run(...args: readonly string[]): Promise<Ran>;
}

/** The demo world behind an HTTP server on this machine, and the built command line pointed at it. */
export async function cliTrial(options: Partial<TwinOptions> = {}): Promise<CliTrial> {
  const world = options.world ?? (await demoWorld(new Date().toISOString()));
  const began = Date.now();
  const now = () => began + (Date.now() - began) * HASTE;
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const twin = createTwin({ clock: { now, sleep }, strict: true, ...options, world });
  const server = await startServer(twin, { port: 0 });
  afterAll(() => server.close());
  const home = folder();
  const env = environment(server.url, home);
  return { twin, url: server.url, home, env, run: (...args) => start(args, env, home).done };
}
