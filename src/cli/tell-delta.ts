import { EXIT, type ExitCode } from "../model/errors.ts";
import { type DeltaFormat, renderDelta } from "../report/delta/index.ts";
import { nextCommands } from "../report/delta/next.ts";
import type { DeltaResult } from "../verbs/delta/result.ts";
import type { Frame } from "./frame.ts";

/** Writes a delta in the wanted form. Exit code: 5 = something was not seen, 7 = changes and `--exit-code`, else 0. */
export async function tellDelta(frame: Frame, result: DeltaResult, exitCode: boolean): Promise<ExitCode> {
  await frame.output.write(await renderDelta(result, frame.settings.output.value as DeltaFormat, frame.render));
  frame.next(...nextCommands(result).map(({ command }) => command));
  if (result.unseen.length > 0 || result.counts.unknown > 0) return EXIT.partial;
  return exitCode && result.changes.length > 0 ? EXIT.changes : EXIT.done;
}
