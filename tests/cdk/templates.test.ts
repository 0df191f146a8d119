import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { App, Stack } from "aws-cdk-lib";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { AwsSolutionsChecks } from "cdk-nag";
import { describe, expect, it } from "vitest";
import { parse, YAMLMap } from "yaml";
import { LoadShedder, OperatorRole, Reaper, Schedule, SnapshotWatch, StaySafe } from "../../src/cdk/index.ts";
import { REAPER } from "../../src/cdk/settings.ts";
import { addStacks } from "../../src/cdk/stacks.ts";
import { type Json, PlainStack, readable } from "../../src/cdk/templates/plain.ts";
import { plainStack, plainTemplates, TEMPLATES } from "../../src/cdk/templates/templates.ts";
import { templateYaml } from "../../src/cdk/templates/yaml.ts";
import { roleTemplate } from "../../src/cli/setup/template.ts";
import { OPEN, READS_WITHOUT_RESOURCE, WITHOUT_RESOURCE } from "../../src/verbs/iam/narrowing-rules.ts";
import { OPERATOR_ROLE } from "../../src/verbs/iam/operator.ts";
import { parseReapSettings } from "../../src/verbs/reap/settings.ts";
import { PARAMETERS } from "../../src/verbs/shed/parameters.ts";
import { code, GROUP, LISTENER, type Made, shedding } from "./made.ts";

const SECRETS = "arn:aws:secretsmanager:eu-west-1:123456789012:secret";
const PARAMETERS_OF = "arn:aws:ssm:eu-west-1:123456789012:parameter";

/** Whether the generator says why an action is allowed for everything. */
function isOpen(action: string): boolean {
  const [service = "", name = ""] = action.split(":");
  return WITHOUT_RESOURCE[service]?.includes(name) || READS_WITHOUT_RESOURCE.test(action) || OPEN[action] !== undefined;
}

const FOLDER = fileURLToPath(new URL("../../templates/", import.meta.url));
interface Written {
  readonly Parameters?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly Resources: Readonly<Record<string, Made>>;
}
const made = plainTemplates();
const written = made as unknown as Readonly<Record<string, Written>>;
const NAMES = Object.keys(TEMPLATES);

it("are fresh: `npm run generate` would write the same", () => {
  expect(readdirSync(FOLDER).sort()).toEqual(NAMES.map((name) => `${name}.yaml`).sort());
  for (const name of NAMES) {
    const text = readFileSync(`${FOLDER}${name}.yaml`, "utf8");
    expect(text.slice(text.indexOf("\n") + 1)).toBe(templateYaml(made[name] as Json));
  }
});

/** A function of CloudFormation as YAML's tags have it, and as JSON has it. */
const SHORT_FORMS = ["Ref", "Sub", "GetAtt", "If", "Not", "Equals", "Select", "Split", "Join"].flatMap((name) => {
  const key = name === "Ref" ? name : `Fn::${name}`;
  const scalar = (text: string) => ({ [key]: name === "GetAtt" ? text.split(".") : text });
  const list = (items: unknown) => {
    const map = new YAMLMap();
    map.set(key, items);
    return map;
  };
  return [{ tag: `!${name}`, resolve: scalar }, { tag: `!${name}`, collection: "seq", resolve: list } as const];
});

it.each(["1.1", "1.2"] as const)("are read by YAML %s as they were meant", (version) => {
  for (const name of NAMES) {
    const text = templateYaml(made[name] as Json);
    expect(text).not.toMatch(/Fn::(Sub|GetAtt|If|Select|Equals)/);
    expect(parse(text, { version, customTags: SHORT_FORMS })).toEqual(made[name]);
  }
});

/** Source: CloudFormation user guide, "CloudFormation quotas": a template that stands in the request itself. */
const LONGEST = 51_200;

