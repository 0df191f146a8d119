import { expect, it } from "vitest";
import { memoryHost } from "../../io/memory.ts";
import type { Plan, Step } from "../../model/plan.ts";
import { stageHost } from "./stage-host.ts";

const step = (says: string, stage: number) => ({ id: says, says, stage }) as Step;
const PLAN = {
  verb: "pause",
  steps: [step("alarm a", 0), step("instance b", 4), step("instance c", 4)],
} as unknown as Plan;

it("shows one progress line a stage, each from its beginning to its end", () => {
  const host = memoryHost();
  const staged = stageHost(host, PLAN);
  for (const [index, at] of ["alarm a", "instance b", "instance c"].entries())
    staged.tell({ kind: "progress", task: "pause", done: index + 1, total: 3, at });

  const lines = host.messages.map((each) =>
    each.kind === "progress" ? `${each.task.trim()} ${each.done}/${each.total}` : "",
  );
  expect(lines).toEqual(["alarms 0/1", "alarms 1/1", "compute 0/2", "compute 1/2", "compute 2/2"]);
});

it("lets everything else through as it is", async () => {
  const host = memoryHost([true]);
  const staged = stageHost(host, { ...PLAN, steps: [] });
  staged.tell({ kind: "warning", text: "look" });
  staged.tell({ kind: "progress", task: "scan", done: 1, total: 2 });

  expect(host.messages).toHaveLength(2);
  expect(await staged.ask({ kind: "confirm", text: "sure?", default: false })).toBe(true);
});
