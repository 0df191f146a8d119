import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { verbTrial } from "../../tests/contract/verbs.ts";
import { commandLine } from "./trial.test-data.ts";

const NEVER = () => Promise.reject(new Error("nothing may be called"));

describe("evenkeel reap", () => {
  it.each([
    [["--policy", "paker"], 'there is no policy "paker"'],
    [["--max-instance-age", "0"], "can't be 0: it is a whole number of hours from 1 to 168"],
    [["--max-instance-age", "169"], "can't be 169"],
    [["--max-resource-age", "0"], "can't be 0: it is a whole number of hours from 1"],
    [["--key-pattern", ""], "can't be empty"],
    [["--batch-size", "0"], "--batch-size can't be 0"],
    [["--max-share", "0"], "--max-share can't be 0"],
    [["--confirm-runs", "3"], "--confirm-runs can't be 3: it is 1 or 2"],
    [["--confirm-runs", "2", "--quarantine", "7d"], "a quarantine is not confirmed by a second run"],
    [["--expires", "3"], "--expires is for policies that pause"],
    [["--on-expiry", "resume"], "--on-expiry is for policies that pause"],
    [["--backup", "s3://records/dev"], "--backup is for policies that pause"],
    [["--max-steps", "3"], "--max-steps is for policies that pause"],
  ])("refuses %j without a call", async (argv, said) => {
    const { run } = commandLine({ connect: NEVER });
    const { code, stderr } = await run("reap", ...argv);

    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  });

  it.each([
    [
      "policies:\n  packer:\n    match: {type: [ec2:volume]}\n    action: remove\n",
      "evenkeel.yaml:3:5: policies.packer: is built in",
    ],
    [
      "policies:\n  a:\n    match: {type: [ec2:volum]}\n    action: remove\n",
      "policies.a.match.type.0: no resource type",
    ],
    ["policies:\n  a:\n    match: {type: []}\n    action: remove\n", "policies.a.match.type: must not be empty"],
    ["policies:\n  a:\n    match: {type: [ec2:volume], name: /(/}\n    action: remove\n", "is no regular expression"],
    [
      "policies:\n  a:\n    match: {type: [ec2:volume], age: 3}\n    action: remove\n",
      "policies.a.match.age: must be a string",
    ],
    ["policies:\n  a:\n    match: {type: [ec2:volume], age: 3w}\n    action: remove\n", '"3w" is no age'],
    ["policies:\n  a:\n    match: {type: [ec2:volume], tag: [x]}\n    action: remove\n", 'did you mean "tags"?'],
    [
      "policies:\n  a:\n    match: {type: [ec2:volume], unused: false}\n    action: remove\n",
      "policies.a.match.unused",
    ],
    [
      "policies:\n  a:\n    match: {type: [ec2:volume], cost: {above: 1}}\n    action: remove\n",
      "policies.a.match.cost.above",
    ],
    [
      "policies:\n  a:\n    match: {type: [ec2:volume]}\n    action: delete\n",
      "must be one of remove, quarantine, pause, report",
    ],
    ["policies:\n  a:\n    match: {type: [ec2:volume]}\n", "policies.a.action"],
    ["policies:\n  a:\n    action: remove\n", "policies.a.match"],
    [
      "policies:\n  a:\n    match: {type: [ec2:volume]}\n    action: quarantine\n",
      "policies.a.quarantine: goes with action: quarantine",
    ],
    [
      "policies:\n  a:\n    match: {type: [ec2:volume]}\n    action: remove\n    confirm-runs: 3\n",
      "policies.a.confirm-runs: must be one of 1, 2",
    ],
    ...["pause", "report"].map((action) => [
      `policies:\n  a:\n    match: {type: [ec2:volume]}\n    action: ${action}\n    confirm-runs: 2\n`,
      "policies.a.confirm-runs: goes only with action: remove",
    ]),
    [
      "policies:\n  a:\n    match: {type: [ec2:volume]}\n    action: pause\n    quarantine: 7d\n",
      "policies.a.quarantine: goes with action: quarantine, and only with that",
    ],
    [
      `policies:\n  ${"a".repeat(65)}:\n    match: {type: [ec2:volume]}\n    action: remove\n`,
      "must be a name of up to 64 small letters",
    ],
    [
      "policies:\n  a:\n    match: {type: [ec2:volume]}\n    action: quarantine\n    quarantine: 7\n",
      "policies.a.quarantine: must be a string",
    ],
  ])("refuses %j in the configuration", async (text, said) => {
    const { run, folder } = commandLine({ connect: NEVER });
    writeFileSync(join(folder, "evenkeel.yaml"), text);
    const { code, stderr } = await run("reap", "--dry-run");

    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  });

  it("plans, removes and finds nothing more", async () => {
    const { context, twin } = await verbTrial();
    const { run } = commandLine({ connect: async () => context.connection, clock: twin.clock });
    const dry = await run("reap", "--dry-run", "--output", "json");
    const { plan } = JSON.parse(dry.stdout);
    const unconfirmed = await run("reap", "--yes");
    const done = await run("reap", "--yes", "--account", context.connection.account);
    const again = await run("reap", "--yes", "--account", context.connection.account);

    expect([dry.code, plan.verb, unconfirmed.code, done.code, again.code]).toEqual([0, "reap", 6, 0, 0]);
    expect(
      plan.steps.filter(({ target }: { target: { type: string } }) => target.type === "AWS::EC2::Instance"),
    ).toHaveLength(2);
    expect(again.stderr).toContain("There is nothing to remove.");
  }, 20_000);

  it("tells of each instance what goes with it, before and after", async () => {
    const { context, twin } = await verbTrial();
    const { run } = commandLine({ connect: async () => context.connection, clock: twin.clock });
    const dry = await run("reap", "--dry-run");
    const done = await run("reap", "--yes", "--account", context.connection.account, "--output", "json");
    const { reap } = JSON.parse(done.stdout);

    expect(dry.stdout).toMatch(/Instances \(2\).*c6i.xlarge, was running.*ec2:key-pair +packer_.*besides \(2\)/s);
    expect([reap.mode, reap.instances.length, reap.errors, reap.deferred]).toEqual(["live", 2, [], []]);
    expect(reap.orphans.map(({ type }: { type: string }) => type)).toEqual([
      "AWS::IAM::InstanceProfile",
      "AWS::IAM::Role",
    ]);
    expect(Number(reap.reclaimed.hour)).toBeGreaterThan(0);
  }, 20_000);

  it("names only limits that can be typed", async () => {
    const { context, twin } = await verbTrial();
    const { run, folder } = commandLine({ connect: async () => context.connection, clock: twin.clock });
    writeFileSync(join(folder, "evenkeel.yaml"), "guards: { max-steps: 1 }\n");
    const { code, stderr } = await run("reap", "--max-removals", "1", "--dry-run");

    expect([code, stderr]).toEqual([6, expect.stringMatching(/allow more with guards.max-steps in /)]);
    expect(stderr).toMatch(/allows 1 removal;.*--max-removals 8/s);
    expect(stderr).not.toContain("--max-steps");
  });

  it("takes a policy of the configuration", async () => {
    const { context, twin } = await verbTrial();
    const { run, folder } = commandLine({ connect: async () => context.connection, clock: twin.clock });
    const text =
      "policies:\n  keys:\n    match:\n      type: [ec2:key-pair]\n      name: packer_*\n    action: report\n";
    writeFileSync(join(folder, "evenkeel.yaml"), text);
    const { code, stdout } = await run("reap", "--policy", "keys", "--dry-run", "--output", "json");
    const { plan } = JSON.parse(stdout);

    expect([code, plan.steps]).toEqual([0, []]);
    expect(plan.kept.map(({ reason }: { reason: string }) => reason)).toEqual(Array(2).fill("policy keys reports it"));
  });
});

