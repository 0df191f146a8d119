import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CreateKeyPairCommand, CreateVolumeCommand, EC2Client } from "@aws-sdk/client-ec2";
import { parse as parseCsv } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { ACCOUNT, testAccount } from "../../tests/contract/account.ts";
import type { Connection } from "../aws/connection.ts";
import { EXIT } from "../model/errors.ts";
import type { RemovalDocument } from "../report/removal/document.ts";
import { FAULTS } from "../twin/faults.ts";
import { commandLine } from "./trial.test-data.ts";

const READS = /^(Describe|List|Get|Head|Lookup|Batch)/;
const DAY_MS = 24 * 3_600_000;
const WHERE = ["--regions", "eu-west-1", "--type", "ec2:key-pair,ec2:volume", "--no-prices"];
const SURE = ["--yes", "--account", ACCOUNT];
const FREE = ["--max-share", "100", "--allow-data", "ec2:volume"];

interface How {
  readonly terminal?: boolean;
  readonly typed?: string;
  readonly alias?: string;
  /** Tags of the first key pair that was added. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Volumes that were added. */
  readonly volumes?: number;
}

/** An account with a baseline of ten key pairs, and two more that were made after it. */
async function added({ alias, tags = {}, volumes = 0, ...how }: How = {}) {
  const account = await testAccount();
  const { twin, send } = account;
  Object.assign(twin.world.accounts[ACCOUNT] ?? {}, alias ? { alias } : {});
  const key = (KeyName: string, of = {}) =>
    send(
      EC2Client,
      new CreateKeyPairCommand({
        KeyName,
        TagSpecifications: [
          { ResourceType: "key-pair", Tags: Object.entries(of).map(([Key, Value]) => ({ Key, Value: String(Value) })) },
        ],
      }),
    );
  for (let number = 1; number <= 10; number++) await key(`old-${number}`);
  await twin.clock.sleep(DAY_MS);
  let connection: Connection = account.connection;
  const connects: (() => void)[] = [];
  const connect = async () => {
    connects.shift()?.();
    return connection;
  };
  const cli = commandLine({ connect, clock: twin.clock, ...how });
  await cli.run("snapshot", "create", "friday", "--regions", "eu-west-1");
  await twin.clock.sleep(DAY_MS);
  await key("new-1", tags);
  await key("new-2");
  for (let number = 0; number < volumes; number++)
    await send(EC2Client, new CreateVolumeCommand({ AvailabilityZone: "eu-west-1a", Size: 8 }));
  await twin.clock.sleep(DAY_MS);
  twin.log.length = 0;
  return {
    ...cli,
    twin,
    as: (other: Connection) => {
      connection = other;
    },
    /** The second connection of a run is the one that changes something. */
    beforeChanges: (act: () => void) => connects.push(() => undefined, act),
    config: (text: string) => writeFileSync(join(cli.folder, "evenkeel.yaml"), text),
    restore: (...argv: readonly string[]) => cli.run("restore", ...WHERE, ...argv),
    plan: async () => {
      const file = join(cli.folder, "plan.json");
      await cli.run("restore", ...WHERE, ...FREE, "--plan-out", file);
      return file;
    },
  };
}

type Trial = Awaited<ReturnType<typeof added>>;

interface Case {
  readonly name: string;
  readonly how?: How;
  readonly code: number;
  /** What is told, on either stream. */
  readonly says: RegExp;
  run(trial: Trial): ReturnType<Trial["run"]>;
}

const configured = (text: string) => (trial: Trial) => {
  trial.config(text);
  return trial.restore(...SURE);
};

