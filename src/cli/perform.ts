import type { Host } from "../io/host.ts";
import type { ExitCode } from "../model/errors.ts";
import type { Door } from "./door.ts";
import { tellFailure } from "./failure.ts";
import { type Frame, openFrame } from "./frame.ts";
import { createHost, guessedPresentation } from "./presentation.ts";

/** What of a command's data its run needs. */
export interface Performance {
  /** Values of `--output`. */
  readonly formats: readonly string[];
  /** What Ctrl-C leaves behind, as a sentence. */
  readonly cancelled: string | undefined;
}

/** Runs one command inside its frame and leaves its exit code at the door. */
export async function perform(
  door: Door,
  { formats, cancelled }: Performance,
  given: Readonly<Record<string, unknown>>,
  act: (frame: Frame) => Promise<ExitCode>,
): Promise<void> {
  const { surroundings } = door;
  let host: Host = createHost(guessedPresentation(surroundings), surroundings);
  try {
    const frame = await openFrame(door, formats, given);
    host = frame.host;
    const code = await act(frame);
    // A run that was told to stop and came to its end all the same did not do all that was asked.
    if (surroundings.signal.aborted) surroundings.signal.throwIfAborted();
    door.process.exitCode = code;
  } catch (error) {
    door.process.exitCode = tellFailure(error, host, surroundings.signal, cancelled);
  }
}
