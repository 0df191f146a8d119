import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { onTestFinished } from "vitest";
import type { Connection } from "../aws/connection.ts";
import type { Clock } from "../model/clock.ts";
import type { ExitCode } from "../model/errors.ts";
import type { Surroundings } from "./door.ts";
import { runCommandLine } from "./run.ts";

export interface Ran {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandLineTrial {
  readonly folder: string;
  readonly abort: AbortController;
  run(...argv: readonly string[]): Promise<Ran>;
}

/** The command line within this process, with streams that are kept and, where wanted, an account behind it. */
export function commandLine(
  options: {
    readonly connect?: () => Promise<Connection>;
    readonly env?: Readonly<Record<string, string>>;
    readonly terminal?: boolean;
    readonly clock?: Clock;
    /** At a terminal: what is typed at the first question. */
    readonly typed?: string;
  } = {},
): CommandLineTrial {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const abort = new AbortController();
  return {
    folder,
    abort,
    run: async (...argv) => {
      const stdout = recorder(options.terminal);
      const stdin = new PassThrough();
      const { typed } = options;
      const asked =
        typed === undefined ? undefined : { mark: "type the account's", answer: () => stdin.write(`${typed}\r`) };
      const stderr = recorder(options.terminal, asked);
      const code = await runCommandLine({
        argv,
        env: { LANG: "C.UTF-8", EVENKEEL_STORE: `file:${join(folder, "store")}`, ...options.env },
        cwd: folder,
        home: folder,
        platform: "linux",
        nodeVersion: "20.20.2",
        stdin,
        stdinIsTerminal: options.terminal === true,
        stdout: stdout.stream,
        stderr: stderr.stream,
        signal: abort.signal,
        ...(options.clock ? { clock: options.clock } : {}),
        connect: options.connect ?? (() => Promise.reject(new Error("this test has no account"))),
      });
      return { code, stdout: stdout.text(), stderr: stderr.text() };
    },
  };
}

function recorder(
  isTTY = false,
  asked?: { readonly mark: string; answer(): void },
): {
  readonly stream: Writable & Pick<Surroundings["stdout"], "isTTY" | "columns">;
  text(): string;
} {
  const parts: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk: string, _encoding, done) => {
      parts.push(chunk);
      // The prompt listens when it is drawn; the plan above it does not have its words.
      if (asked && chunk.includes(asked.mark)) setImmediate(asked.answer);
      done();
    },
  });
  return { stream: Object.assign(stream, isTTY ? { isTTY, columns: 80 } : {}), text: () => parts.join("") };
}