const CASES: readonly Case[] = [
  {
    name: "max-removals",
    code: 6,
    says: /guard max-removals .*--max-removals 2/s,
    run: ({ restore }) => restore(...SURE, "--max-removals", "1"),
  },
  {
    name: "max-share",
    code: 6,
    says: /guard max-share .*--max-share 17/s,
    run: ({ restore }) => restore(...SURE, "--max-share", "5"),
  },
  {
    name: "allow-data",
    how: { volumes: 1 },
    code: 6,
    says: /guard allow-data .*--allow-data ec2:volume/s,
    run: ({ restore }) => restore(...SURE, "--max-share", "100"),
  },
  {
    name: "protected account",
    how: { alias: "acme-production" },
    code: 6,
    says: /nothing is removed from account 111111111111 \(acme-production\)/,
    run: ({ restore }) => restore(...SURE),
  },
  {
    name: "alias unreadable",
    code: 6,
    says: /its alias could not be read.*iam:ListAccountAliases/s,
    run: (trial) => {
      trial.twin.faults = [{ ...FAULTS.denied, service: "iam", operation: "ListAccountAliases" }];
      return trial.restore(...SURE);
    },
  },
  {
    name: "not-accounts",
    code: 6,
    says: /guard accounts .*guards.not-accounts/s,
    run: configured(`guards: { not-accounts: ["${ACCOUNT}"] }`),
  },
  { name: "regions", code: 6, says: /guard regions .*--regions/s, run: configured("guards: { regions: [us-east-1] }") },
  { name: "max-steps", code: 6, says: /guard max-steps /, run: configured("guards: { max-steps: 1 }") },
  {
    name: "max-removals in the file",
    code: 6,
    says: /guard max-removals /,
    run: configured("guards: { max-removals: 1 }"),
  },
  {
    name: "expired plan",
    code: 6,
    says: /expired/,
    run: async (trial) => {
      const file = await trial.plan();
      await trial.twin.clock.sleep(2 * 3_600_000);
      return trial.run("apply", file, ...SURE);
    },
  },
  {
    name: "edited plan",
    code: 6,
    says: /was edited/,
    run: async (trial) => {
      const file = await trial.plan();
      writeFileSync(file, readFileSync(file, "utf8").replace('"maxRemovals": 50', '"maxRemovals": 51'));
      return trial.run("apply", file, ...SURE);
    },
  },
  {
    name: "more steps than were typed",
    code: 6,
    says: /guard max-steps allows 1 change; the plan makes 2/,
    run: async (trial) => trial.run("apply", await trial.plan(), "--max-steps", "1", ...SURE),
  },
  {
    name: "other account's plan",
    code: 6,
    says: /account 111111111111/,
    run: async (trial) => {
      const file = await trial.plan();
      const { connection } = await testAccount();
      trial.as({ ...connection, account: "222222222222" as Connection["account"] });
      return trial.run("apply", file, "--yes", "--account", ACCOUNT);
    },
  },
  {
    name: "--yes alone",
    code: 6,
    says: /--yes alone does not confirm.*--account 111111111111/s,
    run: ({ restore }) => restore("--yes"),
  },
  {
    name: "wrong --account",
    code: 6,
    says: /--account says 222222222222, and the plan is of account 111111111111/,
    run: ({ restore }) => restore("--yes", "--account", "222222222222"),
  },
  {
    name: "wrong --account of a quarantine",
    code: 6,
    says: /--account says 222222222222/,
    run: ({ restore }) => restore("--quarantine", "7d", "--yes", "--account", "222222222222"),
  },
  {
    name: "a quarantine that nobody confirms",
    code: 130,
    says: /2 resources of account 111111111111/,
    run: ({ restore }) => restore("--quarantine", "7d"),
  },
  {
    name: "wrong alias typed",
    how: { alias: "acme-sandbox", terminal: true, typed: "acme-sandpit" },
    code: 130,
    says: /not confirmed: "acme-sandpit" is not acme-sandbox/,
    run: ({ restore }) => restore(),
  },
  {
    name: "no terminal",
    code: 130,
    says: /not confirmed.*--yes --account 111111111111/s,
    run: ({ restore }) => restore(),
  },
];

/** What stays is told, and the rest goes: these are no refusals. */
const KEPT: readonly Case[] = [
  {
    name: "protect tag",
    how: { tags: { "evenkeel:protect": "true" } },
    code: 0,
    says: /protected by its tag evenkeel:protect=true/,
    run: ({ restore }) => restore(...SURE),
  },
  {
    name: "younger-than",
    code: 0,
    says: /There is nothing to remove/,
    run: configured("guards: { protect: [{ younger-than: 3d }] }"),
  },
];

async function outcomeOf({ name, how, says, run }: Case) {
  const trial = await added(how);
  const { code, stdout, stderr } = await run(trial);
  const changes = trial.twin.log.filter(({ operation }) => !READS.test(operation)).map(({ operation }) => operation);
  const told = stdout + stderr;
  return { name, code, says: says.test(told) ? "as it should" : told, changes };
}

const expected = ({ name, code }: Case, changes: readonly string[]) => ({ name, code, says: "as it should", changes });

describe("what stops a removal", () => {
  it.each(CASES)("$name ends with $code and changes nothing", async (each) => {
    const outcome = await outcomeOf(each);
    expect(outcome).toEqual(expected(each, []));
  });

  it("says in what state things are", async () => {
    for (const { how, run } of CASES) expect((await run(await added(how))).stderr).toMatch(/Nothing was changed/i);
  });
});

describe("what is kept by a removal", () => {
  it.each(KEPT)("$name ends with $code", async (each) => {
    const { changes, ...outcome } = await outcomeOf(each);
    const { changes: _, ...wanted } = expected(each, []);
    expect(outcome).toEqual(wanted);
    expect(changes).toEqual(each.name === "protect tag" ? ["DeleteKeyPair"] : []);
  });
});

