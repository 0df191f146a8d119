import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FACTS } from "../../src/catalog/registry.ts";
import { functionPolicy, operatorPolicy } from "../../src/cdk/iam.ts";
import { FUNCTIONS, type FunctionName } from "../../src/lambda/functions.ts";
import { OPEN } from "../../src/verbs/iam/narrowing-rules.ts";
import { type NeedOptions, neededActions, type Verb } from "../../src/verbs/iam/needs.ts";
import type { PolicyStatement } from "../../src/verbs/iam/policy.ts";
import { describeMoto } from "./describe-moto.ts";
import { ensureMoto } from "./venv.ts";

/** AWS's service authorization reference as cfn-lint has it: names in lower case. */
type Reference = Readonly<
  Record<
    string,
    {
      readonly Actions: Readonly<Record<string, { readonly Resources?: readonly string[] }>>;
      readonly Resources?: Readonly<Record<string, { readonly ARNFormats: readonly string[] }>>;
    }
  >
>;

const FILE = "../lib/python3.11/site-packages/cfnlint/data/AdditionalSpecs/Policies.json";
const TYPES = FACTS.map(({ type }) => type);
const VERBS: readonly Verb[] = [
  "snapshot",
  "delta",
  "status",
  "cost",
  "pause",
  "resume",
  "restore",
  "reap",
  "quarantine",
  "undo",
];
const ARNS = {
  bucket: "arn:aws:s3:::store",
  prefix: "team",
  topic: "arn:aws:sns:eu-west-1:123456789012:told",
  queue: "arn:aws:sqs:eu-west-1:123456789012:steps",
  table: "arn:aws:dynamodb:eu-west-1:123456789012:table/shed",
  listener: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/0123456789abcdef/0123456789abcdef",
  secret: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:webhook-Ab12Cd",
  parameter: "arn:aws:ssm:eu-west-1:123456789012:parameter/keel/webhook",
  webhookKey: "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
};

/** Every statement that can be generated, with what it is of. */
const STATEMENTS: readonly (readonly [string, PolicyStatement])[] = [
  ...(Object.keys(FUNCTIONS) as FunctionName[]).flatMap((name) =>
    [{}, { types: TYPES, also: ["pause", "quarantine"] as const }].flatMap((more) =>
      functionPolicy(name, { ...ARNS, confirmRuns: true, ...more }).map((each) => [name, each] as const),
    ),
  ),
  ...VERBS.flatMap((verb) => operatorPolicy([verb], TYPES).map((each) => [verb, each] as const)),
];

describeMoto("the policies, judged by AWS's own lists of actions and resources", () => {
  test("name actions that exist, by resources that AWS takes for them", async () => {
    const reference = await load();
    expect(
      STATEMENTS.flatMap(([of, each]) => problemsOf(reference, each).map((problem) => `${of}: ${problem}`)),
    ).toEqual([]);
  });

  test("would be found out with a misspelt action, or another service's resource", async () => {
    const reference = await load();
    const wrong = (Action: string, Resource: string) =>
      problemsOf(reference, { Sid: "Wrong", Effect: "Allow", Action: [Action], Resource });

    expect(wrong("ec2:TerminateInstance", "*")).toHaveLength(1);
    expect(wrong("ec2:TerminateInstances", "arn:{partition}:ec2:*:{account}:volume/*")).toHaveLength(1);
    expect(wrong("ec2:DescribeInstances", "arn:{partition}:ec2:*:{account}:instance/*")).toHaveLength(1);
  });

  test("narrow nothing that has no resource, and leave nothing open without a reason", async () => {
    const reference = await load();
    const open = new Set(STATEMENTS.flatMap(([, { Action, Resource }]) => (Resource === "*" ? Action : [])));
    const couldBeNarrowed = [...open].filter((action) => formatsOf(reference, action)?.length).sort();

    expect(couldBeNarrowed).toEqual(Object.keys(OPEN).sort());
  });

  test("of the command line, too, name actions that exist", async () => {
    const reference = await load();
    const options: NeedOptions = { marks: true };
    const actions = neededActions([...VERBS, "shed", "doctor", "whoami", "types"], FACTS, options);

    expect(actions.filter((action) => formatsOf(reference, action) === undefined)).toEqual([]);
  });
});

async function load(): Promise<Reference> {
  const venv = await ensureMoto();
  if ("missing" in venv) throw new Error(venv.missing);
  return JSON.parse(readFileSync(new URL(FILE, `file://${venv.python}`), "utf8")) as Reference;
}

function problemsOf(reference: Reference, { Action, Resource }: PolicyStatement): string[] {
  const resources = [Resource].flat();
  return Action.flatMap((action) => {
    const formats = formatsOf(reference, action);
    if (!formats) return [`${action} does not exist`];
    if (action.includes("*")) return [`${action} is several`];
    const strange = resources.filter(
      (resource) => resource !== "*" && !formats.some((format) => fits(resource, format)),
    );
    return strange.map((resource) => `${action} takes no ${resource}`);
  });
}

/** Undefined = there is no such action; empty = it takes no resource. */
function formatsOf(reference: Reference, action: string): string[] | undefined {
  const [service = "", name = ""] = action.split(":");
  const known = reference[service];
  const found = known?.Actions[name.toLowerCase()];
  return found && (found.Resources ?? []).flatMap((kind) => known?.Resources?.[kind.toLowerCase()]?.ARNFormats ?? []);
}

/** Whether a pattern of ours stands for ARNs of the format alone, or the format is one of several that it stands for. */
function fits(resource: string, format: string): boolean {
  const ours = resource.replace(/\{\w+\}/g, "x");
  const [any, one] = ["*", "x"].map((word) => format.replace(/\$\{\w+\}/g, word).replace(/[.][*]/g, "*"));
  return covers(any ?? "", ours) || covers(ours, one ?? "");
}

function covers(glob: string, text: string): boolean {
  const [head, ...rest] = glob.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${[head, ...rest].join(".*")}$`).test(text);
}
