import { AllocateAddressCommand, CreateVolumeCommand, EC2Client } from "@aws-sdk/client-ec2";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { verbTrial } from "../../tests/contract/verbs.ts";
import { region } from "../model/brand.ts";
import { EXIT } from "../model/errors.ts";
import { FINDING_COLUMNS } from "../report/findings/record.ts";
import type { VirtualClock } from "../twin/clock.ts";
import { FAULTS } from "../twin/faults.ts";
import { commandLine } from "./trial.test-data.ts";

/** Of the trial's terminal. */
const WIDTH = 80;

/** The demo's account a fortnight later, with an address and two volumes that nobody uses. */
async function account(terminal = false) {
  const { context, twin } = await verbTrial();
  const ec2 = context.connection.client(EC2Client, region("eu-west-1"), "write");
  await ec2.send(new AllocateAddressCommand({}));
  for (const VolumeType of ["gp2", "gp3"] as const)
    await ec2.send(new CreateVolumeCommand({ AvailabilityZone: "eu-west-1a", Size: 100, VolumeType }));
  (twin.clock as VirtualClock).advance(15 * 24 * 3_600_000);
  twin.log.length = 0;
  const { run } = commandLine({ connect: async () => context.connection, terminal, clock: twin.clock });
  return { run, twin };
}

/** The demo's own leftovers are elsewhere. */
const UNUSED = ["--rule", "unattached-volume", "--rule", "unattached-address", "--region", "eu-west-1"];

describe("evenkeel findings", () => {
  it("prints what is probably not needed rule by rule, the money, what to do and what comes next", async () => {
    const { run } = await account(true);
    // What is loaded on first use takes real time, in which the virtual clock runs out of patience with the price list.
    await run("findings", ...UNUSED);
    const { code, stdout, stderr } = await run("findings", ...UNUSED);

    expect(code).toBe(EXIT.done);
    expect(stdout).toMatch(/: 3 findings by 2 rules/);
    expect(stdout).toMatch(/unattached-volume \(2\).*\n.*\n.*\n.*\n {2}What to do: take a snapshot/);
    expect(stdout).toMatch(/unattached-address \(1\)/);
    expect(stderr).toMatch(/Next: evenkeel explain arn:aws:ec2:eu-west-1:111122223333:volume\/vol-\w+/);
  });

  it("is no wider than the terminal, but for what is copied", async () => {
    const { run } = await account(true);
    const { stdout } = await run("findings", "--no-color");
    const wide = stdout.split("\n").filter((line) => stringWidth(line) > WIDTH && !/ (evenkeel|aws) /.test(line));

    expect(wide).toEqual([]);
  });

  it("prints the same rows as JSON and as CSV", async () => {
    const { run } = await account();
    const json = await run("findings", ...UNUSED, "--no-prices", "--output", "json");
    const csv = await run("findings", ...UNUSED, "--no-prices", "--output", "csv");
    const { findings } = JSON.parse(json.stdout) as { findings: Record<string, string | null>[] };
    const [heading, ...lines] = csv.stdout.trimEnd().split("\r\n");

    expect(heading).toBe(FINDING_COLUMNS.join(","));
    expect(lines).toHaveLength(3);
    for (const [index, line] of lines.entries()) expect(line).toContain(`,${findings[index]?.arn},`);
    expect(findings.every(({ month }) => month === null)).toBe(true);
  });

  it("ends with 7 where it is asked for and something is found, else with 0", async () => {
    const { run } = await account();

    expect((await run("findings", ...UNUSED, "--no-prices", "--exit-code")).code).toBe(EXIT.changes);
    expect((await run("findings", "--rule", "disabled-key", "--no-prices", "--exit-code")).code).toBe(EXIT.done);
  });

  it("ends with 5 where something could not be read, and with 2 before any call where it was typed wrong", async () => {
    const { run, twin } = await account();
    twin.faults = [{ ...FAULTS.denied, service: "ec2", operation: "DescribeAddresses" }];
    const denied = await run("findings", ...UNUSED, "--no-prices", "--exit-code");
    expect(denied.code).toBe(EXIT.partial);
    expect(denied.stdout).toContain("ec2:DescribeAddresses");

    twin.log.length = 0;
    const wrong = await run("findings", "--rule", "unused-volume");
    expect(wrong.code).toBe(EXIT.usage);
    expect(wrong.stderr).toContain("did you mean");
    expect(twin.log).toEqual([]);
  });

  it("has help with examples, and a policy that only reads", async () => {
    const { run } = await account();
    const help = await run("findings", "--help");
    const policy = await run("iam", "policy", "--verb", "findings", "--type", "ec2:snapshot");

    expect(help.stdout).toContain("evenkeel findings --type network --region eu-west-1 --min 5");
    expect(policy.stdout).toContain("ec2:DescribeImages");
    expect(policy.stdout).toContain("pricing:GetProducts");
    expect(policy.stdout).not.toContain("GetMetricData");
  });
});
