import { describe, expect, it } from "vitest";
import { orderSteps, withoutCycles } from "./graph.ts";
import type { Operation, Step } from "./plan.ts";

const step = (operation: Operation, arn: string, ...after: string[]) =>
  ({ id: `${operation} ${arn}`, operation, target: { arn }, stage: 0, after }) as unknown as Step;

const waits = (steps: readonly Step[], id: string) => steps.find((each) => each.id === id)?.after;

describe("steps that wait for each other", () => {
  it("never lose the wait of a removal for its own copy or preparation", () => {
    for (const first of ["back-up", "prepare"] as const) {
      const steps = withoutCycles([
        step(first, "x", "remove y"),
        step("remove", "x", `${first} x`, "remove y"),
        step("remove", "y", "remove x"),
      ]);
      expect(waits(steps, "remove x")).toContain(`${first} x`);
      expect(waits(steps, `${first} x`)).toEqual(["remove y"]);
      expect(waits(steps, "remove y")).toEqual([]);
      expect(() => orderSteps(steps)).not.toThrow();
    }
  });

  it("lose a wait of a preparation where no removal waits for another resource, and only one", () => {
    const steps = withoutCycles([
      step("prepare", "a", "remove b"),
      step("prepare", "b", "remove a"),
      step("remove", "a", "prepare a"),
      step("remove", "b", "prepare b"),
    ]);
    expect(() => orderSteps(steps)).not.toThrow();
    expect(waits(steps, "remove a")).toEqual(["prepare a"]);
    expect(waits(steps, "remove b")).toEqual(["prepare b"]);
    expect([...(waits(steps, "prepare a") ?? []), ...(waits(steps, "prepare b") ?? [])]).toHaveLength(1);
  });
});
