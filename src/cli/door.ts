import type { Readable, Writable } from "node:stream";
import type { CommandContext } from "@stricli/core";
import type { Connection } from "../aws/connection.ts";
import type { SessionOptions } from "../aws/session.ts";
import type { ResultStream } from "../io/output.ts";
import type { Clock } from "../model/clock.ts";
import type { Completed, KnownWords } from "./completion/words.ts";

/** What surrounds the command line: the process, or what a test puts in its place. */
export interface Surroundings {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  readonly platform: string;
  readonly nodeVersion: string;
  readonly stdin: Readable;
  /** Told apart from the stream, which is costly to open. */
  readonly stdinIsTerminal: boolean;
  readonly stdout: ResultStream;
  readonly stderr: Writable & { readonly isTTY?: boolean | undefined; readonly columns?: number | undefined };
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Instead of the machine's time. */
  readonly clock?: Clock;
  /** Instead of signing in to AWS: the twin. */
  readonly connect?: (options: SessionOptions) => Promise<Connection>;
}

/** What the parser hands to a command. */
export interface Door extends CommandContext {
  readonly process: {
    readonly stdout: { write(text: string): void };
    readonly stderr: { write(text: string): void };
    readonly env: Readonly<Record<string, string | undefined>>;
    exitCode?: number;
  };
  readonly surroundings: Surroundings;
  /** Everything that can be typed. */
  words(known: KnownWords): Completed;
}
