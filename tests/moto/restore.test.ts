import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Facts } from "../../src/catalog/contract.ts";
import { FACTS } from "../../src/catalog/registry.ts";
import type { RemovalDocument } from "../../src/report/removal/document.ts";
import { environment, folder, start } from "../cli/process.ts";
import { awscli } from "./awscli.ts";
import { describeMoto } from "./describe-moto.ts";
import { isChange, readJournal } from "./journal.ts";
import { awscliListing } from "./listing.ts";
import type { Made } from "./made.ts";
import { addMore } from "./restore/added.ts";
import { type Baseline, describeAll, makeBaseline } from "./restore/baseline.ts";
import { REGIONS, seedAccount } from "./seed.ts";
import { useMoto } from "./use-moto.ts";

const HERE = "eu-west-1";
const WHERE = ["--regions", REGIONS.join(",")];
const HOLD_DATA = FACTS.filter(({ removal }: Facts) => removal?.holdsData).map(({ short }) => short);
const WITHOUT_LIMITS = ["--include-undated", "--allow-data", HOLD_DATA.join(","), "--max-share", "100"];
const YES = ["--max-removals", "200", "--yes", "--account", "123456789012", "--output", "json"];

/** A key is listed until its time is over, and a copy that was made first is there to stay: how awscli tells. */
const LEFT: Readonly<Record<string, { readonly command: string; readonly query: string; readonly answer: RegExp }>> = {
  "AWS::KMS::Key": {
    command: "kms describe-key --key-id",
    query: "KeyMetadata.KeyState",
    answer: /^PendingDeletion$/,
  },
  "AWS::EC2::Snapshot": {
    command: "ec2 describe-snapshots --snapshot-ids",
    query: "Snapshots[0].Tags[?Key=='Name']|[0].Value",
    answer: /^evenkeel-vol-/,
  },
};

/** Waits until the second is over in which the baseline was begun: what is made in it is taken for the baseline's own. */
const nextSecond = () => new Promise((resolve) => setTimeout(resolve, 1_100));

describeMoto("restore against moto, judged by awscli", () => {
  const home = folder();
  const journal = join(home, "journal");
  const moto = useMoto({ strict: true, region: HERE, journal });
  const evenkeel = (...args: string[]) => start(args, environment(moto.url, home), home).done;
  const everything = async () =>
    (await Promise.all(["global", ...REGIONS].map((region) => awscliListing(moto.url, region)))).flat();
  let baseline: Baseline;
  let before: { readonly described: object; readonly listed: readonly Made[] };
  let added: number;

  beforeAll(async () => {
    baseline = await makeBaseline(moto.url, HERE);
    before = { described: await describeAll(moto.aws), listed: await everything() };
    const { code, stderr } = await evenkeel("snapshot", "create", "baseline", ...WHERE);
    expect(code, stderr).toBe(0);
    await nextSecond();
    added = (await seedAccount(moto.url)).length + (await addMore(moto.url, HERE, baseline));
  });

  test("awscli finds exactly the baseline after one run, field by field, and no change was refused", async () => {
    expect(baseline.all.length).toBeGreaterThanOrEqual(12);
    expect(added).toBeGreaterThan(100);
    const asked = readJournal(journal).length;
    const { code, stdout, stderr } = await evenkeel("restore", ...WHERE, ...WITHOUT_LIMITS, ...YES);
    expect(stdout, stderr).not.toBe("");
    const { plan, outcomes = [], failed } = JSON.parse(stdout) as RemovalDocument;

    expect(failed).toEqual([]);
    expect(outcomes.filter(({ kind }) => kind !== "applied")).toEqual([]);
    expect(code, stderr).toBe(0);
    expect(outcomes).toHaveLength(plan.steps.length);
    expect(outcomes.length).toBeGreaterThan(100);
    const calls = readJournal(journal, asked);
    expect(calls.filter((call) => isChange(call) && call.status >= 400)).toEqual([]);
    expect(calls.filter(({ error }) => error !== null && /Dependency|Conflict|InUse|NotEmpty/.test(error))).toEqual([]);
    expect(await describeAll(moto.aws)).toEqual(before.described);
    expect(await unexpected(before.listed, await everything())).toEqual({ lost: [], left: [] });
  });

  test("the delta is empty but for the copies, and a second restore finds nothing to do", async () => {
    const { stdout } = await evenkeel("delta", "--output", "json");
    const { items } = JSON.parse(stdout) as { items: { kind: string; type: string }[] };
    const again = await evenkeel("restore", ...WHERE, ...WITHOUT_LIMITS, ...YES);

    expect(items.map(({ kind, type }) => `${kind} ${type}`)).toEqual(
      Array(REGIONS.length).fill("added AWS::EC2::Snapshot"),
    );
    expect(again.code, again.stderr).toBe(0);
    expect((JSON.parse(again.stdout) as RemovalDocument).plan.steps).toEqual([]);
  });

  /** What is gone of the baseline, and what is left beside it that awscli does not tell to be on its way out or a copy. */
  async function unexpected(then: readonly Made[], now: readonly Made[]) {
    const keyOf = ({ region, type, id }: Made) => `${region} ${type} ${id}`;
    const [was, is] = [then, now].map((all) => new Set(all.map(keyOf)));
    const left: string[] = [];
    for (const one of now.filter((each) => !was?.has(keyOf(each)))) {
      const rule = LEFT[one.type];
      const answer =
        rule && (await awscli(moto.url, one.region, ...rule.command.split(" "), one.id, "--query", rule.query));
      if (!rule?.answer.test(String(answer))) left.push(`${keyOf(one)}: ${answer}`);
    }
    return { lost: then.map(keyOf).filter((key) => !is?.has(key)), left };
  }
});