describe("evenkeel restore", () => {
  it("removes when the alias is typed, and tells how the account is now", async () => {
    const { restore, twin } = await added({ alias: "acme-sandbox", terminal: true, typed: "acme-sandbox" });
    const { code, stdout, stderr } = await restore("--no-color");

    expect([code, stderr]).toEqual([EXIT.done, expect.stringContaining("type the account's alias (acme-sandbox)")]);
    expect(stdout).toContain("removed 2 of 2 resources");
    expect(stdout).toContain("Nothing changed: 10 resources are as in friday.");
    expect(stdout.split("\n").filter((line) => line.length > 80 && !line.includes("/exports/"))).toEqual([]);
    expect(twin.log.filter(({ operation }) => operation === "DeleteKeyPair")).toHaveLength(2);
  });

  it("is one object for scripts, the same in YAML, before and after", async () => {
    const trial = await added({ volumes: 1 });
    const dry = await trial.restore(...FREE, "--dry-run", "--output", "json");
    const yaml = await trial.restore(...FREE, "--dry-run", "--output", "yaml");
    const before: RemovalDocument = JSON.parse(dry.stdout);
    const done = await trial.restore(...FREE, ...SURE, "--output", "json");
    const after: RemovalDocument = JSON.parse(done.stdout);

    expect([dry.code, done.code]).toEqual([0, 0]);
    expect(Object.keys(parseYaml(yaml.stdout))).toEqual(Object.keys(before));
    expect(before).toMatchObject({ changes: 3, removed: [], failed: [], backups: [{ state: "planned" }] });
    expect(before).not.toHaveProperty("outcomes");
    expect(after).toMatchObject({
      changes: 3,
      kept: [],
      failed: [],
      backups: [{ kind: "an EBS snapshot", state: "made" }],
    });
    expect(after.removed.map(({ type }) => type).sort()).toEqual([
      "AWS::EC2::KeyPair",
      "AWS::EC2::KeyPair",
      "AWS::EC2::Volume",
    ]);
    expect(after.outcomes).toHaveLength(after.plan.steps.length);
    expect(after.delta).toMatchObject({ changes: 0, before: { name: "friday" } });
    expect(
      readFileSync(join(trial.folder, "store", (after.exported ?? "").split("/store/")[1] ?? ""), "utf8"),
    ).toContain("new-1");
  });

  it("has a record a resource in CSV, a page, and a comment", async () => {
    const { restore } = await added();
    const csv = await restore("--dry-run", "--output", "csv");
    const html = await restore("--dry-run", "--output", "html");
    const markdown = await restore("--dry-run", "--output", "markdown");

    expect(
      (parseCsv(csv.stdout, { columns: true }) as Record<string, string>[]).map(({ id, outcome }) => [id, outcome]),
    ).toEqual([
      ["new-1", "planned"],
      ["new-2", "planned"],
    ]);
    expect(html.stdout).toMatch(/^<!doctype html>.*new-1/s);
    expect(markdown.stdout).toMatch(/^## Plan .*new-1/s);
  });

  it("tells what was removed even where the account can't be looked at again", async () => {
    const { restore, beforeChanges, folder } = await added();
    beforeChanges(() => rmSync(join(folder, "store", "accounts", ACCOUNT, "snapshots"), { recursive: true }));
    const { code, stdout, stderr } = await restore(...SURE);

    expect([code, stdout]).toEqual([0, expect.stringContaining("removed 2 of 2 resources")]);
    expect(stderr).toContain("could not be compared with the baseline again");
  });

  it("puts into quarantine what it would remove, and says how that is taken back", async () => {
    const { restore } = await added();
    const { code, stdout, stderr } = await restore("--quarantine", "7d", "--yes");

    expect([code, stdout]).toEqual([0, expect.stringContaining("put 2 of 2 resources into quarantine")]);
    expect(stderr).toMatch(/Next: evenkeel runs undo restore-/);
  });

  it("says that there is nothing to remove", async () => {
    const { restore } = await added();
    await restore(...SURE);
    const again = await restore(...SURE, "--output", "json");

    expect([again.code, JSON.parse(again.stdout).changes]).toEqual([0, 0]);
  });

  it("ends with 5 and says why where something is still there", async () => {
    const { restore, twin } = await added();
    twin.faults = [{ ...FAULTS.denied, service: "ec2", operation: "DeleteKeyPair" }];
    const { code, stdout } = await restore(...SURE);

    expect(code).toBe(EXIT.partial);
    expect(stdout).toContain("removed 0 of 2 resources");
    expect(stdout).toMatch(/Not done \(2\).*failed: .*new-1.*new-2/s);
    expect(stdout).toContain("2 added");
  });
});
