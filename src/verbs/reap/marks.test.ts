import {
  AttachVolumeCommand,
  CreateTagsCommand,
  DeleteKeyPairCommand,
  DeleteTagsCommand,
  DescribeInstancesCommand,
  DescribeKeyPairsCommand,
  EC2Client,
  ModifyInstanceAttributeCommand,
} from "@aws-sdk/client-ec2";
import { CreateGroupCommand, IAMClient } from "@aws-sdk/client-iam";
import { describe, expect, it } from "vitest";
import {
  build,
  disk,
  group,
  HOUR,
  instance,
  key,
  present,
  type ReapTrial,
  reapTrial,
  reasonOf,
  role,
} from "../../../tests/contract/builds.ts";
import { dyingAt } from "../../../tests/contract/quarantine.ts";
import { breachesOf } from "../../engine/guards.ts";
import { markExecutor } from "../../engine/mark-executor.ts";
import type { Plan, Step } from "../../model/plan.ts";
import { redactor } from "../../model/redact.ts";
import { removalDocument } from "../../report/removal/document.ts";
import { removalReport } from "../../report/removal/model.ts";
import { headline } from "../../report/removal/wording.ts";
import { FAULTS } from "../../twin/faults.ts";
import { executeRemoval } from "../removal/execute.ts";
import { executeContinue, prepareContinue } from "../runs/continue.ts";
import { runsOf } from "../runs/runs.ts";
import { executeUndo, prepareUndo } from "../runs/undo.ts";
import type { WrittenPolicy } from "./own-policy.ts";
import { reapResult } from "./result.ts";

const TWICE = { confirmRuns: 2 };
const READS = /^(Describe|List|Get|Head|Lookup)/;
const TAG = "evenkeel:marked:packer";

const doneTo = (plan: Plan) => plan.steps.map(({ operation, target }) => `${operation} ${target.id}`).sort();
const kinds = (outcomes: ReadonlyMap<string, { readonly kind: string }>) => [
  ...new Set([...outcomes.values()].map(({ kind }) => kind)),
];
const changes = ({ account }: ReapTrial) =>
  account.twin.log.splice(0).flatMap(({ operation }) => (READS.test(operation) ? [] : [operation]));
const tagged = ({ account }: ReapTrial, id: string, Key: string, Value: string) =>
  account.send(EC2Client, new CreateTagsCommand({ Resources: [id], Tags: [{ Key, Value }] }));
const untagged = ({ account }: ReapTrial, id: string, Key: string) =>
  account.send(EC2Client, new DeleteTagsCommand({ Resources: [id], Tags: [{ Key }] }));

