import { type NumberParameter, PARAMETERS } from "../parameters.ts";

type ModelParameter = Omit<NumberParameter, "kind" | "env">;

const DAY = 86_400;

/** Of the parameters of shedding, those that the model goes by. It has one alarm metric and one receiving group. */
const OF_SHEDDING = {
  "shed-percent": PARAMETERS["shed-percent"],
  "max-shed-percent": PARAMETERS["max-shed-percent"],
  "restore-percent": PARAMETERS["restore-percent"],
  "shed-delay": PARAMETERS["shed-delay"],
  "restore-delay": PARAMETERS["restore-delay"],
  "restore-threshold": PARAMETERS["restore-threshold"],
  "cool-down": PARAMETERS["cool-down"],
  "max-duration": PARAMETERS["max-duration"],
  "missing-data": PARAMETERS["missing-data"],
  "alarm-threshold": PARAMETERS["alarm-threshold"],
  "alarm-periods": PARAMETERS["alarm-periods"],
  "alarm-period": PARAMETERS["alarm-period"],
} as const;

/** What the model stands in for: the groups and the balancer. */
const OF_GROUPS = {
  targets: {
    placeholder: "N",
    brief: "targets of the primary at the start, and its least",
    least: 1,
    most: 5000,
    usual: 10,
  },
  capacity: {
    placeholder: "RPS",
    brief: "requests a second that one target serves",
    least: 0.001,
    most: 1e6,
    usual: 10,
    isFraction: true,
  },
  "max-targets": {
    placeholder: "N",
    brief: "most targets (default: 40 % more than at the start)",
    least: 1,
    most: 5000,
  },
  "scale-above": {
    placeholder: "REQUESTS",
    brief: "a minute per target, above which targets are added",
    least: 1,
    most: 1e9,
    usual: 400,
  },
  "scaling-delay": { placeholder: "SECONDS", brief: "until an added target serves", least: 0, most: DAY, usual: 300 },
  "scale-in-delay": {
    placeholder: "SECONDS",
    brief: "with too little to do until a target goes",
    least: 60,
    most: DAY,
    usual: 900,
  },
  "receiver-capacity": {
    placeholder: "RPS",
    brief:
      "requests a second that the receiving group serves; 0 = empty on purpose, it refuses all (default: as the primary at the start)",
    least: 0,
    most: 1e9,
    isFraction: true,
  },
  "primary-weight": {
    placeholder: "WEIGHT",
    brief: "of the primary before anything is shed",
    least: 1,
    most: 999,
    usual: 100,
  },
  "receiver-weight": { placeholder: "WEIGHT", brief: "of the receiving group before", least: 0, most: 999, usual: 0 },
  propagation: {
    placeholder: "SECONDS",
    brief: "until requests follow new weights",
    least: 0,
    most: 600,
    usual: 10,
  },
} as const satisfies Record<string, ModelParameter>;

/** Everything about a run that is a number, by the name of its option. */
export const SIMULATION_PARAMETERS = { ...OF_SHEDDING, ...OF_GROUPS } as const;

export type SheddingName = keyof typeof OF_SHEDDING;
export type GroupsName = keyof typeof OF_GROUPS;
export type SimulationName = SheddingName | GroupsName;
export const SHEDDING_NAMES = Object.keys(OF_SHEDDING) as readonly SheddingName[];
export const SIMULATION_NAMES = Object.keys(SIMULATION_PARAMETERS) as readonly SimulationName[];

export type Chosen = { readonly [Name in SimulationName]?: number | undefined };

/** An entry without the literal types of the table. */
export function simulationParameter(name: SimulationName): ModelParameter {
  return SIMULATION_PARAMETERS[name];
}
