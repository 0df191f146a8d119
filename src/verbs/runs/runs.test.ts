import { describe, expect, it } from "vitest";
import { verbTrial } from "../../../tests/contract/verbs.ts";
import { renderReport } from "../../report/format.ts";
import { runReport, runsReport } from "../../report/runs.ts";
import { FAULTS } from "../../twin/faults.ts";
import type { VerbContext } from "../context.ts";
import { mortal, untilDeath } from "../mortal.test-data.ts";
import { executePause, preparePause } from "../pause/pause.ts";
import { executeResume, prepareResume } from "../resume/resume.ts";
import { executeContinue, prepareContinue } from "./continue.ts";
import { runDetails, runsOf } from "./runs.ts";

const WEEK = 7 * 24 * 3_600_000;
const BASTION = {
  selection: { type: ["ec2:instance"], regions: ["eu-west-1"], tag: ["Name=bastion"] },
  extend: false,
};
const INSTANCES = { selection: { type: ["compute"], regions: ["eu-west-1"] }, extend: false };

function objectsOf({ store }: VerbContext): Map<string, Buffer> {
  return (store as typeof store & { objects: Map<string, Buffer> }).objects;
}

function change(context: VerbContext, path: RegExp, edit: (text: string) => string): void {
  const objects = objectsOf(context);
  const [found, content] = [...objects].find(([each]) => path.test(each)) ?? [];
  objects.set(found ?? "", Buffer.from(edit(content?.toString() ?? "")));
}

async function pauseOnce(context: VerbContext, request: Parameters<typeof preparePause>[1] = BASTION) {
  return executePause(context, await preparePause(context, request), context.clock.now() + WEEK);
}

describe("runs", () => {
  it("tells who did what from where, with before, after, request ids and time, newest first", async () => {
    const { context, twin } = await verbTrial();
    const { account, caller } = context.connection;
    const { run, record } = await pauseOnce(context);
    await twin.clock.sleep(60_000);
    const resumed = await executeResume(context, await prepareResume(context, undefined));

    const runs = await runsOf(context, account);
    expect(runs.map(({ id, verb, state, record: held }) => [id, verb, state, held])).toEqual([
      [resumed.run, "resume", "finished", record.id],
      [run, "pause", "finished", record.id],
    ]);
    const { attempts, summary } = await runDetails(context, account, run);
    expect(summary.begins).toMatchObject([{ caller, from: { where: "command line", pid: process.pid } }]);
    expect(attempts).toMatchObject([
      { outcome: { kind: "applied" }, before: { instanceType: "t3.micro" }, requestIds: [expect.any(String)] },
    ]);
    expect(attempts[0]?.ms).toBeGreaterThan(0);
    expect(attempts[0]?.after).toBeDefined();
  });

  it("keeps the code and the request id of a call that AWS refused", async () => {
    const { context, twin } = await verbTrial();
    twin.faults = [{ ...FAULTS.denied, service: "ec2", operation: "StopInstances" }];
    const { run } = await pauseOnce(context);

    const { attempts } = await runDetails(context, context.connection.account, run);
    expect(attempts).toMatchObject([
      { outcome: { kind: "failed", code: "ACCESS_DENIED" }, requestIds: [expect.stringMatching(/^0{8}-/)] },
    ]);
  });

  it("shows the rest of a damaged journal, and a run whose plan is gone", async () => {
    const { context } = await verbTrial();
    const { run } = await pauseOnce(context);
    change(context, /runs\/pause-[^.]+$/, (text) => text.replace('{"kind":"outcome"', '{"kind":"outc'));
    for (const path of objectsOf(context).keys()) if (path.endsWith(".plan.json")) objectsOf(context).delete(path);

    const details = await runDetails(context, context.connection.account, run);
    expect(details).toMatchObject({ problem: "its plan is missing", summary: { damaged: [3], state: "finished" } });
    expect(details.attempts).toMatchObject([{ begunAt: expect.any(String) }]);
    const text = await renderReport(runReport(details), "table", { colour: false });
    expect(text).toContain("Damaged lines of the journal: 3");
    expect(text).toContain("cut off");
  });

  it("says the same in csv and json", async () => {
    const { context } = await verbTrial();
    const { run } = await pauseOnce(context, INSTANCES);
    const details = await runDetails(context, context.connection.account, run);
    const csv = await renderReport(runReport(details), "csv", { colour: false });
    const json = JSON.parse(await renderReport(runReport(details), "json", { colour: false }));
    const list = await renderReport(runsReport([details.summary]), "csv", { colour: false });

    expect(csv.trim().split("\r\n")).toHaveLength(1 + json.attempts.length);
    for (const { requestIds } of json.attempts) expect(csv).toContain(requestIds.join(" "));
    expect(list).toContain(`${run},pause,finished`);
  });

  it("says where there is no such run", async () => {
    const { context } = await verbTrial();
    const missing = runDetails(context, context.connection.account, "pause-0123456789ab-1");
    await expect(missing).rejects.toMatchObject({ code: "NO_RUN" });
  });
});

