import { PARAMETER_NAMES, type Parameter, type ParameterName, parameter } from "../verbs/shed/parameters.ts";
import type { Option } from "./command.ts";

/** `shed-percent` -> `shedPercent`, as options are named in code. */
export function optionOf(name: ParameterName): string {
  return name.replace(/-[a-z]/g, (part) => part.slice(1).toUpperCase());
}

/** An option for each parameter that a person gives to a command; the others are of the deployment. */
export const SHED_OPTIONS: Readonly<Record<string, Option>> = Object.fromEntries(
  PARAMETER_NAMES.filter((name) => !parameter(name).isDeployed).map((name) => [
    optionOf(name),
    option(parameter(name)),
  ]),
);

function option(fact: Parameter): Option {
  const { kind, placeholder } = fact;
  const { usual, otherwise } = { usual: undefined, ...fact };
  const unless =
    usual !== undefined ? ` (default ${usual})` : otherwise !== undefined ? ` (default: ${otherwise})` : "";
  const range = kind === "number" ? `, ${fact.least} to ${fact.most}` : "";
  const brief = `${fact.brief}${range}${unless}`;
  if (kind === "choice") return { kind, values: fact.values, brief };
  if (kind === "list") return { kind, placeholder, separator: ",", brief: `${brief}; repeatable` };
  return { kind, placeholder, brief };
}
