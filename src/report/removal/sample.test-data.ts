import { accountId, GLOBAL, instant } from "../../model/brand.ts";
import { type Kept, type Outcome, type Plan, planDigest, type Step, targetOf } from "../../model/plan.ts";
import type { ResourceType } from "../../model/resource.ts";
import { HOSTILE, IRELAND, resource } from "../delta/sample.test-data.ts";

/** Plans of removals that the tests of all forms are made of. */

const TITLES: Readonly<Record<string, string>> = {
  "AWS::EC2::Instance": "EC2 instance",
  "AWS::EC2::KeyPair": "EC2 key pair",
  "AWS::EC2::Volume": "EBS volume",
  "AWS::EC2::SecurityGroup": "security group",
  "AWS::IAM::Role": "IAM role",
};

export function target(type: ResourceType, id: string, name?: string) {
  const region = type.startsWith("AWS::IAM") ? GLOBAL : IRELAND;
  return targetOf(resource(type, id, { region, ...(name === undefined ? {} : { name }) }));
}

/** One step; `how` is what follows the resource's name in its words. */
export function step(
  operation: Step["operation"],
  of: Step["target"],
  { how = "deleted", ...more }: Partial<Step> & { how?: string } = {},
): Step {
  return {
    id: `${operation} ${of.id}`,
    operation,
    target: of,
    says: `${TITLES[of.type]} ${of.name ?? of.id}: ${how}`,
    reason: "it was added after friday",
    stage: 0,
    expects: {},
    saves: {},
    after: [],
    loses: [],
    risks: [],
    iam: [],
    ...more,
  };
}

export function planOf(steps: readonly Step[], kept: readonly Kept[] = [], more: Partial<Plan> = {}): Plan {
  const draft = {
    schema: 1,
    id: "p-0123456789ab",
    verb: "restore",
    account: accountId("123456789012"),
    partition: "aws",
    createdAt: instant("2026-11-20T10:15:00Z"),
    expiresAt: instant("2026-11-20T11:15:00Z"),
    selection: { types: [], regions: [IRELAND] },
    coverage: [],
    steps,
    kept,
    budget: { maxRemovals: 50, maxShare: 0.2, allowData: [] },
    ...more,
  } as const;
  return { ...draft, digest: planDigest(draft) };
}

export const WEB = target("AWS::EC2::Instance", "i-0abc", "web-1");
export const DATA = target("AWS::EC2::Volume", "vol-1", HOSTILE.script);
export const FRONT = target("AWS::EC2::SecurityGroup", "sg-front", "front");
export const ROOT = target("AWS::EC2::Volume", "vol-root");
export const DEPLOY = target("AWS::IAM::Role", "deploy");

/** An instance with its root volume, then a volume that is copied first and a group that is let go of first; a role stays. */
export function samplePlan(): Plan {
  return planOf(
    [
      step("remove", WEB, { how: "terminated", loses: ["its memory and its instance store"] }),
      step("back-up", DATA, { how: "an EBS snapshot is made", saves: { backup: "evenkeel-vol-1-20261120101500" } }),
      step("remove", DATA, { after: ["back-up vol-1", "remove i-0abc"], loses: ["its data"] }),
      step("prepare", FRONT, { how: "no other group's rules name it any more", way: "release" }),
      step("remove", FRONT, { after: ["prepare sg-front", "remove i-0abc"] }),
    ],
    [
      { target: ROOT, reason: "goes with web-1", goesWith: WEB.arn },
      { target: DEPLOY, reason: "EC2 Instance build-7 uses it, and stays" },
    ],
  );
}

/** A plan of as many instances, and as many kept groups for two reasons. */
export function largePlan(size: number): Plan {
  const numbers = Array.from({ length: size }, (_, at) => at + 1);
  return planOf(
    numbers.map((number) => step("remove", target("AWS::EC2::Instance", `i-${number}`), { how: "terminated" })),
    numbers.map((number) => ({
      target: target("AWS::EC2::SecurityGroup", `sg-${number}`),
      reason: number % 10 === 0 ? "it is a default group" : "it is in friday",
    })),
  );
}

export const APPLIED: Outcome = { kind: "applied" };