describeMoto("what restore leaves on moto, because something of the baseline uses it", () => {
  const home = folder();
  const moto = useMoto({ strict: true, region: HERE });
  const evenkeel = (...args: string[]) => start(args, environment(moto.url, home), home).done;

  test("a group that a rule of the baseline names and a disk in a server of the baseline stay; a queue beside goes", async () => {
    const { vpc, group, instance } = await makeBaseline(moto.url, HERE);
    expect((await evenkeel("snapshot", "create", "baseline", "--regions", HERE)).code).toBe(0);
    await nextSecond();
    const named = await moto.aws.text(
      `ec2 create-security-group --group-name named --description named --vpc-id ${vpc} --query GroupId`,
    );
    await moto.aws.call(
      `ec2 authorize-security-group-ingress --group-id ${group} --protocol tcp --port 22 --source-group ${named}`,
    );
    const disk = await moto.aws.text(`ec2 create-volume --size 1 --availability-zone ${HERE}a --query VolumeId`);
    await moto.aws.call(`ec2 attach-volume --volume-id ${disk} --instance-id ${instance} --device /dev/sdf`);
    await moto.aws.call("sqs create-queue --queue-name stowaway");
    const planned = await evenkeel("restore", "--regions", HERE, ...WITHOUT_LIMITS, "--dry-run", "--output", "json");
    const { plan } = JSON.parse(planned.stdout) as RemovalDocument;
    const done = await evenkeel("restore", "--regions", HERE, ...WITHOUT_LIMITS, ...YES);

    expect(plan.steps.map(({ target }) => target.id)).toEqual(["stowaway"]);
    expect(Object.fromEntries(plan.kept.map(({ target, reason }) => [target.id, reason]))).toEqual({
      [named]: expect.stringMatching(/base uses it, and stays/),
      [disk]: expect.stringMatching(/uses it, and stays/),
    });
    expect(done.code, done.stderr).toBe(0);
    expect(
      await moto.aws.text(`ec2 describe-security-groups --group-ids ${named} --query SecurityGroups[0].GroupId`),
    ).toBe(named);
    expect(await moto.aws.text(`ec2 describe-volumes --volume-ids ${disk} --query Volumes[0].State`)).toBe("in-use");
    expect(await moto.aws.call("sqs list-queues --query QueueUrls[].[@]")).toHaveLength(1);
  });
});
