import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { z } from "zod";
import { runs } from "../../tests/contract/runs.ts";
import { verbTrial } from "../../tests/contract/verbs.ts";
import { FAULTS } from "../twin/faults.ts";
import { executePause, preparePause } from "../verbs/pause/pause.ts";
import { prepareResume } from "../verbs/resume/resume.ts";
import type { Kept, Plan, Step } from "./plan.ts";
import { type keptSchema, planJsonSchema, planSchema, type stepSchema } from "./plan-schema.ts";

const SELECTIONS = [
  {},
  { type: ["compute"] },
  { regions: ["eu-west-1"] },
  { type: ["databases"] },
  { tag: ["env=prod"] },
];

describe("the schema of a plan", () => {
  it("has the members that the type has", () => {
    expectTypeOf<keyof z.infer<typeof planSchema>>().toEqualTypeOf<keyof Plan>();
    expectTypeOf<keyof z.infer<typeof stepSchema>>().toEqualTypeOf<keyof Step>();
    expectTypeOf<keyof z.infer<typeof keptSchema>>().toEqualTypeOf<keyof Kept>();
  });

  it("lets every plan through that is made of random worlds", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...SELECTIONS),
        fc.array(fc.nat(60), { maxLength: 20 }),
        fc.boolean(),
        fc.boolean(),
        async (selection, gone, denied, prices) => {
          const { context, twin } = await verbTrial();
          const kinds = Object.values(twin.world.accounts).flatMap(({ regions }) => Object.values(regions));
          for (const at of gone) {
            const rows = kinds[at % kinds.length]?.["ec2.instance"] ?? {};
            const key = Object.keys(rows)[at % 7];
            if (key) delete rows[key];
          }
          if (denied) twin.faults = [{ ...FAULTS.denied, service: "rds" }];
          const plan = await preparePause(context, { selection, extend: false, prices });
          expect(problems(plan)).toEqual([]);
          if (plan.steps.length === 0) return;
          await executePause(context, plan, context.clock.now() + 1);
          expect(problems((await prepareResume(context, undefined)).plan)).toEqual([]);
        },
      ),
      runs(100),
    );
  }, 120_000);

  it("names the place of what is wrong", async () => {
    const { context } = await verbTrial();
    const plan = await preparePause(context, { selection: { regions: ["eu-west-1"] }, extend: false });
    const [step, ...others] = plan.steps;
    const wrong = (change: object) => problems({ ...plan, steps: [{ ...step, ...change }, ...others] });

    expect(wrong({ stage: "1" })).toEqual(["steps.0.stage"]);
    expect(wrong({ extra: 1 })).toEqual(["steps.0"]);
    expect(wrong({ after: ["nobody"] })).toContain("steps.0.after.0");
    expect(wrong({ target: { ...step?.target, arn: "arn:aws:ec2:eu-west-1:999988887777:instance/i-0" } })).toEqual([
      "steps.0.target.arn",
    ]);
    expect(problems({ ...plan, steps: [...plan.steps, ...plan.steps] })).toContain("steps");
  });

  it("is published", () => {
    const file = new URL("../../docs/plan.schema.json", import.meta.url);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(planJsonSchema());
  });
});

function problems(plan: unknown): string[] {
  // As it is read back from a file.
  const read = planSchema.safeParse(JSON.parse(JSON.stringify(plan)));
  return read.success ? [] : read.error.issues.map(({ path }) => path.join("."));
}