describe.each(NAMES)("%s", (name) => {
  const { Resources, Parameters = {} } = written[name] as (typeof written)[string];
  const policies = Object.values(Resources).filter(({ Type }) => Type === "AWS::IAM::ManagedPolicy");

  it("is short enough to be deployed without a bucket", () => {
    expect(readFileSync(`${FOLDER}${name}.yaml`).length).toBeLessThan(LONGEST);
  });

  it("needs neither CDK nor its bootstrap, and hard-codes no place", () => {
    const text = JSON.stringify(written[name]);
    expect(text).not.toMatch(/CDKMetadata|BootstrapVersion|aws:cdk|cdk-hnb659fds/);
    expect(JSON.stringify(Resources)).not.toMatch(/arn:aws|\d{12}|(us|eu)-\w+-1/);
  });

  it("allows everything only for what AWS takes no resource for, or for a reason that is written down", () => {
    const statements = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    const actionsOf = (some: readonly { readonly Action: string | readonly string[] }[]) =>
      some.flatMap(({ Action }) => Action);
    const open = actionsOf(statements.filter(({ Resource }) => [Resource].flat().includes("*")));
    expect(open.filter((action) => !isOpen(action))).toEqual([]);
    expect(actionsOf(statements).filter((action) => action.includes("*"))).toEqual([]);
  });

  it("has policies that AWS takes, with the longest names filled in", () => {
    const longest = (text: string) =>
      text
        .replaceAll("${AWS::Partition}", "aws-iso-b")
        .replaceAll("${AWS::Region}", "ap-northeast-1")
        .replaceAll("${AWS::AccountId}", "123456789012")
        .replace(/\$\{\w+(\.\w+)?\}/g, "x".repeat(64));
    for (const { Properties } of policies)
      expect(longest(JSON.stringify(Properties.PolicyDocument)).length).toBeLessThanOrEqual(6144);
    for (const { Type, Properties } of Object.values(Resources))
      if (Type === "AWS::IAM::Role") expect(Properties.ManagedPolicyArns?.length ?? 0).toBeLessThanOrEqual(10);
  });

  it("has names for its resources that a person can tell apart, and parameters that say what they are", () => {
    expect(Object.keys(Resources).filter((id) => /[0-9A-F]{8}$/.test(id))).toEqual([]);
    for (const { Description } of Object.values(Parameters)) expect(Description).toEqual(expect.any(String));
  });
});

it("fails a deployment for a number that is out of range, with the parameter's name", () => {
  const { Parameters = {} } = written["load-shedder"] ?? {};
  for (const [name, fact] of Object.entries(PARAMETERS)) {
    if (fact.kind !== "number" || !("usual" in fact)) continue;
    const id = name.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
    expect([id, Parameters[id]]).toEqual([
      id,
      expect.objectContaining({ MinValue: fact.least, MaxValue: fact.most, Default: fact.usual }),
    ]);
  }
});

it("says the ranges that the reaper itself takes", () => {
  for (const fact of Object.values(REAPER)) {
    if (fact.kind !== "number") continue;
    const taken = (value: number) => {
      try {
        return parseReapSettings({ [fact.env]: String(value) }).warnings.length === 0;
      } catch {
        return false;
      }
    };
    expect([fact.env, taken(fact.least - 1), taken(fact.least), taken(fact.most), taken(fact.most + 1)]).toEqual([
      fact.env,
      false,
      true,
      true,
      false,
    ]);
  }
});

it("has the operator role that `evenkeel setup` prints", () => {
  const app = new App({ analyticsReporting: false });
  new OperatorRole(new PlainStack(app, "Role", "role"), "Operator", {
    roleName: OPERATOR_ROLE,
    externalId: "agreed",
    mfa: true,
  });
  const made = readable(app.synth().getStackByName("Role").template).Resources;
  const store = { value: "file:.evenkeel", source: { kind: "default" } } as const;
  const backup = { value: undefined, source: { kind: "default" } } as const;
  const printed = parse(roleTemplate({ store, backup } as never, "aws", { externalId: "agreed", mfa: true })).Resources;
  expect(made).toEqual(printed);
});

describe("cdk-nag's AwsSolutions", () => {
  const findings = (app: App) => {
    app.synth();
    const { violations } = new AwsSolutionsChecks(app).validateScope(app);
    return violations.map((violation) => JSON.stringify(violation));
  };

  it("finds nothing that is not reasoned away", () => {
    const app = new App({ analyticsReporting: false });
    const stack = new Stack(app, "All");
    const schedule = new Schedule(stack, "Schedule", {
      code,
      selection: { tag: ["env=dev"] },
      pauseAt: "rate(1 day)",
      resumeAt: "rate(1 day)",
      budget: { amount: 1 },
      tracing: true,
    });
    new StaySafe(stack, "StaySafe", { code, bucket: schedule.bucket });
    new Reaper(stack, "Reaper", { code });
    new SnapshotWatch(stack, "SnapshotWatch", { code });
    new LoadShedder(stack, "LoadShedder", shedding());
    new OperatorRole(stack, "OperatorRole", { bucket: Bucket.fromBucketName(stack, "Mine", "mine") });
    expect(findings(app)).toEqual([]);
  });

  it("finds nothing in the templates either", () => {
    const app = new App({ analyticsReporting: false });
    for (const name of NAMES) plainStack(app, name);
    expect(findings(app)).toEqual([]);
  });

  it("would find something", () => {
    const app = new App({ analyticsReporting: false });
    new Bucket(new Stack(app, "Bad"), "Bucket");
    expect(findings(app).join()).toContain("AwsSolutions-S10");
  });
});

