/** A real terminal for the built command line: tmux, which draws as a person's terminal does and tells what stands there. */
import { execFile } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { describe, onTestFinished, test } from "vitest";
import { MAIN } from "./process.ts";

const run = promisify(execFile);

const found = await run("tmux", ["-V"]).then(
  () => undefined,
  () => "there is no tmux on the PATH",
);

/** A suite of tests in a terminal: skipped by name, with the reason, where there is none; in CI that is a failure. */
export function describeTerminal(name: string, fn: () => void): void {
  if (found === undefined) describe(name, fn);
  else if (process.env.CI !== "true") describe.skip(`${name} [skipped: ${found}]`, fn);
  else
    describe(name, () => {
      test("has tmux to run in", () => {
        throw new Error(`${found}; in CI these tests must run`);
      });
    });
}

export interface Terminal {
  /** Keys by tmux's names: `Enter`, `Escape`, `C-c`, `Down`; anything else is typed as it is. */
  press(...keys: readonly string[]): Promise<void>;
  /** Starts a command line on an empty screen. */
  start(line: string): Promise<void>;
  /** All that was drawn since the command began, as soon as a text stands in it and nothing moves any more. */
  shows(text: string | RegExp): Promise<string>;
  /** The same once the command has ended. */
  ends(code: number): Promise<string>;
}

let opened = 0;
const PROMPT = /^\[(\d+)\] \$ ?$/m;
const PATIENCE_MS = 60_000;

/** @param env what the shell in it has; the two programs are on its PATH as an installation puts them there */
export async function openTerminal(
  env: NodeJS.ProcessEnv,
  home: string,
  [width, height]: readonly [number, number] = [80, 24],
): Promise<Terminal> {
  opened += 1;
  const socket = `evenkeel-${process.pid}-${opened}`;
  const tmux = (...args: readonly string[]) => run("tmux", ["-L", socket, ...args]);
  onTestFinished(() =>
    tmux("kill-server").then(
      () => undefined,
      () => undefined,
    ),
  );
  const shell = {
    ...env,
    PATH: `${programs(home)}:${env.PATH}`,
    TERM: "screen-256color",
    LANG: "C.UTF-8",
    PS1: "[$?] $ ",
  };
  const variables = Object.entries(shell).map(([name, value]) => `${name}=${value}`);
  const size = ["-x", String(width), "-y", String(height)];
  const bash = ["env", "-i", ...variables, "bash", "--norc", "--noprofile"];
  await tmux("-f", "/dev/null", "new-session", "-d", ...size, "-c", home, ...bash);

  const all = async () => (await tmux("capture-pane", "-p", "-S", "-")).stdout.replace(/\s+$/, "");
  const until = async (isThere: (text: string) => boolean, what: string) => {
    const deadline = Date.now() + PATIENCE_MS;
    for (let before = ""; ; ) {
      const text = await all();
      if (isThere(text) && text === before) return text;
      if (Date.now() > deadline) throw new Error(`the terminal does not show ${what}, but:\n${text}`);
      before = text;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  };
  const press = async (...keys: readonly string[]) => void (await tmux("send-keys", ...keys));
  await until((text) => PROMPT.test(text), "a prompt");
  return {
    press,
    start: async (line) => {
      await press("clear", "Enter");
      await until((text) => PROMPT.test(text.split("\n").at(-1) ?? ""), "an empty screen");
      await tmux("clear-history");
      await press(line, "Enter");
    },
    shows: (text) => until((all) => (typeof text === "string" ? all.includes(text) : text.test(all)), String(text)),
    ends: (code) =>
      until(
        (text) => PROMPT.exec(text.split("\n").at(-1) ?? "")?.[1] === String(code),
        `a prompt after exit code ${code}`,
      ),
  };
}

/** A folder with the programs of the package, linked as npm links them. */
function programs(home: string): string {
  const folder = join(home, "bin");
  if (mkdirSync(folder, { recursive: true }) === undefined) return folder;
  symlinkSync(MAIN, join(folder, "evenkeel"));
  symlinkSync(join(dirname(MAIN), "aws-hit-breaks.js"), join(folder, "aws-hit-breaks"));
  return folder;
}
