import { expect, it } from "vitest";
import { GLOBAL, region } from "../model/brand.ts";
import { orderSteps } from "../model/graph.ts";
import type { Step } from "../model/plan.ts";
import { globalLast } from "./global-last.ts";

const step = (id: string, where: string, after: readonly string[] = []) =>
  ({ id, after, stage: 0, target: { region: where === "global" ? GLOBAL : region(where) } }) as unknown as Step;

const stagesOf = (steps: readonly Step[]) =>
  orderSteps(globalLast(steps)).stages.map((stage) => stage.map(({ id }) => id).sort());

it("puts what is global behind what is regional", () => {
  const steps = [step("role", "global", ["function"]), step("user", "global"), step("function", "eu-west-1")];
  expect(stagesOf(steps)).toEqual([["function"], ["role", "user"]]);
});

it("leaves what something regional waits for before that, with all that it waits for itself", () => {
  const steps = [
    step("key", "eu-west-1", ["policy"]),
    step("policy", "global", ["role"]),
    step("role", "global"),
    step("user", "global", ["role"]),
  ];
  expect(stagesOf(steps)).toEqual([["key", "policy", "role"], ["user"]]);
});