describe("evenkeel reap --confirm-runs 2", () => {
  it("marks without a typed account, removes in the next run with it, and then finds nothing more", async () => {
    const { context, twin } = await verbTrial();
    const { run } = commandLine({ connect: async () => context.connection, clock: twin.clock });
    const twice = ["reap", "--confirm-runs", "2"];
    const dry = await run(...twice, "--dry-run", "--output", "json");
    const unasked = await run(...twice);
    const first = await run(...twice, "--yes");
    await twin.clock.sleep(3_600_000);
    const unconfirmed = await run(...twice, "--yes");
    const second = await run(...twice, "--yes", "--account", context.connection.account, "--output", "json");
    const again = await run(...twice, "--dry-run");
    const { plan } = JSON.parse(dry.stdout);
    const operations = new Set(plan.steps.map(({ operation }: { operation: string }) => operation));

    expect([dry.code, unasked.code, first.code, unconfirmed.code, second.code]).toEqual([0, 130, 0, 6, 0]);
    expect([...operations]).toEqual(["mark"]);
    expect(first.stdout).toContain("marked; a later run that finds it again removes it");
    expect(first.stderr).toMatch(/evenkeel runs undo \S+/);
    expect(JSON.parse(second.stdout).removed.length).toBe(plan.steps.length);
    expect(again.stderr).toContain("There is nothing to remove.");
  }, 20_000);

  it("writes the plan that marks for apply, which removes nothing either", async () => {
    const { context, twin } = await verbTrial();
    const { run, folder } = commandLine({ connect: async () => context.connection, clock: twin.clock });
    const file = join(folder, "marks.json");
    const planned = await run("reap", "--confirm-runs", "2", "--plan-out", file);
    const [first, second] = [await run("apply", file, "--yes"), await run("apply", file, "--yes")];

    expect([planned.code, first.code, second.code]).toEqual([0, 0, 0]);
    expect(first.stdout).toMatch(/marked 8 of 8 resources for a later run to remove with 4 that go along/);
    expect(twin.log.filter(({ operation }) => /^(Delete|Terminate)/.test(operation))).toEqual([]);
  }, 20_000);

  it("has its rights in the policy only where it is asked for", async () => {
    const { run } = commandLine({ connect: NEVER });
    const policy = ["iam", "policy", "--verb", "reap", "--type", "ec2:instance"];
    const [once, twice, wrong] = [
      await run(...policy),
      await run(...policy, "--confirm-runs", "2"),
      await run(...policy, "--confirm-runs", "4"),
    ];

    expect([once.code, twice.code, wrong.code]).toEqual([0, 0, 2]);
    expect(once.stdout).not.toMatch(/CreateTags|DeleteTags/);
    expect(twice.stdout).toMatch(/ec2:CreateTags.*ec2:DeleteTags/s);
  });
});

