import { EvenkeelError } from "../../../model/errors.ts";
import { SIMULATION_NAMES } from "./parameters.ts";
import { CONTROLS } from "./scenario.ts";
import type { Choice } from "./scenarios.ts";

/**
 * Another run beside the first: `bold: shed-percent=20,restore-percent=10`, also `control=classic`. What is not named is as
 * in the first.
 * @throws EvenkeelError USAGE
 */
export function parseComparison(text: string, first: Choice): Choice {
  const [, name = "", pairs = ""] = /^\s*([^:=,]*?)\s*:(.*)$/s.exec(text) ?? [];
  if (name === "") throw refusal(text, "it has no name before a colon");
  const changes = pairs.split(",").map((pair) => parsePair(text, pair.trim()));
  const keys = changes.map(({ key }) => key);
  const twice = keys.find((key, at) => keys.indexOf(key) < at);
  if (twice !== undefined) throw refusal(text, `${twice} stands there twice`);
  return {
    name,
    control: changes.find(({ control }) => control)?.control ?? first.control,
    chosen: Object.assign({ ...first.chosen }, ...changes.map(({ chosen }) => chosen)) as Choice["chosen"],
  };
}

function parsePair(text: string, pair: string): Partial<Choice> & { readonly key: string } {
  const [key = "", value = "", ...more] = pair.split("=").map((each) => each.trim());
  if (key === "" || value === "" || more.length > 0) throw refusal(text, `"${pair}" is not NAME=NUMBER`);
  if (key === "control") {
    const control = CONTROLS.find((each) => each === value);
    if (!control) throw refusal(text, `control is one of ${CONTROLS.join(", ")}`);
    return { key, control };
  }
  const name = SIMULATION_NAMES.find((each) => each === key);
  if (!name) throw refusal(text, `there is no "${key}"`);
  if (!Number.isFinite(Number(value))) throw refusal(text, `${key} is "${value}": not a number`);
  return { key, chosen: { [name]: Number(value) } };
}

function refusal(text: string, why: string): EvenkeelError {
  return new EvenkeelError("USAGE", `--compare can't be "${text}": ${why}`, {
    hint: 'for example --compare "bold: shed-percent=20,restore-percent=10", with the names of the options',
  });
}
