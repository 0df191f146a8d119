import { EvenkeelError } from "../../../model/errors.ts";
import { type ShedSetup, shedSettings } from "../settings.ts";
import { type Chosen, type GroupsName, SHEDDING_NAMES, simulationParameter } from "./parameters.ts";
import type { ControlName, Scenario } from "./scenario.ts";

/** What a run is called and made of, as a person has chosen it. */
export interface Choice {
  readonly name: string;
  readonly control: ControlName;
  readonly chosen: Chosen;
}

/** Names as AWS would give them: the settings are checked as on a real listener. */
const ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012";
const LISTENER = `${ARN}:listener/app/simulated/1111111111111111/2222222222222222`;
const PRIMARY = `${ARN}:targetgroup/primary/3333333333333333`;
const RECEIVER = `${ARN}:targetgroup/standby/4444444444444444`;

/** @throws EvenkeelError USAGE with the name of what is out of range */
export function scenarioOf({ name, control, chosen }: Choice): Scenario {
  const groups = (each: GroupsName, otherwise = 0) =>
    checked(each, chosen[each]) ?? simulationParameter(each).usual ?? otherwise;
  const targets = groups("targets");
  const capacity = groups("capacity");
  const maxTargets = groups("max-targets", Math.floor(targets * 1.4));
  if (maxTargets < targets) throw refusal("max-targets", maxTargets, `at least the ${targets} targets at the start`);
  const receiverCapacity = groups("receiver-capacity", targets * capacity);
  const { settings, alarm } = setupOf(chosen, receiverCapacity === 0 ? [RECEIVER] : []);
  const { threshold, periodSeconds, evaluationPeriods } = alarm;
  return {
    name,
    control,
    settings,
    alarm: { threshold, periodSeconds, evaluationPeriods },
    primary: {
      targets,
      capacity,
      maxTargets,
      scaleAbove: groups("scale-above"),
      scalingDelaySeconds: groups("scaling-delay"),
      scaleInSeconds: groups("scale-in-delay"),
    },
    receivers: { [RECEIVER]: receiverCapacity },
    baseline: { [PRIMARY]: groups("primary-weight"), [RECEIVER]: groups("receiver-weight") },
    propagationSeconds: groups("propagation"),
  };
}

function setupOf(chosen: Chosen, emptyGroups: readonly string[]): ShedSetup {
  const numbers = SHEDDING_NAMES.map((name) => [name, { value: chosen[name], name: `--${name}` }] as const);
  const names = { listener: LISTENER, primary: PRIMARY, alarm: "overload", "empty-groups": emptyGroups };
  const fixed = Object.entries(names).map(([name, value]) => [name, { value, name }] as const);
  return shedSettings(Object.fromEntries([...numbers, ...fixed]), (name) => `--${name}`);
}

function checked(name: GroupsName, value: number | undefined): number | undefined {
  if (value === undefined) return undefined;
  const { least, most, isFraction } = simulationParameter(name);
  if (!(value >= least && value <= most)) throw refusal(name, value, `a number from ${least} to ${most}`);
  if (!isFraction && !Number.isInteger(value)) throw refusal(name, value, "a whole number");
  return value;
}

function refusal(name: GroupsName, value: number, form: string): EvenkeelError {
  return new EvenkeelError("USAGE", `--${name} can't be ${value}: it is ${form}`, {
    hint: "`evenkeel shed simulate --help` says what each is for",
  });
}