describe("evenkeel reap with a policy that pauses", () => {
  async function sleeping(guards = "") {
    const { context, twin } = await verbTrial();
    const trial = commandLine({ connect: async () => context.connection, clock: twin.clock });
    const policies = "policies:\n  night:\n    match: {type: [ec2:instance]}\n    action: pause\n";
    writeFileSync(join(trial.folder, "evenkeel.yaml"), policies + guards);
    twin.log.length = 0;
    return { ...trial, twin, account: context.connection.account, reap: ["reap", "--policy", "night"] };
  }
  const changes = ({ log }: { readonly log: readonly { readonly operation: string }[] }) =>
    log.map(({ operation }) => operation).filter((each) => /^(Stop|Start|Terminate|Create|Delete)/.test(each));

  it("plans, asks, pauses, names the record, and has nothing to do again; a resume puts it back", async () => {
    const { run, twin, reap } = await sleeping();
    const dry = await run(...reap, "--dry-run");
    const unasked = await run(...reap);
    const untouched = changes(twin);
    const done = await run(...reap, "--yes", "--output", "json");
    const told = JSON.parse(done.stdout);
    const again = await run(...reap, "--yes");
    const records = await run("records", "--output", "json");
    const back = await run("resume", "--record", told.record, "--yes");

    expect([dry.code, unasked.code, untouched, done.code, again.code]).toEqual([0, 130, [], 0, 0]);
    expect(dry.stdout).toMatch(/pause \d+ resources/);
    expect(told.reap.record).toEqual({ id: told.record, resume: `evenkeel resume --record ${told.record}` });
    expect(told.reap.paused.length).toBe(told.changes);
    expect(again.stderr).toContain("There is nothing to pause.");
    expect(again.stdout).toContain("an armed record already holds it");
    expect(new Set(records.stdout.match(/"r-\w+"/g))).toEqual(new Set([`"${told.record}"`]));
    expect(back.code).toBe(0);
    expect(new Set(changes(twin))).toEqual(new Set(["StopInstances", "StartInstances"]));
  }, 20_000);

  it("says in the table how it is put back", async () => {
    const { run, reap } = await sleeping();
    const { stdout, stderr } = await run(...reap, "--yes", "--expires", "2");
    const [, record] = /record (r-\w+)/.exec(stdout) ?? [];

    expect(stderr).toContain(`evenkeel resume --record ${record}`);
  });

  it("writes its plan for apply", async () => {
    const { run, folder, twin, reap } = await sleeping();
    const file = join(folder, "night.json");
    const planned = await run(...reap, "--plan-out", file);
    const before = changes(twin);
    const applied = await run("apply", file, "--yes");

    expect([planned.code, before, applied.code]).toEqual([0, [], 0]);
    expect(changes(twin)).toContain("StopInstances");
  });

  it.each([
    [["--account", "222222222222", "--yes"], 6, "--account says 222222222222"],
    [["--max-steps", "1", "--yes"], 6, "guard max-steps allows"],
    [["--max-steps", "0"], 2, "--max-steps can't be 0"],
    [["--expires", "x"], 2, "--expires wants 1 to 365 days"],
    [["--output", "html"], 2, "a pause can't be told as html"],
    [["--confirm-runs", "2"], 2, "--confirm-runs is for removals"],
    [["--max-removals", "2"], 2, "--max-removals is for removals"],
    [["--quarantine", "7d"], 2, "--quarantine is for removals"],
    [["--policy", "packer"], 2, "one run can't do both"],
  ])("refuses %j and changes nothing", async (more, code, said) => {
    const { run, twin, reap } = await sleeping();
    const done = await run(...reap, ...more);

    expect([done.code, done.stderr, changes(twin)]).toEqual([code, expect.stringContaining(said), []]);
  });

  it("keeps to the guards of the configuration", async () => {
    const { run, twin, reap } = await sleeping("guards: { max-steps: 1 }\n");
    const done = await run(...reap, "--yes");

    expect([done.code, done.stderr, changes(twin)]).toEqual([6, expect.stringContaining("max-steps"), []]);
  });
});
