import { existsSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { EvenkeelError } from "../model/errors.ts";

/** A configuration file that has been read and checked. */
export interface ConfigFile {
  readonly path: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Where a key of the top level stands. */
  lineOf(key: string): number;
}

const FILE_NAME = "evenkeel.yaml";

export interface ConfigPlaces {
  /** From `--config` or EVENKEEL_CONFIG. */
  readonly named?: string | undefined;
  readonly cwd: string;
  readonly home: string;
}

/**
 * The configuration file to use: the one that was named, else `evenkeel.yaml` here or above, else in `~/.evenkeel/`.
 * @throws EvenkeelError BAD_CONFIG when the named one is not there
 */
export function findConfig({ named, cwd, home }: ConfigPlaces): string | undefined {
  if (named !== undefined) {
    const path = isAbsolute(named) ? named : resolve(cwd, named);
    if (existsSync(path)) return path;
    throw new EvenkeelError("BAD_CONFIG", `there is no configuration file ${path}`, {
      hint: "check --config and EVENKEEL_CONFIG; without them evenkeel.yaml is looked for here and upwards",
    });
  }
  return [...upwards(cwd).map((folder) => join(folder, FILE_NAME)), join(home, ".evenkeel", FILE_NAME)].find((path) =>
    existsSync(path),
  );
}

function upwards(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...upwards(parent)];
}

/**
 * Reads and checks a configuration file. The YAML and schema libraries load here, so only where there is a file.
 * @throws EvenkeelError BAD_CONFIG with file, line and column of every problem
 */
export async function readConfig(path: string): Promise<ConfigFile> {
  const { parseConfig } = await import("./config-parse.ts");
  return parseConfig(path, readText(path));
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new EvenkeelError("BAD_CONFIG", `${path} can't be read: ${why}`, {
      hint: "make it readable, or name another with --config",
      cause,
    });
  }
}
