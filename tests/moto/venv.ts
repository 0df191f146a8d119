/** moto and awscli in a virtual environment of their own, built once for a set of pins and kept in the checkout's cache. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { underLock } from "./lock.ts";

const run = promisify(execFile);
const REQUIREMENTS = fileURLToPath(new URL("requirements.txt", import.meta.url));
const CACHE = fileURLToPath(new URL("../../.cache/", import.meta.url));
/** The oldest Python that every pinned version supports. */
const OLDEST = 11;

/** The programs of a ready environment. */
export interface Venv {
  readonly python: string;
  readonly aws: string;
}

/** Why there is none: in words for a test report. */
export interface Missing {
  readonly missing: string;
}

let known: Promise<Venv | Missing> | undefined;

/** The environment, built when absent; never throws. */
export function ensureMoto(): Promise<Venv | Missing> {
  known ??= findOrBuild().catch((error: unknown) => ({ missing: reasonOf(error) }));
  return known;
}

async function findOrBuild(): Promise<Venv | Missing> {
  const version = await pythonVersion();
  if (typeof version !== "string") return version;
  const folder = `${CACHE}moto-${await digest(version)}`;
  const complete = `${folder}/.complete`;
  if (!existsSync(complete)) {
    await mkdir(CACHE, { recursive: true });
    await underLock(`${folder}.lock`, async () => {
      if (!existsSync(complete)) await build(folder, complete);
    });
  }
  return { python: `${folder}/bin/python`, aws: `${folder}/bin/aws` };
}

async function pythonVersion(): Promise<string | Missing> {
  const { stdout } = await run("python3", ["--version"]).catch(() => ({ stdout: "" }));
  const [, minor] = /^Python 3\.(\d+)/.exec(stdout) ?? [];
  if (minor === undefined) return { missing: "there is no python3 on the PATH" };
  if (Number(minor) < OLDEST) return { missing: `${stdout.trim()} is too old, moto needs 3.${OLDEST}` };
  return stdout.trim();
}

/** An environment is right for its pins and for the Python it was made with, whose path it contains. */
async function digest(version: string): Promise<string> {
  const pins = await readFile(REQUIREMENTS, "utf8");
  return createHash("sha256").update(`${version}\n${pins}`).digest("hex").slice(0, 12);
}

/** Scripts in an environment contain its path, so it is built in place, and what marks it as whole is written last. */
async function build(folder: string, complete: string): Promise<void> {
  process.stderr.write(`moto: building ${folder} (about half a minute, once)\n`);
  await rm(folder, { recursive: true, force: true });
  await run("python3", ["-m", "venv", folder]);
  const install = ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"];
  await run(`${folder}/bin/python`, [...install, "-r", REQUIREMENTS], { maxBuffer: 1 << 26 });
  await writeFile(complete, "");
  process.stderr.write("moto: ready\n");
}

function reasonOf(error: unknown): string {
  const { message, stderr } = error as { message: string; stderr?: string };
  const lines = (stderr || message).trim().split("\n");
  return `the Python environment could not be built: ${lines.slice(-2).join(" ")}`;
}