async function tagsOfKey({ account }: ReapTrial, name: string) {
  const { KeyPairs = [] } = await account.send(EC2Client, new DescribeKeyPairsCommand({ KeyNames: [name] }));
  const tags = Object.fromEntries((KeyPairs[0]?.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
  return { id: KeyPairs[0]?.KeyPairId ?? "", tags };
}

/** An orphan that is old enough. */
async function orphan() {
  const trial = await reapTrial();
  const id = await key(trial, trial.name("packer_"));
  await trial.hours(3);
  return { trial, id };
}

const keys = (more: Partial<WrittenPolicy> = {}, match: Partial<WrittenPolicy["match"]> = {}): WrittenPolicy => ({
  match: { type: ["ec2:key-pair"], ...match },
  action: "remove",
  ...more,
});

describe("two runs that must find the same", () => {
  it("mark a zombie with all that is tied to it, and remove it then", async () => {
    const trial = await reapTrial();
    const zombie = await build(trial, {
      IamInstanceProfile: { Name: await role(trial, trial.name("packer-"), ["ec2"], { profile: true }) },
    });
    const loose = await disk(trial, zombie.id);
    await trial.hours(3);
    const before = await present(trial);
    changes(trial);
    const first = await trial.reap(TWICE);
    const told = reapResult(first.plan, first.outcomes, 0);

    expect(new Set(changes(trial))).toEqual(new Set(["CreateTags", "TagInstanceProfile", "TagRole"]));
    expect(new Set(first.plan.steps.map(({ operation }) => operation))).toEqual(new Set(["mark"]));
    expect(kinds(first.outcomes)).toEqual(["applied"]);
    expect(await present(trial)).toEqual(before);
    for (const id of [...Object.values(zombie), loose]) expect(doneTo(first.plan)).toContain(`mark ${id}`);
    expect([told.marked.length, told.instances, told.orphans, told.isNews]).toEqual([
      first.plan.steps.length,
      [],
      [],
      true,
    ]);

    await trial.hours(1);
    const second = await trial.reap(TWICE);
    expect(second.plan.steps.filter(({ operation }) => operation === "mark" || operation === "unmark")).toEqual([]);
    expect(kinds(second.outcomes)).toEqual(["applied"]);
    expect(reapResult(second.plan, second.outcomes, 0).instances.map(({ target }) => target.id)).toEqual([zombie.id]);
    const there = await present(trial);
    for (const { target } of first.plan.steps) expect(there).not.toContain(target.id);
    expect((await trial.plan(TWICE)).steps).toEqual([]);
  });

  it("change nothing while they plan, however often", async () => {
    const { trial, id } = await orphan();
    changes(trial);
    for (let times = 0; times < 3; times++) expect(doneTo(await trial.plan(TWICE))).toEqual([`mark ${id}`]);
    expect(changes(trial)).toEqual([]);
  });

  it("are not one plan applied twice", async () => {
    const { trial, id } = await orphan();
    const plan = await trial.plan(TWICE);
    await executeRemoval(trial.context, plan);
    const { outcomes } = await executeRemoval(trial.context, plan);

    expect(kinds(outcomes)).toEqual(["unchanged"]);
    expect(await present(trial)).toContain(id);
  });

  it("are not two of the same instant", async () => {
    const { trial, id } = await orphan();
    const plan = await trial.plan(TWICE);
    await executeRemoval(trial.context, plan);
    const { tags } = await tagsOfKey(trial, id);
    const [at] = String(tags[TAG]).split(" ");
    expect(at).toBe(plan.createdAt);
    await trial.hours(1);
    const digest = String(tags[TAG]).slice(25);
    const later = new Date(trial.account.twin.clock.now() + HOUR).toISOString();
    await tagged(trial, (await tagsOfKey(trial, id)).id, TAG, `${later} ${digest}`);

    expect(doneTo(await trial.plan(TWICE))).toEqual([`mark ${id}`]);
  });

  it("are as many as the policy says, unless something else is typed", async () => {
    const { trial, id } = await orphan();
    const written = { mine: keys({ "confirm-runs": 2 }) };
    const asked = { policies: ["mine"], written, maxShare: 1 };

    expect(doneTo(await trial.plan(asked))).toEqual([`mark ${id}`]);
    expect(doneTo(await trial.plan({ ...asked, confirmRuns: 1 }))).toEqual([`remove ${id}`]);
    expect(doneTo(await trial.plan({ ...asked, written: { mine: keys() } }))).toEqual([`remove ${id}`]);
  });
});

describe("a mark", () => {
  it("is taken away when the instance stops matching, and does not count when it matches again", async () => {
    const trial = await reapTrial();
    const zombie = await build(trial);
    await trial.hours(3);
    await trial.reap(TWICE);
    await trial.hours(1);
    const patient = await trial.reap({ ...TWICE, packer: { maxInstanceAge: 100 } });

    expect(doneTo(patient.plan)).toContain(`unmark ${zombie.id}`);
    expect(doneTo(patient.plan).filter((each) => each.startsWith("remove"))).toEqual([]);
    expect(kinds(patient.outcomes)).toEqual(["applied"]);
    expect(reapResult(patient.plan, patient.outcomes, 0).unmarked.map(({ id }) => id)).toContain(zombie.id);
    await trial.hours(1);
    const again = await trial.plan(TWICE);
    expect(doneTo(again)).toContain(`mark ${zombie.id}`);
    expect(doneTo(again).filter((each) => each.startsWith("remove"))).toEqual([]);
  });

  it("is taken away from what somebody has begun to use, and from what is protected since", async () => {
    const trial = await reapTrial();
    const [used, kept] = [await group(trial, trial.name("packer_")), await key(trial, trial.name("packer_"))];
    await trial.hours(3);
    await trial.reap(TWICE);
    await instance(trial, { groups: [used] });
    const { id } = await tagsOfKey(trial, kept);
    await tagged(trial, id, "evenkeel:protect", "true");
    await trial.hours(1);
    const { plan, outcomes } = await trial.reap(TWICE);

    expect(doneTo(plan)).toEqual([`unmark ${kept}`, `unmark ${used}`].sort());
    expect(kinds(outcomes)).toEqual(["applied"]);
    await untagged(trial, id, "evenkeel:protect");
    expect(doneTo(await trial.plan(TWICE))).toEqual([`mark ${kept}`]);
  });

  it("does not count for a new thing of the same name, though it has the same tags", async () => {
    const { trial, id: name } = await orphan();
    await trial.reap(TWICE);
    const { tags } = await tagsOfKey(trial, name);
    await trial.account.send(EC2Client, new DeleteKeyPairCommand({ KeyName: name }));
    await trial.hours(1);
    await key(trial, name);
    const { id } = await tagsOfKey(trial, name);
    for (const [Key, Value] of Object.entries(tags)) await tagged(trial, id, Key, Value);
    await trial.hours(3);
    const { plan, outcomes } = await trial.reap(TWICE);

    expect([doneTo(plan), kinds(outcomes)]).toEqual([[`mark ${name}`], ["applied"]]);
    expect((await tagsOfKey(trial, name)).tags[TAG]).not.toBe(tags[TAG]);
    await trial.hours(1);
    expect(doneTo(await trial.plan(TWICE))).toEqual([`remove ${name}`]);
  });

  it.each([
    ["is another thing's", async (trial: ReapTrial, _: string, value: string) => ({ trial, value })],
    ["was made after somebody else has set a tag", undefined],
    ["is no mark at all", async () => ({ value: "yes" })],
    ["is older than a monthly schedule", async (trial: ReapTrial) => void (await trial.hours(36 * 24))],
  ] as const)("does not count when it %s", async (what, change) => {
    const trial = await reapTrial();
    const [one, other] = [await key(trial, trial.name("packer_")), await key(trial, trial.name("packer_"))];
    await trial.hours(3);
    await trial.reap(TWICE);
    await trial.hours(1);
    const { id, tags } = await tagsOfKey(trial, one);
    const { tags: others } = await tagsOfKey(trial, other);
    if (change) {
      const made = await change(trial, id, String(others[TAG]));
      if (made) await tagged(trial, id, TAG, made.value);
    } else await tagged(trial, id, "owner", "ann");

    expect(tags[TAG], what).toMatch(/^\d{4}-.*Z [0-9a-f]{32}$/);
    expect(doneTo(await trial.plan(TWICE))).toContain(`mark ${one}`);
  });

  it("does not count for what would go along now and would not have gone then", async () => {
    const trial = await reapTrial();
    const zombie = await build(trial);
    await trial.hours(3);
    await trial.reap(TWICE);
    const VolumeId = await disk(trial);
    const { send } = trial.account;
    await send(EC2Client, new AttachVolumeCommand({ VolumeId, InstanceId: zombie.id, Device: "/dev/sdg" }));
    const goes = [{ DeviceName: "/dev/sdg", Ebs: { DeleteOnTermination: true } }];
    await send(EC2Client, new ModifyInstanceAttributeCommand({ InstanceId: zombie.id, BlockDeviceMappings: goes }));
    await trial.hours(1);
    const plan = await trial.plan(TWICE);

    expect(plan.kept.find(({ target }) => target.id === VolumeId)?.goesWith).toContain(zombie.id);
    expect(doneTo(plan)).toEqual([`mark ${zombie.id}`]);
    for (const id of [zombie.key, zombie.group])
      expect(reasonOf(plan, id)).toBe(`it waits for ${zombie.id}, which is only marked yet`);
  });

  it("lasts while what it waits for is only marked itself", async () => {
    const trial = await reapTrial();
    const shared = await group(trial, trial.name("packer_"), "Temporary group for Packer");
    await trial.hours(3);
    await trial.reap(TWICE);
    const late = await build(trial, { groups: [shared] });
    await trial.hours(3);
    const second = await trial.reap(TWICE);
    await trial.hours(1);
    const third = await trial.reap(TWICE);
    const there = await present(trial);

    expect(doneTo(second.plan)).toEqual(
      Object.values(late)
        .map((id) => `mark ${id}`)
        .sort(),
    );
    expect(reasonOf(second.plan, shared)).toBe(`it waits for ${late.id}, which is only marked yet`);
    expect(kinds(third.outcomes)).toEqual(["applied"]);
    for (const id of [shared, ...Object.values(late)]) expect(there).not.toContain(id);
  });

  it("of what could not be seen stays, and confirms nothing until it is seen", async () => {
    const { trial, id } = await orphan();
    await trial.reap(TWICE);
    await trial.hours(1);
    trial.account.twin.faults = [{ ...FAULTS.denied, operation: "DescribeKeyPairs" }];
    const blind = await trial.plan(TWICE);
    trial.account.twin.faults = [];

    expect(blind.steps).toEqual([]);
    expect(doneTo(await trial.plan(TWICE))).toEqual([`remove ${id}`]);
  });

  it("is taken away where it is not known who uses the resource: that run has not found it", async () => {
    const { trial, id } = await orphan();
    await trial.reap(TWICE);
    await trial.hours(1);
    trial.account.twin.faults = [{ ...FAULTS.denied, operation: "DescribeLaunchTemplates" }];
    const blind = await trial.reap(TWICE);
    trial.account.twin.faults = [];
    await trial.hours(1);

    expect([doneTo(blind.plan), kinds(blind.outcomes)]).toEqual([[`unmark ${id}`], ["applied"]]);
    expect(doneTo(await trial.plan(TWICE))).toEqual([`mark ${id}`]);
  });

  it("that is gone with its resource, or with somebody's hand, is no failure of the run that takes it away", async () => {
    const trial = await reapTrial();
    const [one, two] = [await key(trial, trial.name("packer_")), await key(trial, trial.name("packer_"))];
    await trial.hours(3);
    await trial.reap(TWICE);
    const plan = await trial.plan({ ...TWICE, packer: { maxResourceAge: 99 } });
    await trial.account.send(EC2Client, new DeleteKeyPairCommand({ KeyName: one }));
    await untagged(trial, (await tagsOfKey(trial, two)).id, TAG);
    const { outcomes } = await executeRemoval(trial.context, plan);

    expect(doneTo(plan)).toEqual([`unmark ${one}`, `unmark ${two}`].sort());
    expect(kinds(outcomes)).toEqual(["unchanged"]);
  });

  it("is nobody's but its policy's, and outside of the selection nothing is touched", async () => {
    const { trial, id } = await orphan();
    await trial.reap(TWICE);
    await trial.hours(1);
    const written = { none: keys({}, { name: "nothing" }), mine: keys() };
    const asked = { ...TWICE, written, maxShare: 1 };

    expect((await trial.plan({ ...asked, policies: ["none"] })).steps).toEqual([]);
    expect(doneTo(await trial.plan({ ...asked, policies: ["mine"] }))).toEqual([`mark ${id}`]);
    const elsewhere = { selection: { regions: ["us-east-1"] }, packer: { maxResourceAge: 999 } };
    expect((await trial.plan({ ...TWICE, ...elsewhere })).steps).toEqual([]);
    const others = { selection: { exclude: [id] } };
    expect((await trial.plan({ ...TWICE, ...others })).steps).toEqual([]);
  });

  it("is not set where somebody has changed the resource since the plan", async () => {
    const { trial, id } = await orphan();
    const plan = await trial.plan(TWICE);
    await tagged(trial, (await tagsOfKey(trial, id)).id, "owner", "ann");
    const { outcomes } = await executeRemoval(trial.context, plan);

    expect([...outcomes.values()]).toEqual([{ kind: "skipped", reason: expect.stringContaining("ann") }]);
    expect((await tagsOfKey(trial, id)).tags).not.toHaveProperty([TAG]);
  });

  it("is not set on what has changed between the last look and the call", async () => {
    const { trial, id } = await orphan();
    const [step] = (await trial.plan(TWICE)).steps;
    const executor = markExecutor({ ...trial.context, redact: redactor(Buffer.from("key")) });
    await tagged(trial, (await tagsOfKey(trial, id)).id, "owner", "ann");

    await expect(executor.act(step as Step, () => undefined)).rejects.toMatchObject({ code: "REFUSED" });
    expect((await tagsOfKey(trial, id)).tags).toEqual({ owner: "ann" });
  });

  it("of one policy is taken away when only another one of the run finds the resource", async () => {
    const trial = await reapTrial();
    const id = await key(trial, "left");
    const one = keys({ "confirm-runs": 2 }, { name: "left" });
    const asked = { policies: ["one", "two"], maxShare: 1 };
    await trial.reap({ ...asked, written: { one, two: one } });
    await trial.hours(1);
    const none = keys({ "confirm-runs": 2 }, { name: "nothing" });
    const { plan, outcomes, run } = await trial.reap({ ...asked, written: { one: none, two: one } });
    const { items } = removalReport(plan, { done: { run, outcomes, exported: "x" } });

    expect(doneTo(plan)).toEqual([`mark ${id}`, `unmark ${id}`]);
    expect(kinds(outcomes)).toEqual(["applied"]);
    expect(Object.keys((await tagsOfKey(trial, id)).tags)).toEqual(["evenkeel:marked:two"]);
    expect(items.map(({ does, fate, first }) => [does, fate, first])).toEqual([
      ["unmark", "done", []],
      ["mark", "done", []],
    ]);
    // S3 knows only all tags at once.
    expect(plan.steps.map(({ operation, after }) => [operation, after.length])).toEqual([
      ["unmark", 0],
      ["mark", 1],
    ]);
  });

  it("can't be set on some types, which are kept", async () => {
    const trial = await reapTrial();
    await trial.account.send(IAMClient, new CreateGroupCommand({ GroupName: "left" }));
    const written = { groups: keys({ "confirm-runs": 2 }, { type: ["iam:group"] }) };
    const plan = await trial.plan({ policies: ["groups"], written, maxShare: 1 });

    expect(plan.steps).toEqual([]);
    expect(reasonOf(plan, "left")).toBe(
      "it cannot be marked, so nothing can be confirmed by a second run: IAM groups can't have tags",
    );
  });
});

describe("a run that marks", () => {
  it("loses nothing when some of it fails: what has no mark is marked by the next one, and only the rest goes", async () => {
    const trial = await reapTrial();
    const ids: string[] = [];
    for (let number = 0; number < 3; number++) ids.push(await key(trial, trial.name("packer_")));
    await trial.hours(3);
    trial.account.twin.faults = [{ ...FAULTS.denied, operation: "CreateTags", skip: 1, times: 1 }];
    const first = await trial.reap(TWICE);
    trial.account.twin.faults = [];
    const failed = first.plan.steps.find(({ id }) => first.outcomes.get(id)?.kind === "failed")?.target.id;
    await trial.hours(1);
    const second = await trial.reap(TWICE);

    expect(doneTo(second.plan)).toEqual(ids.map((id) => `${id === failed ? "mark" : "remove"} ${id}`).sort());
    expect([...(await present(trial))].filter((id) => ids.includes(id))).toEqual([failed]);
  });

  it("is gone on with when it was killed: nothing was removed, and all is marked once", async () => {
    const trial = await reapTrial();
    const ids = [await key(trial, trial.name("packer_")), await key(trial, trial.name("packer_"))];
    await trial.hours(3);
    const plan = await trial.plan(TWICE);
    const dying = dyingAt(trial.context, "CreateTags", 2);
    await expect(executeRemoval(dying, plan, { batchSize: 1 })).rejects.toThrow("killed");
    await trial.hours(0.6);
    const [run] = await runsOf(trial.context, trial.context.connection.account);
    const continued = await executeContinue(trial.context, await prepareContinue(trial.context, run?.id ?? ""));
    for (const id of ids) expect((await tagsOfKey(trial, id)).tags[TAG]).toMatch(plan.createdAt);
    await trial.hours(1);

    expect(kinds(continued.outcomes)).toEqual(["applied"]);
    for (const id of ids) expect(await present(trial)).toContain(id);
    expect(doneTo(await trial.plan(TWICE))).toEqual(ids.map((id) => `remove ${id}`).sort());
  });

  it("whose second run is killed leaves the rest to the third, with its marks", async () => {
    const trial = await reapTrial();
    const zombie = await build(trial);
    await trial.hours(3);
    await trial.reap(TWICE);
    await trial.hours(1);
    const second = await trial.plan(TWICE);
    const dying = dyingAt(trial.context, "DeleteKeyPair");
    await expect(executeRemoval(dying, second, { batchSize: 1 })).rejects.toThrow("killed");
    await trial.hours(1);
    const third = await trial.reap(TWICE);

    expect(doneTo(third.plan).filter((each) => each.startsWith("mark"))).toEqual([]);
    expect(kinds(third.outcomes)).toEqual(["applied"]);
    for (const id of Object.values(zombie)) expect(await present(trial)).not.toContain(id);
  });

  it("can be undone, and what it has not marked stays as it is", async () => {
    const { trial, id } = await orphan();
    const { run } = await trial.reap(TWICE);
    const undo = await prepareUndo(trial.context, run);
    const { outcomes } = await executeUndo(trial.context, undo);
    const again = await prepareUndo(trial.context, run);

    expect([doneTo(undo), kinds(outcomes)]).toEqual([[`unmark ${id}`], ["applied"]]);
    expect((await tagsOfKey(trial, id)).tags).toEqual({});
    expect([again.steps, reasonOf(again, id)]).toEqual([[], `it is not marked any more: its tag ${TAG} is gone`]);
    await trial.hours(1);
    expect(doneTo(await trial.plan(TWICE))).toEqual([`mark ${id}`]);
  });

  it("is not undone where a later run has marked anew, and an unmarking says that it stays", async () => {
    const { trial, id } = await orphan();
    const first = await trial.reap(TWICE);
    const pair = (await tagsOfKey(trial, id)).id;
    await tagged(trial, pair, "owner", "ann");
    await trial.hours(1);
    const second = await trial.reap(TWICE);
    const undo = await prepareUndo(trial.context, first.run);
    const gone = await trial.reap({ ...TWICE, packer: { maxResourceAge: 99 } });

    expect(doneTo(second.plan)).toEqual([`mark ${id}`]);
    expect([undo.steps, reasonOf(undo, id)]).toEqual([[], expect.stringContaining("which this run has not set")]);
    expect(doneTo(gone.plan)).toEqual([`unmark ${id}`]);
    expect(reasonOf(await prepareUndo(trial.context, gone.run), id)).toBe(
      "its mark was taken away; a run that finds it again marks it anew",
    );
  });

  it("keeps to the budget of what it would have removed", async () => {
    const trial = await reapTrial();
    for (let number = 0; number < 3; number++) await key(trial, trial.name("packer_"));
    await trial.hours(3);
    const plan = await trial.plan({ ...TWICE, maxRemovals: 2 });

    expect(breachesOf(plan, {}).map(({ guard }) => guard)).toEqual(["max-removals"]);
    await expect(executeRemoval(trial.context, plan)).rejects.toMatchObject({ code: "REFUSED" });
  });

  it("is told as what it is", async () => {
    const { trial, id } = await orphan();
    const { plan, ...done } = await trial.reap(TWICE);
    const report = removalReport(plan, { done: { ...done, exported: "x" } });
    const document = removalDocument(report);

    expect(headline(removalReport(plan))).toMatch(/reap marks 1 resource for a later run to remove/);
    expect(headline(report)).toMatch(/marked 1 of 1 resource for a later run to remove/);
    expect(document).toMatchObject({ changes: 1, removed: [], quarantined: [], unmarked: [], marked: [{ id }] });
  });
});

describe("two runs and other ways", () => {
  it.each([
    [{ ...TWICE, quarantine: "7d" }, "a quarantine is not confirmed by a second run"],
    [{ confirmRuns: 3 }, "--confirm-runs can't be 3: it is 1 or 2"],
    [{ confirmRuns: 0 }, "--confirm-runs can't be 0"],
    [{ confirmRuns: 1.5 }, "--confirm-runs can't be 1.5"],
  ])("are refused together before any call: %j", async (more, said) => {
    const trial = await reapTrial();
    changes(trial);
    await expect(trial.plan(more)).rejects.toMatchObject({ code: "USAGE", message: expect.stringContaining(said) });
    expect(trial.account.twin.log).toEqual([]);
  });

  it("are refused for a policy that quarantines", async () => {
    const trial = await reapTrial();
    const written = { mine: keys({ action: "quarantine", quarantine: "1d" }) };
    await expect(trial.plan({ ...TWICE, policies: ["mine"], written })).rejects.toMatchObject({ code: "USAGE" });
  });

  it("do not mix up policies that remove at once with those that wait", async () => {
    const trial = await reapTrial();
    const [now, later] = [await key(trial, "now"), await key(trial, "later")];
    await trial.hours(3);
    const written = {
      now: keys({}, { name: "now" }),
      later: keys({ "confirm-runs": 2 }, { name: "later" }),
    };
    const { plan } = await trial.reap({ policies: ["now", "later"], written, maxShare: 1 });
    const there = await trial.account.send(EC2Client, new DescribeInstancesCommand({}));

    expect(doneTo(plan)).toEqual([`mark ${later}`, `remove ${now}`]);
    expect(there.Reservations).toEqual([]);
  });
});
