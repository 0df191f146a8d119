import { parseSelection } from "../engine/selection.ts";
import { selectionIn } from "../lambda/env.ts";
import { isError } from "../model/errors.ts";
import { parseReapSettings } from "../verbs/reap/settings.ts";
import { parseShedEnv } from "../verbs/shed/settings.ts";
import type { GrantOptions } from "./iam.ts";
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

/** What a role has to reach; undefined = only CloudFormation knows it. */
export function checkSelection(environment: Environment): Pick<GrantOptions, "types" | "regions"> | undefined {
  const known = knownOf(environment);
  if (environment.EVENKEEL_SELECTION !== undefined && known.EVENKEEL_SELECTION === undefined) return undefined;
  return said(() => {
    const raw = selectionIn(known);
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
