#!/usr/bin/env node
import { EvenkeelError, EXIT } from "../model/errors.ts";
import { runCommandLine } from "./run.ts";

/*
 * The process around the command line: signals, streams, exit code. Nothing heavy is imported here, for `--help` must start
 * fast. Not even Node's own modules: importing `node:process` opens all three streams, and others load what they export.
 */

const cancel = new AbortController();
// Each call under way listens; Node would take more than ten for a leak.
process.getBuiltinModule("node:events").setMaxListeners(0, cancel.signal);

function stop(): void {
  if (cancel.signal.aborted) process.exit(EXIT.cancelled);
  process.stderr.write("\nStopping; Ctrl-C again stops at once.\n");
  cancel.abort(new EvenkeelError("CANCELLED", "cancelled"));
}

process.on("SIGINT", stop);
process.on("SIGTERM", stop);

let stderr: typeof process.stderr | undefined;

const code = await runCommandLine({
  argv: process.argv.slice(2),
  env: process.env,
  cwd: process.cwd(),
  platform: process.platform,
  nodeVersion: process.versions.node,
  signal: cancel.signal,
  get home() {
    return process.getBuiltinModule("node:os").homedir();
  },
  get stdin() {
    return process.stdin;
  },
  get stdinIsTerminal() {
    return process.getBuiltinModule("node:tty").isatty(0);
  },
  // That nobody reads any more is no reason to stop half way, and no crash: see io/output.ts.
  stdout: process.stdout.on("error", () => {}),
  get stderr() {
    stderr ??= process.stderr.on("error", () => {});
    return stderr;
  },
});

// Results have been flushed; an abandoned call's socket or timer must not keep the process.
process.exit(code);
