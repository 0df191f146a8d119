import { expect, it } from "vitest";
import type { Step } from "../model/plan.ts";
import { planOf, step, target, WEB } from "../report/removal/sample.test-data.ts";
import { confirmPlan } from "./confirm-plan.ts";
import type { Frame } from "./frame.ts";

const QUEUE = target("AWS::SQS::Queue", "orders");

/** What is asked before a plan is carried out. */
async function askedFor(verb: string, steps: readonly Step[]): Promise<string> {
  const asked: string[] = [];
  const host = { tell: () => {}, ask: async ({ text }: { text: string }) => asked.push(text) > 0 };
  const settings = { verbose: { value: false }, yes: { value: false } };
  const coverage = steps.map(
    ({ target: { type, region } }) => ({ type, region, status: "complete", count: 9 }) as const,
  );
  const plan = planOf(steps, [], { verb, coverage });
  await confirmPlan({ host, settings, render: {} } as unknown as Frame, plan, undefined);
  return asked.join("\n");
}

it.each([
  ["pause", "pause", "Pause 1 resource of account 123456789012?"],
  ["resume", "resume", "Put back 1 resource of account 123456789012?"],
  ["undo", "release", "Take 1 resource of account 123456789012 out of quarantine?"],
  ["restore", "quarantine", "Put 1 resource of account 123456789012 into quarantine?"],
  ["reap", "quarantine", "Put 1 resource of account 123456789012 into quarantine?"],
] as const)("a %s is asked for in words that say what it does", async (verb, operation, question) => {
  expect(await askedFor(verb, [step(operation, WEB)])).toBe(question);
});

it("counts resources, not steps", async () => {
  const steps = [step("prepare", WEB), step("quarantine", WEB), step("quarantine", QUEUE)];

  expect(await askedFor("reap", steps)).toBe("Put 2 resources of account 123456789012 into quarantine?");
});
