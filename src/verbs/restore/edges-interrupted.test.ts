import { describe, expect, it } from "vitest";
import { HERE } from "../../../tests/contract/account.ts";
import { type EdgeTrial, edgeTrial, removed } from "../../../tests/contract/edges.ts";
import { leaveBehind } from "../../../tests/contract/leave-behind.ts";
import { type MemoryHost, memoryHost } from "../../io/memory.ts";
import type { Plan } from "../../model/plan.ts";
import { delta } from "../delta/delta.ts";
import { executeContinue, prepareContinue } from "../runs/continue.ts";
import { runsOf } from "../runs/runs.ts";

/** Everything that somebody left behind after the baseline. */
async function left(): Promise<EdgeTrial> {
  const trial = await edgeTrial();
  await trial.baseline();
  await leaveBehind(trial, "left");
  await trial.hour();
  return trial;
}

/** Ctrl-C after so many steps: what is in flight is finished, nothing new is begun. */
function stoppedAfter(steps: number) {
  const stop = new AbortController();
  const host: MemoryHost = memoryHost();
  let done = 0;
  const tell: MemoryHost["tell"] = (message) => {
    if (message.kind === "progress" && message.task === "restore" && ++done === steps) stop.abort();
  };
  return { host: { ...host, tell }, signal: stop.signal };
}

const changesOf = async ({ context }: EdgeTrial) => (await delta(context, { selection: { regions: [HERE] } })).changes;

const idsOf = ({ steps }: Plan) => steps.map(({ id }) => id).sort();

describe("a restore that was stopped half way", () => {
  it.each([1, 3, 6, 9])("after %i steps is ended by continuing its run, as one good run ends", async (steps) => {
    const trial = await left();
    const plan = await trial.planned();
    const first = await trial.run(plan, stoppedAfter(steps));
    expect(first.size).toBeGreaterThanOrEqual(steps);
    expect(first.size).toBeLessThan(plan.steps.length);

    const [run] = await runsOf(trial.context, trial.connection.account);
    const { outcomes } = await executeContinue(trial.context, await prepareContinue(trial.context, run?.id ?? ""));
    expect([...outcomes.keys()].sort()).toEqual(idsOf(plan));
    expect(new Set([...outcomes.values()].map(({ kind }) => kind))).toEqual(new Set(["applied"]));
    expect(await changesOf(trial)).toEqual([]);
  });

  it.each([1, 3, 6, 9])("after %i steps is ended by a fresh restore, as one good run ends", async (steps) => {
    const trial = await left();
    const plan = await trial.planned();
    const first = await trial.run(plan, stoppedAfter(steps));
    expect(first.size).toBeLessThan(plan.steps.length);

    const again = await trial.planned();
    const rest = new Set(removed(plan));
    expect(removed(again).filter((id) => !rest.has(id))).toEqual([]);
    const outcomes = await trial.run(again);
    expect([...outcomes.values()].filter(({ kind }) => kind !== "applied")).toEqual([]);
    expect(await changesOf(trial)).toEqual([]);
    expect(removed(await trial.planned())).toEqual([]);
  });

  it("is not gone on with a day after its plan has expired: the baseline may be another by then", async () => {
    const trial = await left();
    await trial.run(await trial.planned(), stoppedAfter(3));
    const [run] = await runsOf(trial.context, trial.connection.account);
    await trial.twin.clock.sleep(26 * 3_600_000);
    trial.twin.log.length = 0;

    await expect(prepareContinue(trial.context, run?.id ?? "")).rejects.toMatchObject({
      code: "REFUSED",
      message: expect.stringContaining("expired"),
    });
    expect(trial.twin.log.filter(({ operation }) => /^(Delete|Terminate|Revoke|Detach)/.test(operation))).toEqual([]);
  });
});
