import { parseArn } from "../../model/arn.ts";
import { EvenkeelError } from "../../model/errors.ts";
import type { ShedSettings } from "../../model/shed.ts";
import type { Spread } from "../../model/weights.ts";
import { PARAMETER_NAMES, type PARAMETERS, type Parameter, type ParameterName, parameter } from "./parameters.ts";

/** A value as somebody wrote it. */
export interface Written {
  readonly value: unknown;
  /** Where: `--shed-percent`, `ELB_SHED_PERCENT`, `evenkeel.yaml: shed.shed-percent`. */
  readonly name: string;
}
export type WrittenParameters = { readonly [Name in ParameterName]?: Written | undefined };

/** The alarm as CloudWatch's PutMetricAlarm takes it, to make it by. */
export interface ShedAlarm {
  readonly name: string;
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly threshold: number;
  readonly comparison: "GreaterThanThreshold";
  readonly evaluationPeriods: number;
  readonly periodSeconds: number;
}

/** Everything that shedding a listener needs to be told. */
export interface ShedSetup {
  readonly settings: ShedSettings;
  readonly loadBalancer: string;
  readonly alarm: ShedAlarm;
  /** What `openLedger` opens. */
  readonly ledger: string;
  readonly queue?: string | undefined;
  readonly topic?: string | undefined;
}

/**
 * Checks all parameters and fills in the defaults.
 * @param spelled how a person would give one that is missing
 * @throws EvenkeelError USAGE, a line for each parameter that is missing, malformed, out of range or does not go with the others
 */
export function shedSettings(written: WrittenParameters, spelled: (name: ParameterName) => string): ShedSetup {
  const problems: string[] = [];
  const refuse = (name: ParameterName, why: string) => {
    const { value, name: where } = written[name] ?? { value: undefined, name: spelled(name) };
    problems.push(value === undefined ? `${where}: ${why}` : `${where} can't be ${JSON.stringify(value)}: ${why}`);
  };
  const values = new Map<ParameterName, unknown>();
  for (const name of PARAMETER_NAMES) {
    const value = written[name]?.value;
    const fact = parameter(name);
    if (value === undefined && fact.isRequired) problems.push(`${spelled(name)} is missing: ${fact.brief}`);
    if (value === undefined) continue;
    const parsed = parsedBy(fact, value);
    if (parsed === undefined) refuse(name, `it is ${formOf(fact)}`);
    else values.set(name, parsed);
  }
  if (problems.length === 0) refuseMismatches(values, refuse);
  if (problems.length > 0)
    throw new EvenkeelError("USAGE", problems.join("\n"), {
      hint: "`evenkeel shed status --help` names the parameters; docs/shed.md has them all, with their ranges",
    });
  return setupOf(values);
}

/** From the environment of a function. @throws EvenkeelError USAGE naming the variables */
export function parseShedEnv(env: Readonly<Record<string, string | undefined>>): ShedSetup {
  const written = PARAMETER_NAMES.flatMap((name) => {
    const { env: variable } = parameter(name);
    // An empty variable is one that somebody wanted to unset.
    return env[variable] ? [[name, { value: env[variable], name: variable }] as const] : [];
  });
  return shedSettings(Object.fromEntries(written), (name) => parameter(name).env);
}

/** Undefined = it is not what the parameter takes. */
function parsedBy(fact: Parameter, value: unknown): unknown {
  switch (fact.kind) {
    case "number": {
      const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
      if (typeof number !== "number" || !(number >= fact.least && number <= fact.most)) return undefined;
      return fact.isFraction || Number.isInteger(number) ? number : undefined;
    }
    case "choice":
      return fact.values.find((each) => each === value);
    case "text":
      return typeof value === "string" && (fact.pattern?.test(value) ?? true) ? value : undefined;
    case "list": {
      const items = (typeof value === "string" ? value.split(",") : (value as readonly unknown[])).map((each) =>
        String(each).trim(),
      );
      return items.every((each) => fact.pattern?.test(each) ?? true) ? items : undefined;
    }
  }
}

/** `a whole number from 1 to 100 (%)` */
export function formOf(fact: Parameter): string {
  if (fact.kind === "choice") return `one of ${fact.values.join(", ")}`;
  if (fact.kind !== "number") return fact.form;
  const { least, most, unit, isFraction } = fact;
  return `a ${isFraction ? "" : "whole "}number from ${least} to ${most}${unit ? ` (${unit})` : ""}`;
}

