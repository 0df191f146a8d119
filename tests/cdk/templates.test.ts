import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { App, Stack } from "aws-cdk-lib";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { AwsSolutionsChecks } from "cdk-nag";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { LoadShedder, OperatorRole, Reaper, Schedule, SnapshotWatch, StaySafe } from "../../src/cdk/index.ts";
import { REAPER } from "../../src/cdk/settings.ts";
import { addStacks } from "../../src/cdk/stacks.ts";
import { PlainStack, readable } from "../../src/cdk/templates/plain.ts";
import { plainStack, plainTemplates, TEMPLATES } from "../../src/cdk/templates/templates.ts";
import { roleTemplate } from "../../src/cli/setup/template.ts";
import { renderYaml } from "../../src/report/yaml.ts";
import { OPEN, READS_WITHOUT_RESOURCE, WITHOUT_RESOURCE } from "../../src/verbs/iam/narrowing-rules.ts";
import { OPERATOR_ROLE } from "../../src/verbs/iam/operator.ts";
import { parseReapSettings } from "../../src/verbs/reap/settings.ts";
import { PARAMETERS } from "../../src/verbs/shed/parameters.ts";
import { code, type Made, shedding } from "./made.ts";

/** Whether the generator says why an action is allowed for everything. */
function isOpen(action: string): boolean {
  const [service = "", name = ""] = action.split(":");
  return WITHOUT_RESOURCE[service]?.includes(name) || READS_WITHOUT_RESOURCE.test(action) || OPEN[action] !== undefined;
}

const FOLDER = fileURLToPath(new URL("../../templates/", import.meta.url));
const written = plainTemplates() as Record<
  string,
  { Parameters?: Record<string, Record<string, unknown>>; Resources: Record<string, Made> }
>;
const NAMES = Object.keys(TEMPLATES);

it("are fresh: `npm run generate` would write the same", () => {
  expect(readdirSync(FOLDER).sort()).toEqual(NAMES.map((name) => `${name}.yaml`).sort());
  for (const name of NAMES) {
    const text = readFileSync(`${FOLDER}${name}.yaml`, "utf8");
    expect(text.slice(text.indexOf("\n") + 1)).toBe(renderYaml(written[name] as object));
  }
});

describe.each(NAMES)("%s", (name) => {
  const { Resources, Parameters = {} } = written[name] as (typeof written)[string];
  const policies = Object.values(Resources).filter(({ Type }) => Type === "AWS::IAM::ManagedPolicy");

  it("needs neither CDK nor its bootstrap, and hard-codes no place", () => {
    const text = JSON.stringify(written[name]);
    expect(text).not.toMatch(/CDKMetadata|BootstrapVersion|aws:cdk|cdk-hnb659fds/);
    expect(JSON.stringify(Resources)).not.toMatch(/arn:aws|\d{12}|(us|eu)-\w+-1/);
  });

  it("allows everything only for what AWS takes no resource for, or for a reason that is written down", () => {
    const open = policies
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .filter(({ Resource }) => [Resource].flat().includes("*"))
      .flatMap(({ Action }) => Action);
    expect(open.filter((action) => !isOpen(action))).toEqual([]);
    expect(JSON.stringify(policies)).not.toMatch(/"Action":\[?"[^\]]*\*/);
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
      selection: {},
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
  ])("refuses %j", (context, why) => {
    expect(() => app(context as Record<string, string>)).toThrow(why);
  });
});
