import { describe, expect, it } from "vitest";
import { memoryStore } from "../../../tests/contract/memory-store.ts";
import { verbTrial } from "../../../tests/contract/verbs.ts";
import { thisOrigin } from "../../io/origin.ts";
import { EvenkeelError } from "../../model/errors.ts";
import { listRecords } from "../../store/records.ts";
import type { Store } from "../../store/store.ts";
import type { VerbContext } from "../context.ts";
import { mortal, untilDeath } from "../mortal.test-data.ts";
import { executePause, preparePause } from "../pause/pause.ts";
import { executeResume, prepareResume } from "../resume/resume.ts";
import { executeContinue, prepareContinue } from "./continue.ts";
import { runsOf } from "./runs.ts";

const WEEK = 7 * 24 * 3_600_000;
/** Above the greatest that any kernel gives. */
const NO_PROCESS = 2 ** 30;
const INSTANCES = { selection: { type: ["ec2:instance"], regions: ["eu-west-1"] }, extend: false };
const BASTION = { ...INSTANCES, selection: { ...INSTANCES.selection, tag: ["Name=bastion"] } };

const armedIn = async ({ store, connection }: VerbContext) =>
  (await listRecords(store, connection.account)).map(({ armed }) => armed);

const newestRun = async (context: VerbContext) => (await runsOf(context, context.connection.account))[0]?.id ?? "";

/** The same store, where something else happens just before the first write to a path. */
function meanwhile(context: VerbContext, path: string, other: () => Promise<unknown>): VerbContext {
  let left = 1;
  const write: Store["write"] = async (...args) => {
    if (args[0].includes(path) && left-- > 0) await other();
    return context.store.write(...args);
  };
  return { ...context, store: { ...context.store, write } };
}

describe("a resume beside the pause that it puts back", () => {
  it("never closes the record while the pause may go on to stop things", async () => {
    const { context, host } = await verbTrial();
    // Another process of this machine that is alive for sure.
    const other = { ...context, from: { ...thisOrigin(), pid: process.ppid } };
    const plan = await preparePause(context, INSTANCES);
    await untilDeath(() => executePause(mortal(other, 3), plan, context.clock.now() + WEEK));

    const prepared = await prepareResume(context, undefined);
    const { closed, verified } = await executeResume(context, prepared);
    expect(verified.map(({ kind }) => kind)).not.toContain("waiting");
    expect(closed).toBe(false);
    expect(await armedIn(context)).toEqual([true]);
    expect(JSON.stringify(host.messages)).toContain("is still at work");
    const accepted = await executeResume(context, await prepareResume(context, undefined), true);
    expect(accepted.closed).toBe(true);
  });

  it("closes it when the pause died", async () => {
    const { context } = await verbTrial();
    const plan = await preparePause(context, INSTANCES);
    await untilDeath(() => executePause(mortal(context, 3), plan, context.clock.now() + WEEK));

    expect((await executeResume(context, await prepareResume(context, undefined))).closed).toBe(true);
  });
});

describe("two resumes of a record at once", () => {
  it("begin nothing twice, and close the record only when all is back", async () => {
    const { context, twin } = await verbTrial();
    const plan = await preparePause(context, { selection: {}, extend: false });
    await executePause(context, plan, context.clock.now() + WEEK);
    const both = [await prepareResume(context, undefined), await prepareResume(context, undefined)];
    twin.log.length = 0;
    const ended = await Promise.all(both.map((prepared) => executeResume(context, prepared)));

    expect(new Set(ended.map(({ run }) => run)).size).toBe(2);
    for (const { closed, verified } of ended) expect(closed).toBe(!verified.some(({ kind }) => kind === "waiting"));
    const made = twin.log.filter(({ operation, error }) => /^(StartDB|CreateEndpoint)/.test(operation) && !error);
    expect(made.length).toBe(new Set(made.map(({ input }) => JSON.stringify(input))).size);
    const { verified, closed } = await executeResume(context, await prepareResume(context, both[0]?.record.id));
    expect(closed).toBe(true);
    expect(verified.filter(({ kind }) => kind !== "identical" && kind !== "differs")).toEqual([]);
  });
});

describe("a resume that waited for an answer", () => {
  it("is refused when another has closed the record meanwhile, and what a newer pause has stopped stays", async () => {
    const { context, twin } = await verbTrial();
    await executePause(context, await preparePause(context, BASTION), context.clock.now() + WEEK);
    const waiting = await prepareResume(context, undefined);
    await executeResume(context, await prepareResume(context, undefined));
    await twin.clock.sleep(60_000);
    await executePause(context, await preparePause(context, BASTION), context.clock.now() + WEEK);
    twin.log.length = 0;

    await expect(executeResume(context, waiting)).rejects.toMatchObject({ code: "REFUSED" });
    expect(twin.log).toEqual([]);
    expect((await armedIn(context)).filter(Boolean)).toHaveLength(1);
  });

  it("of a closed record puts nothing back that a newer armed one holds", async () => {
    const { context, twin } = await verbTrial();
    const { record } = await executePause(context, await preparePause(context, BASTION), context.clock.now() + WEEK);
    await executeResume(context, await prepareResume(context, undefined));
    await twin.clock.sleep(60_000);
    const newer = await executePause(context, await preparePause(context, BASTION), context.clock.now() + WEEK);

    await expect(prepareResume(context, record.id)).rejects.toMatchObject({
      code: "REFUSED",
      message: expect.stringContaining(newer.record.id),
    });
  });

  it("of a closed record puts back what was stopped again", async () => {
    const { context } = await verbTrial();
    const { record } = await executePause(context, await preparePause(context, BASTION), context.clock.now() + WEEK);
    await executeResume(context, await prepareResume(context, undefined));

    expect((await executeResume(context, await prepareResume(context, record.id))).closed).toBe(true);
  });
});

