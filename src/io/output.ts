import type { Stream } from "./screen.ts";

/** Where results go: stdout. Everything else is told to the host. */
export interface Output {
  /** Resolves when more can be taken. When nobody reads any more (a closed pipe), it is dropped quietly. */
  write(text: string): Promise<void>;
  /** Whether a person looks at it. */
  readonly isTerminal: boolean;
  /** The terminal's width and height; absent = no terminal. */
  readonly width?: number;
  readonly height?: number;
}

/** The part of a writable Node stream that results need. */
export interface ResultStream extends Stream {
  write(text: string, done?: (error?: Error | null) => void): boolean;
  on(event: "error", listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/**
 * Results to a stream. A reader that goes away (`| head`) is no error, and does not stop a run half way: what is left to
 * write is dropped.
 * @throws whatever else goes wrong with the stream, from `write`
 */
export function streamOutput(stream: ResultStream): Output {
  let closed = false;
  // Without a listener, a closed pipe would end the process with a stack trace.
  stream.on("error", (error) => {
    if (isClosedPipe(error)) closed = true;
  });
  return {
    isTerminal: stream.isTTY === true,
    ...(stream.isTTY && stream.columns ? { width: stream.columns } : {}),
    ...(stream.isTTY && stream.rows ? { height: stream.rows } : {}),
    write: (text) =>
      new Promise((resolve, reject) => {
        if (closed || text === "") return resolve();
        stream.write(text, (error) => {
          if (!error) return resolve();
          if (!isClosedPipe(error)) return reject(error);
          closed = true;
          resolve();
        });
      }),
  };
}

function isClosedPipe(error: NodeJS.ErrnoException): boolean {
  return error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED";
}
