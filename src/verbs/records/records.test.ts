import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type VerbTrial, verbTrial } from "../../../tests/contract/verbs.ts";
import { type PauseRecord, parseRecord, recordText } from "../../store/record-text.ts";
import { listRecords } from "../../store/records.ts";
import { FAULTS } from "../../twin/faults.ts";
import { executePause, preparePause } from "../pause/pause.ts";
import { executeResume, prepareResume } from "../resume/resume.ts";
import { prepareContinue } from "../runs/continue.ts";
import { isOverdue } from "./expiry.ts";
import { knownRecords } from "./known.ts";

const WEEK = 7 * 24 * 3_600_000;
const READS = /^(Describe|List|Get|Head|Lookup)/;
const EVERYTHING = { selection: {}, extend: false };

type Paused = VerbTrial & {
  readonly objects: Map<string, Buffer>;
  readonly record: PauseRecord;
  readonly path: string;
  readonly copy: string;
};

async function paused(): Promise<Paused> {
  const trial = await verbTrial();
  const { context } = trial;
  const plan = await preparePause(context, EVERYTHING);
  const { record, run } = await executePause(context, plan, context.clock.now() + WEEK);
  const { objects } = context.store as typeof context.store & { objects: Map<string, Buffer> };
  const folder = `accounts/${record.plan.account}`;
  trial.twin.log.length = 0;
  return {
    ...trial,
    objects,
    record,
    path: `${folder}/records/${record.id}.json`,
    copy: `${folder}/runs/${run}.plan.json`,
  };
}

const known = async ({ context }: VerbTrial) => (await knownRecords(context, context.connection.account))[0];
const textOf = ({ objects, path }: Paused) => objects.get(path)?.toString() ?? "";

/** The states of everything that the record holds, by ARN. */
async function statesOf(trial: Paused): Promise<Map<string, string>> {
  const { plan } = await prepareResume(trial.context, trial.record.id);
  return new Map([
    ...plan.steps.map(({ target }) => [target.arn as string, "paused"] as const),
    ...plan.kept.map(({ target }) => [target.arn as string, "back"] as const),
  ]);
}

describe("a stored record", () => {
  it("is read back as it was written, and is one JSON document", async () => {
    const { record, objects, path } = await paused();
    const text = objects.get(path)?.toString() ?? "";

    expect(parseRecord(text, record.plan.account, record.id)).toEqual({ kind: "whole", record });
    expect(JSON.parse(text).steps).toHaveLength(record.plan.steps.length);
  });

  it("gives, wherever it is cut off or damaged, only steps that are as they were written", async () => {
    const { record } = await paused();
    const text = recordText(record);
    const whole = new Map(record.plan.steps.map((step) => [step.id, JSON.stringify(step)]));
    fc.assert(
      fc.property(fc.nat(text.length - 3), fc.constantFrom("cut", "zero", "edit"), (at, how) => {
        const damaged =
          how === "cut"
            ? text.slice(0, at)
            : `${text.slice(0, at)}${how === "zero" ? "\0".repeat(50) : "~"}${text.slice(at + (how === "zero" ? 50 : 1))}`;
        const read = parseRecord(damaged, record.plan.account, record.id);
        if (read.kind === "whole") throw new Error("taken for whole");
        for (const step of read.salvage.steps) expect(JSON.stringify(step)).toBe(whole.get(step.id));
        if (how === "edit") expect(read.salvage.steps.length).toBeGreaterThanOrEqual(whole.size - 2);
      }),
      { numRuns: 200 },
    );
  });

  it("takes no step of another record or account", async () => {
    const { record } = await paused();
    const text = recordText(record);
    const other = parseRecord(text, record.plan.account, "r-000000000000");
    const foreign = parseRecord(text, "999999999999" as typeof record.plan.account, record.id);

    for (const read of [other, foreign]) expect(read).toMatchObject({ kind: "damaged", salvage: { steps: [] } });
  });

  it("of another schema is not read at all, and says which", async () => {
    const { record } = await paused();
    const text = recordText(record).replace('"schema":1,"id"', '"schema":7,"id"');
    const read = parseRecord(text, record.plan.account, record.id);

    expect(read).toMatchObject({ kind: "damaged", problem: expect.stringContaining("record schema 7") });
  });

  it("of the first versions is still read", async () => {
    const { record } = await paused();
    const former = JSON.stringify(record, undefined, 1);

    expect(parseRecord(former, record.plan.account, record.id)).toEqual({ kind: "whole", record });
    expect(parseRecord(former.replace('"stage": 4', '"stage": 1'), record.plan.account, record.id).kind).toBe(
      "damaged",
    );
  });
});