/** Source: CloudWatch API reference, PutMetricAlarm: all periods of an alarm together take at most a day. */
const LONGEST_EVALUATION = 86_400;

type Refuse = (name: ParameterName, why: string) => void;

/** What does not go together: ARNs of different places, and an alarm that CloudWatch would not take. */
function refuseMismatches(values: ReadonlyMap<ParameterName, unknown>, refuse: Refuse): void {
  const listener = text(values, "listener");
  const place = (arn: string) => Object.values({ ...parseArn(arn), resource: "" }).join(":");
  const balancer = values.get("load-balancer") as string | undefined;
  if (balancer !== undefined && balancer !== balancerOf(listener))
    refuse("load-balancer", `the listener is of ${balancerOf(listener)}`);
  const primary = text(values, "primary");
  if (place(primary) !== place(listener))
    refuse("primary", "it is of another partition, region or account than the listener");
  const empty = (values.get("empty-groups") ?? []) as readonly string[];
  if (empty.some((group) => place(group) !== place(listener)))
    refuse("empty-groups", "one of them is of another partition, region or account than the listener");
  if (empty.includes(primary)) refuse("empty-groups", "the primary group is among them, and load is given back to it");
  const period = number(values, "alarm-period");
  if (period % 60 !== 0) refuse("alarm-period", "it is a multiple of 60");
  const periods = number(values, "alarm-periods");
  if (period * periods > LONGEST_EVALUATION)
    refuse("alarm-periods", `${periods} periods of ${period} s are longer than a day`);
}

/** `…:listener/app/web/LB/LISTENER` -> `…:loadbalancer/app/web/LB` */
function balancerOf(listener: string): string {
  return listener.replace(":listener/", ":loadbalancer/").replace(/\/[^/]*$/, "");
}

type NumberName = {
  [Name in ParameterName]: (typeof PARAMETERS)[Name] extends { kind: "number" } ? Name : never;
}[ParameterName];

function usual(name: ParameterName): unknown {
  const fact = parameter(name);
  return "usual" in fact ? fact.usual : undefined;
}

function number(values: ReadonlyMap<ParameterName, unknown>, name: NumberName): number {
  return (values.get(name) ?? usual(name)) as number;
}

function text(values: ReadonlyMap<ParameterName, unknown>, name: ParameterName): string {
  return (values.get(name) ?? usual(name)) as string;
}

function setupOf(values: ReadonlyMap<ParameterName, unknown>): ShedSetup {
  const listener = text(values, "listener");
  const primary = text(values, "primary");
  const alarm = text(values, "alarm");
  const restoreDelaySeconds = number(values, "restore-delay");
  const namespace = text(values, "alarm-namespace");
  return {
    settings: {
      listener,
      primary,
      alarm,
      shedPercent: number(values, "shed-percent"),
      maxShedPercent: number(values, "max-shed-percent"),
      restorePercent: number(values, "restore-percent"),
      shedDelaySeconds: number(values, "shed-delay"),
      restoreDelaySeconds,
      restoreThresholdPercent: number(values, "restore-threshold"),
      coolDownSeconds: (values.get("cool-down") ?? restoreDelaySeconds) as number,
      maxDurationSeconds: values.get("max-duration") as number | undefined,
      missingDataSeconds: number(values, "missing-data"),
      spread: text(values, "spread") as Spread,
      emptyGroups: (values.get("empty-groups") ?? []) as readonly string[],
    },
    loadBalancer: balancerOf(listener),
    alarm: {
      name: alarm,
      namespace,
      metric: text(values, "alarm-metric"),
      statistic: text(values, "alarm-statistic"),
      dimensions: namespace === usual("alarm-namespace") ? dimensionsOf(listener, primary) : {},
      threshold: number(values, "alarm-threshold"),
      comparison: "GreaterThanThreshold",
      evaluationPeriods: number(values, "alarm-periods"),
      periodSeconds: number(values, "alarm-period"),
    },
    ledger: text(values, "state"),
    queue: values.get("queue") as string | undefined,
    topic: values.get("topic") as string | undefined,
  };
}

/** What load balancers publish a target group's metrics under. Source: Application Load Balancers guide, "CloudWatch metrics". */
function dimensionsOf(listener: string, primary: string): Readonly<Record<string, string>> {
  const [, balancer = ""] = balancerOf(listener).split(":loadbalancer/");
  return { LoadBalancer: balancer, TargetGroup: parseArn(primary).resource };
}
