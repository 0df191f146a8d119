import { randomUUID } from "node:crypto";
import { distance } from "fastest-levenshtein";
import { thisOrigin } from "../io/origin.ts";
import { parseArn } from "../model/arn.ts";
import { EvenkeelError } from "../model/errors.ts";
import type { VerbContext } from "../verbs/context.ts";
import { refuseOtherAccount, type ShedContext } from "../verbs/shed/context.ts";
import { openLedger } from "../verbs/shed/ledger.ts";
import { PARAMETER_NAMES, type ParameterName, parameter } from "../verbs/shed/parameters.ts";
import { regionOf } from "../verbs/shed/read.ts";
import { type ShedSetup, shedSettings, type Written, type WrittenParameters } from "../verbs/shed/settings.ts";
import { type Frame, shellWord } from "./frame.ts";
import { optionOf } from "./shed-options.ts";

type Members = { readonly [Name in ParameterName]?: unknown };

/** `shed` of the configuration file, as its schema lets it through. */
interface WrittenShed extends Members {
  readonly listeners?: Readonly<Record<string, Members>>;
}

type Options = Readonly<Record<string, unknown>>;

/**
 * The parameters of one listener: flag before environment before what evenkeel.yaml says of that listener, then of all.
 * @param name of a listener in evenkeel.yaml; absent = the one whose ARN was given, or the only one there
 * @throws EvenkeelError USAGE: nothing has been called then
 */
export function shedSetupOf(frame: Frame, options: Options, name: string | undefined): ShedSetup {
  const given = (each: ParameterName) => typedOf(frame, options, each);
  const { listeners = {}, ...shared } = shedIn(frame);
  const chosen = chosenOf(listeners, name, given("listener"));
  const own = chosen === undefined ? {} : listeners[chosen];
  const written = (each: ParameterName): Written | undefined =>
    given(each) ??
    inFile(frame, own?.[each], `shed.listeners.${chosen}.${each}`) ??
    inFile(frame, shared[each], `shed.${each}`);
  const values: WrittenParameters = Object.fromEntries(PARAMETER_NAMES.map((each) => [each, written(each)]));
  return shedSettings(values, (each) => `--${each} (or ${parameter(each).env}, or in evenkeel.yaml)`);
}

/** Where it is kept how all listeners stand. @throws EvenkeelError USAGE */
export function stateUrlOf(frame: Frame, options: Options): string {
  const written = typedOf(frame, options, "state")?.value ?? shedIn(frame).state;
  return typeof written === "string" ? written : "file";
}

function shedIn({ configFile }: Frame): WrittenShed {
  return (configFile?.values.shed ?? {}) as WrittenShed;
}

/** By an option, or by the environment. */
function typedOf({ around }: Frame, options: Options, name: ParameterName): Written | undefined {
  const { env } = parameter(name);
  const option = options[optionOf(name)];
  if (option !== undefined) return { value: option, name: `--${name}` };
  return around.env[env] ? { value: around.env[env], name: env } : undefined;
}

function inFile({ configFile }: Frame, value: unknown, key: string): Written | undefined {
  return value === undefined ? undefined : { value, name: `${configFile?.path}: ${key}` };
}

/** Half of one listener's parameters with half of another's would shed what nobody meant. */
function chosenOf(
  listeners: Readonly<Record<string, Members>>,
  name: string | undefined,
  given: Written | undefined,
): string | undefined {
  const names = Object.keys(listeners);
  if (name === undefined) {
    if (given) return names.find((each) => listeners[each]?.listener === given.value);
    if (names.length <= 1) return names[0];
    throw new EvenkeelError("USAGE", "which listener?", { hint: `give one of ${names.join(", ")}, or --listener` });
  }
  if (!Object.hasOwn(listeners, name)) {
    const [near] = [...names].sort((a, b) => distance(name, a) - distance(name, b));
    const hint = near
      ? `did you mean ${near}? Known are ${names.join(", ")}`
      : "`shed.listeners` of evenkeel.yaml names them";
    throw new EvenkeelError("USAGE", `there is no listener "${name}"`, { hint });
  }
  if (given && given.value !== listeners[name]?.listener)
    throw new EvenkeelError("USAGE", `${given.name} names another listener than ${name} of evenkeel.yaml`, {
      hint: "leave out one of them",
    });
  return name;
}

/**
 * What steps work with. Calls go to their end once begun.
 * @throws EvenkeelError USAGE for a ledger that there is not; OTHER_ACCOUNT
 */
export async function shedContext(frame: Frame, setup: ShedSetup): Promise<ShedContext> {
  const verb = await frame.enduring();
  const { connection, host, clock, signal, guards } = verb;
  const { settings, queue, topic } = setup;
  refuseOtherAccount({ settings, connection });
  const from = thisOrigin();
  return {
    connection,
    host,
    clock,
    signal,
    guards,
    settings,
    ledger: await openLedger(verb, setup.ledger, regionOf(settings.listener)),
    owner: `${from.user} at ${from.host} (${randomUUID().slice(0, 8)})`,
    from,
    ...(queue === undefined ? {} : { schedule: scheduler(verb, queue) }),
    tell: teller(verb, setup, topic),
  };
}

function scheduler({ connection }: VerbContext, queue: string): NonNullable<ShedContext["schedule"]> {
  return async (message, seconds) => {
    const { sendStep } = await import("../aws/step-queue.ts");
    await sendStep(connection, queue, message, seconds);
  };
}

function teller(
  { connection, host }: VerbContext,
  { settings }: ShedSetup,
  topic: string | undefined,
): ShedContext["tell"] {
  return async (text) => {
    host.tell({ kind: "warning", text });
    if (topic === undefined) return;
    const { publish } = await import("../aws/topic.ts");
    await publish(connection, topic, {
      subject: `Load shedding of ${parseArn(settings.listener).resource.split("/")[2]}`,
      text: `${text}\n\nListener: ${settings.listener}`,
      attributes: { event: "shed", listener: settings.listener },
      whole: "evenkeel shed status",
    });
  };
}

/** @throws EvenkeelError USAGE: nothing has been called then */
export function parseLevel(to: number | undefined): number | undefined {
  if (to === undefined || (Number.isInteger(to) && to >= 0 && to <= 100)) return to;
  throw new EvenkeelError("USAGE", `--to can't be ${to}: it is a whole number from 0 to 100 (%)`, {
    hint: "for example --to 50",
  });
}

/** What of the command line names the listener, for a command that is suggested. */
export function sameListener(options: Options, name: string | undefined): string {
  const typed = PARAMETER_NAMES.flatMap((each) => {
    const value = options[optionOf(each)] as string | number | readonly string[] | undefined;
    return value === undefined ? [] : [` --${each} ${shellWord(String(value))}`];
  });
  return [...(name === undefined ? [] : [` ${name}`]), ...typed].join("");
}