describe("a damaged record", () => {
  it.each([
    ["cut off", (text: string) => text.slice(0, text.length / 2)],
    ["edited", (text: string) => text.replace('"stage":4', '"stage":1')],
    ["empty", () => ""],
  ])("that is %s is put back from the plan that its run keeps", async (_, damage) => {
    const trial = await paused();
    trial.objects.set(trial.path, Buffer.from(damage(textOf(trial))));
    const prepared = await prepareResume(trial.context, undefined);
    const { closed, verified } = await executeResume(trial.context, prepared);

    expect(prepared.damage).toMatchObject({ copy: trial.copy.split("/").at(-1)?.replace(".plan.json", ""), rest: [] });
    expect(verified).toHaveLength(trial.record.plan.steps.length);
    expect(closed).toBe(true);
  });

  it("without a copy gives its intact steps, keeps the rest as it is, and stays armed", async () => {
    const trial = await paused();
    const lines = textOf(trial).split("\n");
    const broken = lines.map((line, index) => (index % 2 === 0 ? line : line.replace('"stage":', '"stage":1')));
    trial.objects.set(trial.path, Buffer.from(broken.join("\n")));
    trial.objects.delete(trial.copy);
    const prepared = await prepareResume(trial.context, undefined);
    const intact = prepared.record.plan.steps.map(({ target }) => target.arn as string);
    const lost = prepared.damage?.rest.map(({ arn }) => arn) ?? [];
    const before = trial.twin.log.length;
    const { closed, verified } = await executeResume(trial.context, prepared);
    const changes = JSON.stringify(
      trial.twin.log
        .slice(before)
        .filter(({ operation }) => !READS.test(operation))
        .map(({ input }) => input),
    );

    expect(intact.length).toBeGreaterThan(0);
    expect(lost.length).toBeGreaterThan(0);
    expect([...intact, ...lost].sort()).toEqual(trial.record.plan.steps.map(({ target }) => target.arn).sort());
    expect(verified).toHaveLength(intact.length);
    expect(closed).toBe(false);
    expect((await known(trial))?.armed).toBe(true);
    for (const id of lost.filter((arn) => arn.includes(":instance/")).map((arn) => arn.split("/").at(-1) ?? ""))
      expect(changes).not.toContain(id);
  });

  it("is closed in the end by a person who has put back the rest by hand", async () => {
    const trial = await paused();
    trial.objects.set(trial.path, Buffer.from(textOf(trial).split("\n").slice(0, 6).join("\n")));
    trial.objects.delete(trial.copy);
    const first = await executeResume(trial.context, await prepareResume(trial.context, undefined));
    const last = await executeResume(trial.context, await prepareResume(trial.context, undefined), true);

    expect([first.closed, last.closed]).toEqual([false, true]);
  });

  it("of which nothing can be read is refused with what there is, and stays armed", async () => {
    const trial = await paused();
    trial.objects.set(trial.path, Buffer.from("rubbish"));
    trial.objects.delete(trial.copy);

    await expect(prepareResume(trial.context, undefined)).rejects.toMatchObject({ code: "NO_RECORD" });
    await expect(preparePause(trial.context, EVERYTHING)).rejects.toMatchObject({ code: "REFUSED" });
    expect((await known(trial))?.damage?.rest).toHaveLength(trial.record.plan.steps.length);
  });

  it("is not put back from a copy that was edited", async () => {
    const trial = await paused();
    trial.objects.set(trial.path, Buffer.from(""));
    const copy = trial.objects.get(trial.copy)?.toString() ?? "";
    trial.objects.set(trial.copy, Buffer.from(copy.replace('"stage":4', '"stage":3')));

    await expect(prepareResume(trial.context, undefined)).rejects.toMatchObject({ code: "NO_RECORD" });
  });

  it("whose file is gone is known by its run, and is neither paused over nor gone on with", async () => {
    const trial = await paused();
    trial.objects.delete(trial.path);
    const run = trial.copy.split("/").at(-1)?.replace(".plan.json", "") ?? "";

    expect(await known(trial)).toMatchObject({ armed: true, damage: { problem: "its file is gone" } });
    await expect(preparePause(trial.context, EVERYTHING)).rejects.toMatchObject({ code: "REFUSED" });
    await expect(prepareContinue(trial.context, run)).rejects.toMatchObject({ code: "REFUSED" });
    expect((await executeResume(trial.context, await prepareResume(trial.context, undefined))).closed).toBe(true);
    expect(await knownRecords(trial.context, trial.context.connection.account)).toEqual([]);
  });

  it("whose file is gone is still known after a resume that has not put back all", async () => {
    const trial = await paused();
    trial.twin.faults = [{ ...FAULTS.denied, service: "ec2", operation: "StartInstances", region: "eu-west-1" }];
    const first = await executeResume(trial.context, await prepareResume(trial.context, undefined));
    trial.twin.faults = [];
    trial.objects.delete(trial.path);

    expect(first.closed).toBe(false);
    expect(await known(trial)).toMatchObject({ armed: true, damage: { problem: "its file is gone" } });
    expect((await executeResume(trial.context, await prepareResume(trial.context, undefined))).closed).toBe(true);
    for (const path of trial.objects.keys()) if (path.endsWith(".closed")) trial.objects.delete(path);
    expect(await knownRecords(trial.context, trial.context.connection.account)).toEqual([]);
  });

  it("holds what it held: a second pause beside it takes none of it", async () => {
    const trial = await paused();
    trial.objects.set(trial.path, Buffer.from("rubbish"));
    const more = await preparePause(trial.context, { ...EVERYTHING, extend: true });

    expect(more.steps).toEqual([]);
    expect([...(await statesOf(trial)).values()]).not.toContain("back");
  });

  it("comes after an intact one where nobody names it", async () => {
    const trial = await paused();
    const newer = { ...trial.record, id: "r-intact", createdAt: trial.record.createdAt };
    trial.objects.set(trial.path, Buffer.from("rubbish"));
    trial.objects.set(trial.path.replace(trial.record.id, "r-intact"), Buffer.from(recordText(newer)));

    expect((await prepareResume(trial.context, undefined)).record.id).toBe("r-intact");
    expect((await listRecords(trial.context.store, trial.record.plan.account)).map(({ kind }) => kind)).toContain(
      "damaged",
    );
  });
});

describe("expiry", () => {
  it("makes an armed record overdue, but not a closed one or one that is to be kept", async () => {
    const { record } = await paused();
    const later = Date.parse(record.expiresAt);
    const at = (armed: boolean, onExpiry: "keep" | "remind", now: number) =>
      isOverdue({ id: record.id, armed, record: { ...record, onExpiry } }, now);

    expect(at(true, "remind", later)).toBe(true);
    expect([at(true, "remind", later - 1), at(false, "remind", later), at(true, "keep", later)]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
