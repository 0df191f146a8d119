import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { EvenkeelError, EXIT } from "../../model/errors.ts";
import { renderSimulation, type SimulationFormat } from "../../report/shed-simulation/index.ts";
import { parseComparison } from "../../verbs/shed/simulate/comparison.ts";
import { SIMULATION_NAMES } from "../../verbs/shed/simulate/parameters.ts";
import type { Profile } from "../../verbs/shed/simulate/profile.ts";
import { simulateAll } from "../../verbs/shed/simulate/result.ts";
import { type Choice, scenarioOf } from "../../verbs/shed/simulate/scenarios.ts";
import { type ShapeName, shapeProfile } from "../../verbs/shed/simulate/shapes.ts";
import type { Action } from "../command.ts";
import type { Frame } from "../frame.ts";
import { optionName, type SHED_SIMULATE } from "./shed-simulate.command.ts";

export const run: Action<typeof SHED_SIMULATE> = async (frame, options) => {
  const { shape, load, compare = [], control = "ours" } = options;
  if (shape !== undefined && load !== undefined)
    throw new EvenkeelError("USAGE", "--shape and --load exclude each other", { hint: "give one of them" });
  const chosen = Object.fromEntries(SIMULATION_NAMES.map((name) => [name, options[optionName(name)]]));
  const first: Choice = { name: control, control, chosen };
  const scenarios = [first, ...compare.map((text) => parseComparison(text, first))].map(scenarioOf);
  const result = simulateAll(scenarios, await profileOf(frame, scenarios[0], { shape, load }));
  const format = frame.settings.output.value as SimulationFormat;
  await frame.output.write(await renderSimulation(result, format, frame.render));
  return EXIT.done;
};

/** A shape is as high as the first run's primary is large: all runs of a comparison get the same load. */
async function profileOf(
  frame: Frame,
  scenario: ReturnType<typeof scenarioOf> | undefined,
  { shape, load }: { readonly shape: ShapeName | undefined; readonly load: string | undefined },
): Promise<Profile> {
  const { targets = 1, capacity = 1 } = scenario?.primary ?? {};
  if (load === undefined) return shapeProfile(shape ?? "flash-crowd", targets * capacity);
  const { parseProfile } = await import("../../verbs/shed/simulate/profile-csv.ts");
  return parseProfile(await read(resolve(frame.around.cwd, load), load), load);
}

/** @throws EvenkeelError USAGE when there is no such file, or it can't be read */
async function read(path: string, named: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new EvenkeelError("USAGE", `--load: ${named} can't be read: ${(error as Error).message}`, {
      hint: "give a CSV file with the heading seconds,rps",
      cause: error,
    });
  }
}