describe("a pause that is cancelled before its first change", () => {
  it("leaves no armed record behind", async () => {
    const { context } = await verbTrial();
    const plan = await preparePause(context, BASTION);
    const cancel = new AbortController();
    const backup = async () => {
      cancel.abort(new EvenkeelError("CANCELLED", "cancelled"));
      return memoryStore();
    };
    const pressed = { ...context, signal: cancel.signal, backup };

    await expect(executePause(pressed, plan, context.clock.now() + WEEK)).rejects.toMatchObject({ code: "CANCELLED" });
    expect(await armedIn(context)).toEqual([]);
    expect(await runsOf(context, context.connection.account)).toEqual([]);
  });
});

describe("two pauses at once", () => {
  it("of the same resources: the one that comes later to write its record changes nothing", async () => {
    const { context, twin } = await verbTrial();
    const first = await preparePause(context, BASTION);
    await twin.clock.sleep(1000);
    const second = await preparePause(context, BASTION);
    const until = context.clock.now() + WEEK;
    const overtaken = meanwhile(context, "/records/", () => executePause(context, second, until));

    await expect(executePause(overtaken, first, until)).rejects.toMatchObject({
      code: "REFUSED",
      details: { state: "nothing was changed" },
    });
    expect((await armedIn(context)).filter(Boolean)).toHaveLength(1);
    expect(twin.log.filter(({ operation }) => operation === "StopInstances")).toHaveLength(1);
    const resumed = await executeResume(context, await prepareResume(context, undefined));
    expect(resumed.closed).toBe(true);
    expect(resumed.verified.map(({ kind }) => kind)).not.toContain("waiting");
  });

  it("by the same plan: the run of the one that was refused can't be gone on with", async () => {
    const { context } = await verbTrial();
    const plan = await preparePause(context, BASTION);
    const until = context.clock.now() + WEEK;
    const overtaken = meanwhile(context, "/records/", () => executePause(context, plan, until));
    await expect(executePause(overtaken, plan, until)).rejects.toMatchObject({ code: "REFUSED" });
    const runs = await runsOf(context, context.connection.account);
    const refused = runs.find(({ state }) => state === "interrupted")?.id ?? "";

    await expect(prepareContinue(context, refused)).rejects.toMatchObject({ code: "REFUSED" });
  });
});

describe("a continuation that waited for an answer", () => {
  it("is refused when what it paused was put back meanwhile", async () => {
    const { context, twin } = await verbTrial();
    const plan = await preparePause(context, INSTANCES);
    await untilDeath(() => executePause(mortal(context, 3), plan, context.clock.now() + WEEK));
    const waiting = await prepareContinue(context, await newestRun(context));
    await executeResume(context, await prepareResume(context, undefined));
    twin.log.length = 0;

    await expect(executeContinue(context, waiting)).rejects.toMatchObject({ code: "REFUSED" });
    expect(twin.log.filter(({ operation }) => operation === "StopInstances")).toEqual([]);
  });

  it("is refused when another process has gone on with the run meanwhile", async () => {
    const { context } = await verbTrial();
    const dead = { ...context, from: { ...thisOrigin(), pid: NO_PROCESS } };
    const plan = await preparePause(context, INSTANCES);
    await untilDeath(() => executePause(mortal(dead, 3), plan, context.clock.now() + WEEK));
    const waiting = await prepareContinue(context, await newestRun(context));
    const other = { ...context, from: { ...thisOrigin(), pid: process.ppid } };
    await untilDeath(() => executeContinue(mortal(other, 1), waiting));

    await expect(executeContinue(context, waiting)).rejects.toMatchObject({
      message: expect.stringContaining("under way"),
    });
  });

  it("leaves a resource alone that was protected since", async () => {
    const { context, twin } = await verbTrial();
    const plan = await preparePause(context, INSTANCES);
    await untilDeath(() => executePause(mortal(context, 1), plan, context.clock.now() + WEEK));
    const id = plan.steps[0]?.target.id ?? "";
    const rows = Object.values(twin.world.accounts)[0]?.regions["eu-west-1"]?.["ec2.instance"] ?? {};
    const row = rows[id] as { Tags?: object[] };
    row.Tags = [...(row.Tags ?? []), { Key: "evenkeel:protect", Value: "true" }];

    await expect(prepareContinue(context, await newestRun(context))).rejects.toMatchObject({
      code: "REFUSED",
      message: expect.stringContaining("protect"),
    });
  });

  it("is refused when the pause was put back, also where the record's file is gone since", async () => {
    const { context } = await verbTrial();
    const plan = await preparePause(context, INSTANCES);
    await untilDeath(() => executePause(mortal(context, 3), plan, context.clock.now() + WEEK));
    const run = await newestRun(context);
    await executeResume(context, await prepareResume(context, undefined));
    for (const { path } of await context.store.list("accounts/"))
      if (path.includes("/records/")) await context.store.remove(path);

    await expect(prepareContinue(context, run)).rejects.toMatchObject({ code: "REFUSED" });
  });
});