describe("apply --continue", () => {
  it("refuses a run that has ended, is another account's, or whose plan is damaged", async () => {
    const { context } = await verbTrial();
    const { run } = await pauseOnce(context);
    await expect(prepareContinue(context, run)).rejects.toMatchObject({ code: "REFUSED" });

    const foreign = { ...context, connection: { ...context.connection, account: "999988887777" as never } };
    await expect(prepareContinue(foreign, run)).rejects.toMatchObject({ code: "OTHER_ACCOUNT" });
    change(context, /runs\/pause-[^.]+$/, (text) => `${text.split("\n").slice(0, 2).join("\n")}\n`);
    change(context, /[.]plan[.]json$/, (text) => text.replace("bastion", "somebody else"));
    await expect(prepareContinue(context, run)).rejects.toMatchObject({ message: expect.stringContaining("digest") });
  });

  it("refuses to pause on what was put back since", async () => {
    const { context } = await verbTrial();
    const plan = await preparePause(context, INSTANCES);
    await untilDeath(() => executePause(mortal(context, 6), plan, context.clock.now() + WEEK));
    const [run] = await runsOf(context, context.connection.account);
    await executeResume(context, await prepareResume(context, undefined));

    await expect(prepareContinue(context, run?.id ?? "")).rejects.toMatchObject({
      code: "REFUSED",
      message: expect.stringContaining("closed"),
    });
  });

  it("refuses one that never began and whose plan has expired, and not one that did", async () => {
    const { context, twin } = await verbTrial();
    const plan = await preparePause(context, INSTANCES);
    await untilDeath(() => executePause(mortal(context, 1), plan, context.clock.now() + WEEK));
    const [run] = await runsOf(context, context.connection.account);
    const now = await prepareContinue(context, run?.id ?? "");
    expect(now.record.kind).not.toBe("closed");
    await twin.clock.sleep(3_700_000);

    await expect(prepareContinue(context, run?.id ?? "")).rejects.toMatchObject({
      message: expect.stringContaining("expired"),
    });
  });

  it("writes the record first where the pause died before it", async () => {
    const { context } = await verbTrial();
    const plan = await preparePause(context, INSTANCES);
    await untilDeath(() => executePause(mortal(context, 0), plan, context.clock.now() + WEEK));
    expect([...objectsOf(context).keys()].filter((path) => path.includes("/records/"))).toEqual([]);
    const [run] = await runsOf(context, context.connection.account);
    const ended = await executeContinue(context, await prepareContinue(context, run?.id ?? ""));

    expect(ended.kind).toBe("pause");
    const { closed } = await executeResume(context, await prepareResume(context, undefined));
    expect(closed).toBe(true);
  });
});
