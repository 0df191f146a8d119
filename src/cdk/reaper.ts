import { Duration, Token } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction as LambdaTarget } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import type { RawSelection } from "../engine/selection.ts";
import { policyChoiceIn } from "../lambda/env.ts";
import { BUILT_IN, policiesNamed, type WrittenPolicies } from "../verbs/reap/policies.ts";
import type { Policy } from "../verbs/reap/policy.ts";
import { checkReap, checkSelection, said } from "./checks.ts";
import { dashboard } from "./dashboard.ts";
import { EvenkeelFunction, type FunctionProps } from "./function.ts";
import { type CommonProps, groundWithStore, type Place, type StoreProps } from "./ground.ts";
import { environmentOf, type PropsOf, REAPER, selectionOf } from "./settings.ts";

export interface ReaperProps extends CommonProps, StoreProps, PropsOf<typeof REAPER> {
  /** When it runs; absent = every hour. */
  readonly schedule?: Schedule;
  /** Where and among what it looks; absent = everything in the stack's own region. */
  readonly selection?: RawSelection;
  /** Names of the policies that it goes by; absent = `packer`: what failed builds have left. */
  readonly policy?: readonly string[];
  /** Policies of your own, as `policies` of evenkeel.yaml; absent = none. */
  readonly policies?: WrittenPolicies;
}

/** Removes on a schedule what failed Packer builds, or policies of one's own, say does not belong. Tells only, unless `dryRun: false`. */
export class Reaper extends Construct {
  readonly reaper: EvenkeelFunction;
  readonly bucket: Place;

  constructor(scope: Construct, id: string, props: ReaperProps = {}) {
    super(scope, id);
    const { selection, policy, policies, schedule = Schedule.rate(Duration.hours(1)) } = props;
    const environment = {
      ...environmentOf(REAPER, props),
      ...selectionOf(selection),
      ...(policy ? { EVENKEEL_POLICY: policy.join(",") } : {}),
      ...(policies ? { EVENKEEL_POLICIES: JSON.stringify(policies) } : {}),
    };
    checkReap(environment);
    checkSelection(environment);
    const chosen = said(() => {
      const { policies: names, written } = policyChoiceIn(environment);
      return policiesNamed(names, { written });
    });
    const ground = groundWithStore(this, props);
    this.bucket = ground.bucket;
    this.reaper = new EvenkeelFunction(this, "Run", "reaper", ground, {
      environment,
      ...grantsFor(props, chosen),
    });
    new Rule(this, "Schedule", {
      description: "Has Evenkeel's reaper look",
      schedule,
      targets: [new LambdaTarget(this.reaper.lambda, { retryAttempts: 2, maxEventAge: Duration.hours(1) })],
    });
    dashboard(this, { reaper: this.reaper });
  }
}

/** A value that only CloudFormation knows may be any: a second run may have to confirm, a pattern is filled in later. */
function grantsFor(
  { confirmRuns = 1, keyPairPattern, policies = {}, selection }: ReaperProps,
  chosen: readonly Policy[],
): Pick<FunctionProps, "grants" | "places"> {
  const isHidden = Token.isUnresolved(keyPairPattern);
  const does = chosen.flatMap(({ name }) => policies[name]?.action ?? []);
  return {
    grants: {
      regions: selection?.regions ?? ["{region}"],
      confirmRuns: confirmRuns !== 1 || chosen.some((each) => each.confirmRuns !== undefined),
      ...(keyPairPattern === undefined ? {} : { keyPattern: isHidden ? "{pattern}" : keyPairPattern }),
      // Without types the role is that of the built-in policy, which goes by names, too.
      ...(chosen.every(({ name }) => name === BUILT_IN)
        ? {}
        : { types: [...new Set(chosen.flatMap(({ types }) => types))].sort() }),
      also: (["pause", "quarantine"] as const).filter((action) => does.includes(action)),
    },
    places: isHidden ? { pattern: String(keyPairPattern) } : {},
  };
}
