import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { verbTrial } from "../../tests/contract/verbs.ts";
import { modeNamed } from "./modes.ts";
import { commandLine } from "./trial.test-data.ts";

const NEVER = () => Promise.reject(new Error("nothing may be called"));

async function dryRun(yaml: string, ...argv: readonly string[]) {
  const { context } = await verbTrial();
  const { run, folder } = commandLine({ connect: async () => context.connection });
  if (yaml) writeFileSync(join(folder, "evenkeel.yaml"), yaml);
  const { code, stdout, stderr } = await run("pause", "--dry-run", "--no-prices", "--output", "json", ...argv);
  if (code !== 0) throw new Error(stderr);
  const { plan } = JSON.parse(stdout);
  type Each = {
    readonly target: { readonly type: string; readonly name?: string; readonly id: string };
    readonly reason: string;
  };
  return { steps: plan.steps as Each[], kept: plan.kept as Each[] };
}

describe("modes in the configuration", () => {
  it.each([
    ["modes:\n  demo:\n    kept: []\n", 'evenkeel.yaml:3:5: there is no key "kept"; did you mean "keep"?'],
    [
      "modes:\n  demo:\n    keep:\n      - tpye: [ec2:instance]\n",
      'evenkeel.yaml:4:9: there is no key "tpye"; did you mean "type"?',
    ],
    [
      "modes:\n  demo:\n    keep:\n      - type: [ec2:instnce]\n",
      "evenkeel.yaml:4:16: modes.demo.keep.0.type.0: no resource type or group is called",
    ],
    [
      "modes:\n  demo:\n    keep:\n      - tag: [env]\n",
      "evenkeel.yaml:4:15: modes.demo.keep.0.tag.0: --tag wants KEY=VALUE",
    ],
    ["modes:\n  demo:\n    keep:\n      - {}\n", "modes.demo.keep.0: must name what it selects"],
    ["modes:\n  demo:\n    keep: all\n", "evenkeel.yaml:3:11: modes.demo.keep: must be a list"],
    ["modes:\n  demo:\n    pause:\n      regions: [europe]\n", "modes.demo.pause.regions.0: not an AWS region code"],
    ["modes:\n  Demo Day:\n    keep:\n      - type: [compute]\n", "modes.Demo Day"],
    ["guards:\n  protect:\n    - tga: env\n", 'evenkeel.yaml:3:7: there is no key "tga"; known are tag'],
  ])("refuses %j with its line", async (text, said) => {
    const { run, folder } = commandLine({ connect: NEVER });
    writeFileSync(join(folder, "evenkeel.yaml"), text);
    const { code, stderr } = await run("pause", "--dry-run");

    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  });

  it("refuses a mode that is not there with the nearest name, before any call", async () => {
    const { run } = commandLine({ connect: NEVER });
    const { code, stderr } = await run("pause", "--mode", "devlopment");

    expect([code, stderr]).toEqual([2, expect.stringContaining("did you mean development?")]);
  });
});

describe("pause --mode", () => {
  it("keeps what any selection of the mode takes, says so, and pauses the rest as without it", async () => {
    const plain = await dryRun("");
    const yaml = "modes:\n  night:\n    keep:\n      - type: [databases]\n      - id: [bastion]\n";
    const { steps, kept } = await dryRun(yaml, "--mode", "night");
    const byMode = kept.filter(({ reason }) => reason === "mode night keeps it");
    const isDatabase = ({ target }: { target: { type: string } }) => /RDS|DynamoDB/.test(target.type);

    expect(plain.steps.some(isDatabase)).toBe(true);
    expect(steps.some(isDatabase)).toBe(false);
    expect(steps.some(({ target }) => target.name === "bastion")).toBe(false);
    expect(byMode.some(({ target }) => target.name === "bastion")).toBe(true);
    const all = plain.steps.map(({ target }) => target.id).sort();
    const here = new Set([...steps, ...kept].map(({ target }) => target.id));
    expect(all.filter((id) => !here.has(id))).toEqual([]);
  });

  it("pauses only what the mode says, unless the command line says otherwise", async () => {
    const yaml = "modes:\n  night:\n    pause:\n      type: [ec2:instance]\n      regions: [eu-west-1]\n";
    const narrow = await dryRun(yaml, "--mode", "night");
    const typed = await dryRun(yaml, "--mode", "night", "--type", "cloudwatch:alarm");

    expect(new Set(narrow.steps.map(({ target }) => target.type))).toEqual(new Set(["AWS::EC2::Instance"]));
    expect(new Set(typed.steps.map(({ target }) => target.type))).toEqual(new Set(["AWS::CloudWatch::Alarm"]));
  });

  it("keeps by the usual tags without any configuration; the file's mode of that name counts instead", () => {
    const tags = modeNamed(undefined, "production").keep.flatMap(({ tag }) => tag ?? []);
    const values = { modes: { production: { keep: [{ type: ["databases"], "exclude-tag": ["env=dev"] }] } } };
    const own = modeNamed({ path: "f", values, lineOf: () => 1 }, "production");

    expect(tags).toEqual(expect.arrayContaining(["env=prod", "Environment=production", "evenkeel:mode=production"]));
    expect(own.keep).toEqual([{ type: ["databases"], excludeTag: ["env=dev"] }]);
  });
});