describe("the app", () => {
  const SHEDDER = { loadShedder: "true", listener: LISTENER, primary: GROUP };
  const NIGHT = { schedule: "true", selection: '{"tag":["env=dev"]}', pauseAt: "rate(1 day)" };
  const app = (context: Record<string, string>) => {
    const made = new App({ analyticsReporting: false, context: { ...context, "aws:cdk:bundling-stacks": [] } });
    addStacks(made, () => code());
    return made.synth().stacks;
  };

  it("makes a stack of each construct that is asked for, with the props that the context names", () => {
    const stacks = app({
      reaper: "true",
      staySafe: "true",
      schedule: "true",
      selection: '{"type":["rds:db"]}',
      pauseAt: "rate(1 day)",
      maxInstanceAgeHours: "5",
      name: "mine",
    });
    expect(stacks.map(({ stackName }) => stackName).sort()).toEqual(["mine-reaper", "mine-schedule", "mine-stay-safe"]);
    expect(JSON.stringify(stacks.find(({ stackName }) => stackName === "mine-reaper")?.template)).toContain(
      '"MAX_INSTANCE_AGE_HOURS":"5"',
    );
    // Where the pauses keep their records the other one reads them.
    expect(JSON.stringify(stacks.find(({ stackName }) => stackName === "mine-stay-safe")?.template)).toContain(
      "Fn::ImportValue",
    );
  });

  it.each([
    [{ bucket: "keel", webhookSecret: "hook" }, ":s3:::keel", ':secretsmanager:",'],
    [{ bucket: "arn:aws:s3:::keel", webhookSecret: `${SECRETS}:hook` }, "arn:aws:s3:::keel", `${SECRETS}:hook-??????`],
    [{ webhookSecret: `${SECRETS}:hook-Ab12Cd` }, `"${SECRETS}:hook-Ab12Cd"`],
    [{ webhookParameter: "/keel/hook" }, '"WEBHOOK_URL_PARAMETER":"/keel/hook"', ":parameter/keel/hook"],
    [
      { webhookParameter: `${PARAMETERS_OF}/keel/hook` },
      '"WEBHOOK_URL_PARAMETER":"/keel/hook"',
      ":parameter/keel/hook",
    ],
    [{ webhookParameter: `${PARAMETERS_OF}/hook` }, '"WEBHOOK_URL_PARAMETER":"hook"', ":parameter/hook"],
  ])("takes what is there by name or ARN: %j", (context, ...parts) => {
    const text = JSON.stringify(app({ reaper: "true", ...context } as Record<string, string>)[0]?.template);
    for (const part of parts) expect(text.replaceAll('\\"', '"')).toContain(part);
  });

  it("makes an operator role", () => {
    const [stack] = app({ operatorRole: "true", roleName: "mine", mfa: "true" });
    expect(JSON.stringify(stack?.template)).toContain("aws:MultiFactorAuthPresent");
  });

  it.each([
    [{}, "reaper=true"],
    [{ reaper: "true", maxInstanceAgeHour: "5" }, "maxInstanceAgeHours"],
    [{ reaper: "true", maxInstanceAgeHours: "500" }, "168"],
    [{ reaper: "true", dryRun: "no" }, "DRY_RUN"],
    [{ loadShedder: "true" }, "ELB_LISTENER_ARN"],
    [{ staySafe: "true" }, "bucket"],
    [{ reaper: "yes" }, "-c reaper"],
    [{ reaper: "true", schedule: "1" }, "-c schedule"],
    [{ reaper: "true", tracing: "yes" }, "-c tracing"],
    [{ operatorRole: "true", mfa: "True" }, "-c mfa"],
    [{ reaper: "true", selection: "{type" }, "-c selection is no JSON"],
    [{ reaper: "true", selection: '{"types":["ec2:instance"]}' }, "EVENKEEL_SELECTION"],
    [{ reaper: "true", policies: "x" }, "-c policies is no JSON"],
    [{ reaper: "true", reaperSchedule: "hourly" }, "-c reaperSchedule"],
    [{ snapshotWatch: "true", snapshotSchedule: "1 day" }, "-c snapshotSchedule"],
    [{ reaper: "true", logRetentionDays: "month" }, "-c logRetentionDays"],
    [{ reaper: "true", logRetentionDays: "8" }, "-c logRetentionDays"],
    [{ reaper: "true", topic: "alerts" }, "-c topic"],
    [{ reaper: "true", webhookSecret: "a", webhookParameter: "b" }, "webhookParameter"],
    [{ ...SHEDDER, batchSize: "many" }, "-c batchSize"],
    [{ schedule: "true", pauseAt: "rate(1 day)" }, "selection"],
    [{ schedule: "true", pauseAt: "rate(1 day)", selection: "{}" }, "selection"],
    [{ ...NIGHT, pauseAt: "19:00" }, "pauseAt"],
    [{ ...NIGHT, resumeAt: "7 am" }, "resumeAt"],
    [{ ...NIGHT, timeZone: "Zurich" }, "timeZone"],
    [{ ...NIGHT, budgetAmount: "0" }, "budget.amount"],
    [{ ...NIGHT, budgetAmount: "much" }, "-c budgetAmount"],
    [{ ...NIGHT, budgetAmount: "5", budgetPercent: "0" }, "budget.percent"],
    [{ ...NIGHT, budgetPercent: "50" }, "budgetAmount"],
  ])("refuses %j", (context, why) => {
    expect(() => app(context as Record<string, string>)).toThrow(why);
  });
});
