import { SIMULATION_NAMES, type SimulationName, simulationParameter } from "../../verbs/shed/simulate/parameters.ts";
import { CONTROLS } from "../../verbs/shed/simulate/scenario.ts";
import { SHAPE_NAMES } from "../../verbs/shed/simulate/shapes.ts";
import { command } from "../command.ts";

type Camel<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Name;

interface NumberOption {
  readonly kind: "number";
  readonly placeholder: string;
  readonly brief: string;
}

/** `shed-percent` -> `shedPercent` */
export function optionName<Name extends SimulationName>(name: Name): Camel<Name> {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()) as Camel<Name>;
}

const NUMBERS = Object.fromEntries(
  SIMULATION_NAMES.map((name) => {
    const { placeholder, brief, usual, otherwise } = simulationParameter(name);
    const unless = usual === undefined ? otherwise && ` (default: ${otherwise})` : ` (default ${usual})`;
    const says = brief + (unless ?? "");
    return [optionName(name), { kind: "number", placeholder, brief: says }];
  }),
) as { readonly [Name in SimulationName as Camel<Name>]: NumberOption };

export const SHED_SIMULATE = command({
  brief: "try parameters of shedding on a model, without any account",
  description:
    "Lives through a load (a built-in shape, or a CSV file of rates) with a model of the target groups, their scaling and the alarm, and with the control that a real listener gets. Shows load, level and rejected requests over time, and says what it comes to. Nothing is called, nothing is changed.",
  examples: [
    { line: "evenkeel shed simulate --shape flash-crowd", says: "the usual parameters" },
    {
      line: 'evenkeel shed simulate --load monday.csv --targets 20 --capacity 15 --compare "bold: shed-percent=20" --compare "old: control=classic"',
      says: "a load of one's own, and which parameters are best for it",
    },
    { line: "evenkeel shed simulate --shape sawtooth --output html > sawtooth.html", says: "as a page with charts" },
  ],
  options: {
    shape: { kind: "choice", values: SHAPE_NAMES, brief: "built-in load (default: flash-crowd)" },
    load: {
      kind: "text",
      placeholder: "FILE",
      brief: "load from a CSV file: the heading seconds,rps, then one line for each change",
    },
    compare: {
      kind: "list",
      placeholder: "RUN",
      brief: 'another run, "NAME: shed-percent=20,control=classic", otherwise as the first; repeatable',
    },
    control: {
      kind: "choice",
      values: CONTROLS,
      brief: "ours (default), or fixed steps as they are usual, to compare",
    },
    ...NUMBERS,
  },
  formats: ["table", "json", "yaml", "csv", "html"],
});
