import { distance } from "fastest-levenshtein";
import type { RawSelection } from "../engine/selection.ts";
import { EvenkeelError } from "../model/errors.ts";
import type { Mode } from "../verbs/pause/modes.ts";
import type { ConfigFile } from "./config-file.ts";

/** A selection in the configuration file: the options by their names. */
interface WrittenSelection {
  readonly type?: readonly string[];
  readonly "exclude-type"?: readonly string[];
  readonly tag?: readonly string[];
  readonly "exclude-tag"?: readonly string[];
  readonly id?: readonly string[];
  readonly exclude?: readonly string[];
  readonly regions?: readonly string[];
}

/** A mode as the configuration file's schema lets it through. */
interface WrittenMode {
  readonly keep?: readonly WrittenSelection[];
  readonly pause?: WrittenSelection;
}

export interface NamedMode extends Mode {
  /** What is paused unless the command line says otherwise; absent = all that is not kept. */
  readonly pause?: RawSelection;
}

const ENVIRONMENT_KEYS = ["env", "Env", "environment", "Environment"];

/** Resources whose tag says what they are for. */
function tagged(name: string, ...values: readonly string[]): WrittenMode {
  const pairs = ENVIRONMENT_KEYS.flatMap((key) => values.map((value) => `${key}=${value}`));
  return { keep: [`evenkeel:mode=${name}`, ...pairs].map((tag) => ({ tag: [tag] })) };
}

/** Modes that need no configuration. One of the same name in the file replaces it. */
const BUILT_IN: Readonly<Record<string, WrittenMode>> = {
  development: tagged("development", "dev", "development"),
  demo: tagged("demo", "demo"),
  production: tagged("production", "prod", "production"),
};

/** @throws EvenkeelError USAGE with the nearest name: nothing has been called then */
export function modeNamed(file: ConfigFile | undefined, name: string): NamedMode {
  const modes = { ...BUILT_IN, ...((file?.values.modes ?? {}) as Readonly<Record<string, WrittenMode>>) };
  const mode = Object.hasOwn(modes, name) ? modes[name] : undefined;
  if (mode) return { name, keep: (mode.keep ?? []).map(raw), ...(mode.pause ? { pause: raw(mode.pause) } : {}) };
  const names = Object.keys(modes);
  const [near] = [...names].sort((a, b) => distance(name, a) - distance(name, b));
  throw new EvenkeelError("USAGE", `there is no mode "${name}"`, {
    hint: `did you mean ${near}? Known are ${names.join(", ")}; \`modes\` of evenkeel.yaml adds others`,
  });
}

function raw({ "exclude-type": excludeType, "exclude-tag": excludeTag, ...same }: WrittenSelection): RawSelection {
  return { ...same, ...(excludeType ? { excludeType } : {}), ...(excludeTag ? { excludeTag } : {}) };
}
