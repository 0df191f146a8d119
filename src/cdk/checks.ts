import { Token } from "aws-cdk-lib";
import { parseSelection } from "../engine/selection.ts";
import { selectionIn } from "../lambda/env.ts";
import { isError } from "../model/errors.ts";
import { parseReapSettings } from "../verbs/reap/settings.ts";
import { parseShedEnv } from "../verbs/shed/settings.ts";
import type { GrantOptions } from "./iam.ts";
import type { ScheduleProps } from "./schedule.ts";
import { type Environment, knownOf } from "./settings.ts";

/* What a function would refuse when it starts is refused while the stack is made, by the same parsers. */

/** @throws naming the variable that is out of range */
export function checkReap(environment: Environment): void {
  const { warnings } = said(() => parseReapSettings(knownOf(environment)));
  if (warnings.length > 0) throw new Error(warnings.join("\n"));
}

/** Stand in for ARNs that only CloudFormation knows, so that the rest can be looked at. */
const SAMPLE = "arn:aws:elasticloadbalancing:eu-west-1:123456789012";
const SAMPLES: Environment = {
  ELB_LISTENER_ARN: `${SAMPLE}:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2`,
  ELB_TARGET_GROUP_ARN: `${SAMPLE}:targetgroup/web/73e2d6bc24d8a067`,
  CW_ALARM_NAME: "overrun",
};
/** Are compared with each other, which takes all of them. */
const ARNS = ["ELB_LISTENER_ARN", "ELB_ARN", "ELB_TARGET_GROUP_ARN", "SHED_EMPTY_GROUPS"];

/** The same for shedding. */
export function checkShed(environment: Environment): ReturnType<typeof parseShedEnv> {
  const known = knownOf(environment);
  const hidden = ARNS.some((name) => environment[name] !== undefined && known[name] === undefined);
  const rest = Object.entries(known).filter(([name]) => !hidden || !ARNS.includes(name));
  const { ELB_LISTENER_ARN, ELB_TARGET_GROUP_ARN, ...samples } = SAMPLES;
  return said(() => parseShedEnv({ ...(hidden ? SAMPLES : samples), ...Object.fromEntries(rest) }));
}

/**
 * What a role has to reach; undefined = only CloudFormation knows it.
 * @param isNamed whether something has to be selected: nobody is asked whether it may be the whole account
 */
export function checkSelection(
  environment: Environment,
  { isNamed = false } = {},
): Pick<GrantOptions, "types" | "regions"> | undefined {
  const known = knownOf(environment);
  if (environment.EVENKEEL_SELECTION !== undefined && known.EVENKEEL_SELECTION === undefined) return undefined;
  return said(() => {
    const raw = selectionIn(known);
    if (isNamed && Object.keys(raw).length === 0)
      throw new Error(
        'selection has to name something, for example {"tag":["env=dev"]}: the whole account is not paused unasked',
      );
    const { types } = parseSelection(raw)([]);
    return { ...(raw.type || raw.excludeType ? { types } : {}), ...(raw.regions ? { regions: raw.regions } : {}) };
  });
}

/** Hints are said, too: who makes a stack sees only the message. */
export function said<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!isError(error)) throw error;
    throw new Error([error.message, error.details.hint].filter(Boolean).join("\n"), { cause: error });
  }
}

/** @throws for what the EventBridge Scheduler, or AWS Budgets, would refuse, and where nothing would ever be paused */
export function checkTimes({ pauseAt, resumeAt, timeZone, budget }: ScheduleProps): void {
  if (pauseAt === undefined && budget === undefined)
    throw new Error("a Schedule needs pauseAt or a budget: else nothing would ever be paused");
  for (const [name, text] of Object.entries(knownOf(given({ pauseAt, resumeAt }))))
    if (!/^(at|rate|cron)\(.+\)$/.test(text))
      throw new Error(
        `${name} can't be "${text}": it is cron(0 19 ? * MON-FRI *), at(2027-01-01T00:00:00) or rate(12 hours)`,
      );
  if (timeZone !== undefined && !Token.isUnresolved(timeZone) && !isTimeZone(timeZone))
    throw new Error(`timeZone can't be "${timeZone}": it is a name of the IANA, for example Europe/Zurich`);
  const { amount, percent = 100 } = budget ?? { amount: 1 };
  if (!Token.isUnresolved(amount) && !(amount > 0))
    throw new Error(`budget.amount can't be ${amount}: it is more than nothing, in US dollars a month`);
  if (!Token.isUnresolved(percent) && !(percent >= 1 && percent <= 1000))
    throw new Error(`budget.percent can't be ${percent}: it is a number from 1 to 1000`);
}

function given(texts: Readonly<Record<string, string | undefined>>): Environment {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
  );
}

function isTimeZone(timeZone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone }));
  } catch {
    return false;
  }
}
