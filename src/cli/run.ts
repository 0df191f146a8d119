import type { ExitCode } from "../model/errors.ts";
import { arrange } from "./arguments.ts";
import { ROOT } from "./commands.ts";
import type { Surroundings } from "./door.ts";
import { helpPage } from "./help.ts";

/** Runs a command line to its end. Never throws; what went wrong has been told. The parser loads where a command runs. */
export async function runCommandLine(around: Surroundings): Promise<ExitCode> {
  try {
    const words = arrange(around.argv, ROOT, isWatched(around) ? ["home"] : []);
    const wantsVersion = words[0]?.startsWith("-") && words.includes("--version");
    const text = wantsVersion ? await version() : helpPage(words, ROOT);
    if (text === undefined) return await (await import("./parse.ts")).parseAndRun(around, words, ROOT);
    await new Promise<void>((resolve) => around.stdout.write(text, () => resolve()));
    return 0;
  } catch (error) {
    const { tellEarlyFailure } = await import("./early-failure.ts");
    return tellEarlyFailure(error, around);
  }
}

function isWatched(around: Surroundings): boolean {
  return around.stdout.isTTY === true && around.stdinIsTerminal && !around.argv.includes("--no-input");
}

async function version(): Promise<string> {
  return `${(await import("../model/version.ts")).VERSION}\n`;
}
