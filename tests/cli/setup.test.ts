import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { FAULTS } from "../../src/twin/faults.ts";
import { type CliTrial, cliTrial, type Ran, start } from "./process.ts";
import { describeTerminal, openTerminal } from "./terminal.ts";

const ROLE = "arn:aws:iam::111122223333:role/ops/evenkeel-operator";
const saved = ({ home }: CliTrial) => join(home, ".evenkeel", "config.json");

/** Makes the role in the simulated account. */
async function makeRole({ url }: CliTrial, Condition?: object): Promise<void> {
  const credentials = { accessKeyId: "AKIATEST000000000000", secretAccessKey: "test" };
  const iam = new IAMClient({ endpoint: url, region: "us-east-1", credentials });
  const Principal = { AWS: "arn:aws:iam::111122223333:root" };
  const Statement = [{ Effect: "Allow", Principal, Action: "sts:AssumeRole", ...(Condition ? { Condition } : {}) }];
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.send(new CreateRoleCommand({ Path: "/ops/", RoleName: "evenkeel-operator", AssumeRolePolicyDocument }));
  iam.destroy();
}

function refused(trial: CliTrial, { code, stderr }: Ran): string {
  expect(code, stderr).toBe(3);
  expect(stderr).toContain("Nothing was changed.");
  expect(existsSync(saved(trial))).toBe(false);
  return stderr;
}

describe("setup without questions", () => {
  it("tries the role, saves it for its owner only, and every later command works as it", async () => {
    const trial = await cliTrial();
    await makeRole(trial);
    const { code, stdout, stderr } = await trial.run("setup", "--role-arn", ROLE, "--no-input");
    const who = await trial.run("whoami", "--output", "json");
    const shown = JSON.parse((await trial.run("config", "show", "--output", "json")).stdout);

    expect(code, stderr).toBe(0);
    expect(stdout).toContain(ROLE);
    expect(JSON.parse(readFileSync(saved(trial), "utf8"))["role-arn"]).toBe(ROLE);
    expect([statSync(saved(trial)).mode & 0o777, statSync(join(trial.home, ".evenkeel")).mode & 0o777]).toEqual([
      0o600, 0o700,
    ]);
    expect(JSON.parse(who.stdout).caller).toContain("assumed-role/evenkeel-operator/");
    expect(shown.settings["role-arn"]).toEqual({ value: ROLE, from: `${saved(trial)}:2` });
  });

  it("is read last: a flag and evenkeel.yaml go before it", async () => {
    const trial = await cliTrial();
    await makeRole(trial);
    await trial.run("setup", "--role-arn", ROLE, "--no-input");
    writeFileSync(join(trial.home, "evenkeel.yaml"), "profile: of-the-project\n");
    const { settings } = JSON.parse((await trial.run("config", "show", "--output", "json")).stdout);

    expect(settings.profile.value).toBe("of-the-project");
    expect(settings["role-arn"].value).toBeNull();
  });

  it("names the three ways to credentials where there are none", async () => {
    const trial = await cliTrial();
    const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...env } = trial.env;
    const said = refused(trial, await start(["setup", "--as-is", "--no-input"], env, trial.home).done);

    for (const way of ["1. ", "aws sso login", "2. ", "aws configure", "3. ", "its role"]) expect(said).toContain(way);
  });

  it("says why a role can't be assumed", async () => {
    const trial = await cliTrial();
    const tried = async (...more: string[]) =>
      refused(trial, await trial.run("setup", "--role-arn", ROLE, "--no-input", ...more));
    expect(await tried()).toContain("has no role evenkeel-operator");
    await makeRole(trial, { StringEquals: { "sts:ExternalId": "agreed" } });
    expect(await tried()).toContain("asks for an external id");
    expect(await tried("--external-id", "guessed")).toContain("asks for another external id");
    trial.twin.faults = [FAULTS.expired];
    expect(await tried()).toContain("sign in again");
    trial.twin.faults = [];
    const { code } = await trial.run("setup", "--role-arn", ROLE, "--no-input", "--external-id", "agreed");

    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(saved(trial), "utf8"))["external-id"]).toBe("agreed");
  });

  it("leaves what was saved before where the new role can't be assumed", async () => {
    const trial = await cliTrial();
    await trial.run("setup", "--as-is", "--no-input");
    const before = readFileSync(saved(trial), "utf8");
    const { code } = await trial.run("setup", "--role-arn", ROLE, "--no-input");

    expect(code).toBe(3);
    expect(readFileSync(saved(trial), "utf8")).toBe(before);
  });

  it("refuses what is no role's ARN, and no role at all, before any call", async () => {
    const trial = await cliTrial();
    const user = await trial.run("setup", "--role-arn", "arn:aws:iam::111122223333:user/ada", "--no-input");
    expect([user.code, trial.twin.log.length]).toEqual([2, 0]);
    const none = await trial.run("setup", "--no-input");

    expect(none.code).toBe(2);
    expect(none.stderr).toContain("--role-arn");
    expect(existsSync(saved(trial))).toBe(false);
  });

  it("writes down the store that is in use, with its whole path", async () => {
    const trial = await cliTrial();
    const { EVENKEEL_STORE: _, ...env } = trial.env;
    const place = join(trial.home, "project");
    mkdirSync(join(place, ".evenkeel"), { recursive: true });
    const storeAfter = async (...more: string[]) => {
      await start(["setup", "--as-is", "--no-input", ...more], env, place).done;
      return JSON.parse(readFileSync(saved(trial), "utf8")).store;
    };

    expect(await storeAfter()).toBe(`file:${place}/.evenkeel`);
    expect(await storeAfter("--store", "file:./records")).toBe(`file:${place}/records`);
    expect(await storeAfter("--store", "s3://bucket/prefix")).toBe("s3://bucket/prefix");
  });

  it("prints and writes the role's template without credentials, and overwrites nothing", async () => {
    const trial = await cliTrial();
    const printed = await trial.run("setup", "--print-template", "--external-id", "agreed", "--mfa");
    const written = await trial.run("setup", "--template-out", "role.yaml");
    const again = await trial.run("setup", "--template-out", "role.yaml");
    const { Resources } = parse(printed.stdout);

    expect([printed.code, written.code, again.code, trial.twin.log.length]).toEqual([0, 0, 1, 0]);
    expect(Resources.OperatorRole.Properties.AssumeRolePolicyDocument.Statement[0].Condition).toHaveProperty("Bool");
    expect(written.stderr).toContain("CAPABILITY_NAMED_IAM");
    expect(parse(readFileSync(join(trial.home, "role.yaml"), "utf8")).Resources).toHaveProperty("OperatorRole");
  });
});

describeTerminal("setup in a terminal", () => {
  it("writes the template, says why the role can't be assumed yet, and takes it once it is there", async () => {
    const trial = await cliTrial();
    const terminal = await openTerminal({ ...trial.env, AWS_REGION: "eu-west-1" }, trial.home);
    await terminal.start("evenkeel setup");
    await terminal.shows("As whom");
    await terminal.press("Enter");
    await terminal.shows("Is the stack there?");
    await terminal.press("y");
    expect(await terminal.shows("What now?")).toContain("has no role evenkeel-operator");
    await makeRole(trial);
    await terminal.press("Down", "Enter");
    await terminal.shows("ARN of the role");
    await terminal.press(ROLE, "Enter");

    expect(await terminal.ends(0)).toContain(`Works as    ${ROLE}`);
    expect(existsSync(join(trial.home, "evenkeel-operator.yaml"))).toBe(true);
  });
});
