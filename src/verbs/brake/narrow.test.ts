import { describe, expect, it } from "vitest";
import { verbTrial } from "../../../tests/contract/verbs.ts";
import { planDigest } from "../../model/plan.ts";
import { executePause, preparePause } from "../pause/pause.ts";
import { groupOf, groupParts } from "./groups.ts";
import { narrowPlan, unitsOf } from "./narrow.ts";

async function everything() {
  const { context, twin } = await verbTrial();
  const plan = await preparePause(context, { selection: {}, extend: false, prices: true });
  return { context, twin, plan };
}

const READS = /^(Describe|List|Get|Head|Lookup)/;

describe("a part of a plan", () => {
  it("holds the chosen steps as they were, and keeps the others with the reason", async () => {
    const { plan } = await everything();
    const part = narrowPlan(plan, ({ step }) => groupOf(step.target.type) === "databases");
    const left = plan.steps.length - part.steps.length;

    expect(part.steps.length).toBeGreaterThan(0);
    expect(part.steps).toEqual(plan.steps.filter(({ target }) => groupOf(target.type) === "databases"));
    expect(part.kept.filter(({ reason }) => reason === "it was not chosen")).toHaveLength(left);
    expect(part.digest).toBe(planDigest(part));
    expect(part.id).not.toBe(plan.id);
  });

  it("counts what was not chosen as going on to cost, and saves only what it pauses", async () => {
    const { plan } = await everything();
    const none = narrowPlan(plan, () => false);

    expect(none.steps).toEqual([]);
    expect(none.money?.net.hour).toBe("0");
    expect(Number(none.money?.kept.hour)).toBeCloseTo(
      Number(plan.money?.gross.hour) + Number(plan.money?.kept.hour),
      9,
    );
  });

  it("is the plan itself where all is chosen", async () => {
    const { plan } = await everything();

    expect(narrowPlan(plan, () => true)).toBe(plan);
  });

  it("never parts an Auto Scaling group from its members", async () => {
    const { plan } = await everything();
    const fleet = unitsOf(plan).find(({ step }) => step.target.type === "AWS::AutoScaling::AutoScalingGroup");
    const single = unitsOf(plan).map(({ step }) => step.id);
    const part = narrowPlan(plan, ({ step }) => step.id === fleet?.step.id);

    expect(fleet?.followers.length).toBeGreaterThan(1);
    for (const { id } of fleet?.followers ?? []) expect(single).not.toContain(id);
    expect(part.steps).toHaveLength(1 + (fleet?.followers.length ?? 0));
    expect(narrowPlan(plan, ({ step }) => step.id !== fleet?.step.id).steps.map(({ id }) => id)).not.toContain(
      fleet?.followers[0]?.id,
    );
  });

  it("changes nothing but what was chosen", async () => {
    const { context, twin, plan } = await everything();
    const part = narrowPlan(plan, ({ step }) => step.target.name === "bastion");
    twin.log.length = 0;
    await executePause(context, part, context.clock.now() + 3_600_000);

    expect(twin.log.filter(({ operation }) => !READS.test(operation)).map(({ operation }) => operation)).toEqual([
      "StopInstances",
    ]);
  });
});

it("groups a plan without losing or doubling anything", async () => {
  const { plan } = await everything();
  const parts = groupParts(plan);

  expect(parts.flatMap(({ steps }) => steps.map(({ id }) => id)).sort()).toEqual(plan.steps.map(({ id }) => id).sort());
  expect(parts.reduce((total, { kept }) => total + kept.length, 0)).toBe(plan.kept.length);
});
