import { CreateTagsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import { type VerbTrial, verbTrial } from "../../../tests/contract/verbs.ts";
import type { Arn } from "../../model/brand.ts";
import type { Plan, Step } from "../../model/plan.ts";
import { FAULTS } from "../../twin/faults.ts";
import { narrowPlan, unitsOf } from "../brake/narrow.ts";
import { type Paused, planResume } from "../resume/plan.ts";
import { executeResume, prepareResume } from "../resume/resume.ts";
import { inOrder } from "./order.ts";
import { executePause, preparePause } from "./pause.ts";

const WEEK = 7 * 24 * 3_600_000;

/** The demo account with three single instances, tagged with these orders. */
async function tagged(
  ...orders: readonly string[]
): Promise<VerbTrial & { readonly ids: readonly string[]; plan: Plan }> {
  const trial = await verbTrial();
  const { context, twin } = trial;
  const single = await preparePause(context, { selection: { type: ["ec2:instance"] }, extend: false });
  const steps = single.steps.filter(({ after }) => after.length === 0);
  const region = steps[0]?.target.region ?? context.connection.defaultRegion;
  const here = steps.filter(({ target }) => target.region === region).slice(0, orders.length);
  const ec2 = context.connection.client(EC2Client, region, "write");
  for (const [index, { target }] of here.entries()) {
    const Tags = [{ Key: "evenkeel:order", Value: orders[index] ?? "" }];
    await ec2.send(new CreateTagsCommand({ Resources: [target.id], Tags }));
  }
  const ids = here.map(({ target }) => target.id);
  const plan = await preparePause(context, { selection: { type: ["ec2:instance"], id: ids }, extend: false });
  twin.log.length = 0;
  return { ...trial, ids, plan };
}

const called = ({ twin }: VerbTrial, operation: string) =>
  twin.log
    .filter((call) => call.operation === operation && call.error === undefined)
    .map(({ input }) => (input as { InstanceIds: string[] }).InstanceIds);

describe("evenkeel:order", () => {
  it("pauses lower numbers first within a stage, and resumes in reverse", async () => {
    const trial = await tagged("20", "-3");
    const { context, ids, plan } = trial;
    expect(ids).toHaveLength(2);
    await executePause(context, plan, context.clock.now() + WEEK);
    const { closed } = await executeResume(context, await prepareResume(context, undefined));

    expect(called(trial, "StopInstances")).toEqual([[ids[1]], [ids[0]]]);
    expect(called(trial, "StartInstances")).toEqual([[ids[0]], [ids[1]]]);
    expect(closed).toBe(true);
  });

  it("waits until what is of a lower number has stopped, not only been told to", async () => {
    const trial = await tagged("1", "2");
    const { context, twin, ids, plan } = trial;
    const stops: string[] = [];
    const push = twin.log.push.bind(twin.log);
    twin.log.push = (...calls) => {
      if (calls.some(({ operation }) => operation === "StopInstances")) {
        const rows = Object.values(twin.world.accounts).flatMap(({ regions }) => Object.values(regions));
        const row = rows.map((region) => region["ec2.instance"]?.[ids[0] ?? ""]).find((each) => each !== undefined);
        stops.push(String((row?.State as { Name?: string } | undefined)?.Name));
      }
      return push(...calls);
    };
    await executePause(context, plan, context.clock.now() + WEEK);

    expect(stops[1]).toBe("stopped");
  });

  it("keeps a higher number running when a lower one can't be stopped, and says why", async () => {
    const { context, twin, ids, plan } = await tagged("1", "2");
    twin.faults = [{ ...FAULTS.denied, operation: "StopInstances", times: 1 }];
    const { outcomes } = await executePause(context, plan, context.clock.now() + WEEK);
    const of = (id = "") => [...outcomes].find(([step]) => step.endsWith(id))?.[1];

    expect(of(ids[0])).toMatchObject({ kind: "failed" });
    expect(of(ids[1])).toMatchObject({ kind: "blocked" });
  });

  it("that is no number is told and ignored", async () => {
    const { host, plan } = await tagged("first", "2");

    expect(host.texts("warning").join()).toMatch(/evenkeel:order=first, which is no whole number: it is ignored/);
    expect(plan.steps.map(({ after }) => after)).toEqual([[], []]);
  });

  it("does not keep one of two from being chosen alone", async () => {
    const { ids, plan } = await tagged("1", "2");
    const alone = narrowPlan(plan, ({ step }) => step.target.id === ids[1]);

    expect(unitsOf(plan)).toHaveLength(2);
    expect(alone.steps.map(({ target, after }) => [target.id, after])).toEqual([[ids[1], []]]);
  });

  it("holds on the way back across one that someone has started already", async () => {
    const { context, plan } = await tagged("1");
    const { record } = await executePause(context, plan, context.clock.now() + WEEK);
    const [step] = plan.steps;
    if (!step) throw new Error("nothing is paused");
    const copies = ["a", "b", "c"].map((name): Step => {
      const arn = `${step.target.arn}${name}` as Arn;
      return { ...step, id: `pause ${arn}`, target: { ...step.target, arn } };
    });
    const tags = new Map(copies.map(({ target }, index) => [target.arn, { "evenkeel:order": String(index) }]));
    const steps = inOrder(copies, tags);
    const state = { phase: "paused", saved: {}, words: "stopped" } as const;
    const paused = steps.map((each, index): Paused => {
      const now = { kind: "seen", state, phase: index === 1 ? "done" : "ready", differs: [] } as const;
      return { step: each, touched: true, now };
    });
    const resume = planResume({ ...record, plan: { ...plan, steps } }, paused, context.clock.now());

    expect(resume.steps.map(({ id, after }) => [id.at(-1), after.map((other) => other.at(-1))])).toEqual([
      ["a", ["c"]],
      ["c", []],
    ]);
  });
});

describe("what may depend on a database", () => {
  it("is begun on the way back only when the database is available", async () => {
    const { context, twin } = await verbTrial();
    const plan = await preparePause(context, { selection: {}, extend: false });
    await executePause(context, plan, context.clock.now() + WEEK);
    // The twin moves a cluster's members on when they are looked at; the cluster's own status is what a resume waits for.
    const states = () =>
      Object.values(twin.world.accounts).flatMap(({ regions }) =>
        Object.values(regions).flatMap((rows) => [
          ...Object.values(rows["rds.db-cluster"] ?? {}).map(({ Status }) => String(Status)),
          ...Object.values(rows["rds.db-instance"] ?? {})
            .filter((row) => row.DBClusterIdentifier === undefined)
            .map(({ DBInstanceStatus }) => String(DBInstanceStatus)),
        ]),
      );
    expect(new Set(states())).toEqual(new Set(["stopped"]));
    const seen: string[] = [];
    const push = twin.log.push.bind(twin.log);
    twin.log.push = (...calls) => {
      if (calls.some(({ operation }) => operation === "StartInstances" || operation === "UpdateService"))
        seen.push(...states());
      return push(...calls);
    };
    await executeResume(context, await prepareResume(context, undefined));

    expect(seen.length).toBeGreaterThan(0);
    expect(new Set(seen)).toEqual(new Set(["available"]));
  });
});
