import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { FACTS } from "../../src/catalog/registry.ts";
import { planReport } from "../../src/cli/plan-view.ts";
import type { RawSelection } from "../../src/engine/selection.ts";
import { memoryHost } from "../../src/io/memory.ts";
import { isError } from "../../src/model/errors.ts";
import type { Kept, Plan, Step } from "../../src/model/plan.ts";
import { FAULTS } from "../../src/twin/faults.ts";
import type { VerbContext } from "../../src/verbs/context.ts";
import { executePause, preparePause } from "../../src/verbs/pause/pause.ts";
import { executeResume, prepareResume } from "../../src/verbs/resume/resume.ts";
import { ACCOUNT, HERE, type TestAccount, testAccount } from "../contract/account.ts";
import { memoryStore } from "../contract/memory-store.ts";
import { changedBetween, lookAtAll, statesOf } from "./equality.ts";
import { WORLD, type WorldPlan } from "./history.ts";
import { isChange } from "./process.ts";
import { seedWorld } from "./world.ts";

vi.setConfig({ testTimeout: 120_000 });

const RUNS = { numRuns: 100 };
const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
const HEREABOUTS: RawSelection = { regions: [HERE] };

async function start(world: WorldPlan) {
  const account = await testAccount();
  await seedWorld(account, world);
  await account.twin.clock.sleep(HOUR_MS);
  const { twin, connection } = account;
  const { signal } = new AbortController();
  const context: VerbContext = { connection, host: memoryHost(), clock: twin.clock, signal, store: memoryStore() };
  twin.log.length = 0;
  return { account, twin, context, changes: () => twin.log.filter(isChange) };
}

async function states({ twin, connection }: TestAccount): Promise<Map<string, string>> {
  await twin.clock.sleep(HOUR_MS);
  await lookAtAll(connection, HERE);
  return statesOf(twin.world, ACCOUNT, HERE);
}

const pausing = (context: VerbContext, plan: Plan) => executePause(context, plan, context.clock.now() + WEEK_MS);
const everything = (context: VerbContext) => preparePause(context, { selection: HEREABOUTS, extend: false });

it("puts an account back as it was, and a second resume finds nothing to do", () =>
  fc.assert(
    fc.asyncProperty(WORLD, async (world) => {
      const { account, twin, context, changes } = await start(world);
      const before = await states(account);
      const plan = await everything(context);
      if (plan.steps.length === 0) return;
      await pausing(context, plan);
      const { closed } = await executeResume(context, await prepareResume(context, undefined));
      const after = await states(account);
      twin.log.length = 0;
      const again = await prepareResume(context, undefined).catch((error: unknown) => error);

      expect(closed).toBe(true);
      expect(changedBetween(before, after)).toEqual([]);
      expect(again).toMatchObject({ code: "NO_RECORD" });
      expect(changes()).toEqual([]);
    }),
    RUNS,
  ));

it("changes nothing for a plan, and has each resource that can be paused in it once: as a step or kept", () =>
  fc.assert(
    fc.asyncProperty(WORLD, async (world) => {
      const { context, changes } = await start(world);
      const plan = await everything(context);
      const named = [...plan.steps, ...plan.kept].map(({ target }) => target.arn);

      expect(changes()).toEqual([]);
      expect(new Set(named).size).toBe(named.length);
    }),
    RUNS,
  ));

it("plans what the filters select and nothing else", () => {
  const types = FACTS.filter(({ pause }) => pause).map(({ short }) => short);
  const selections = fc.record(
    {
      type: fc.subarray(types, { minLength: 1 }),
      excludeType: fc.subarray(types, { maxLength: 3 }),
      tag: fc.constant(["half=one"]),
    },
    { requiredKeys: [] },
  );
  return fc.assert(
    fc.asyncProperty(WORLD, selections, async (world, selection) => {
      const { context } = await start(world);
      const all = await everything(context);
      const some = await preparePause(context, { selection: { ...HEREABOUTS, ...selection }, extend: false }).catch(
        (error: unknown) => {
          // Every type that is named is excluded again.
          if (isError(error) && error.code === "USAGE") return undefined;
          throw error;
        },
      );
      if (!some) return;
      const shortOf = ({ target }: Step | Kept) => FACTS.find(({ type }) => type === target.type)?.short ?? "";
      const isWanted = (each: Step | Kept) =>
        (selection.type?.includes(shortOf(each)) ?? true) && !selection.excludeType?.includes(shortOf(each));
      const arns = (each: Plan) => [...each.steps, ...each.kept].filter(isWanted).map(({ target }) => target.arn);

      expect([...some.steps, ...some.kept].filter((each) => !isWanted(each))).toEqual([]);
      if (!selection.tag) expect(arns(some).sort()).toEqual(arns(all).sort());
      else expect(arns(all)).toEqual(expect.arrayContaining(arns(some)));
    }),
    RUNS,
  );
});

it("makes no call for a selection that is malformed", () => {
  const bad = fc.oneof(
    fc.string({ minLength: 1 }).map((text): RawSelection => ({ type: [`no:${text}`] })),
    fc.string().map((text): RawSelection => ({ tag: [text.replaceAll("=", "")] })),
    fc.string({ minLength: 1 }).map((text): RawSelection => ({ createdAfter: `on ${text}` })),
    fc.string({ minLength: 1 }).map((text): RawSelection => ({ regions: [`${text} 1`] })),
  );
  return fc.assert(
    fc.asyncProperty(bad, async (selection) => {
      const { twin, context } = await start(NOTHING);

      await expect(preparePause(context, { selection, extend: false })).rejects.toMatchObject({
        code: expect.stringMatching(/^(USAGE|UNKNOWN_TYPE)$/),
      });
      expect(twin.log).toEqual([]);
    }),
    RUNS,
  );
});

it("goes on with all others when one kind of resource can't be stopped", () => {
  const failing = fc.constantFrom("StopInstances", "DisableAlarmActions", "StopDBInstance", "PutFunctionConcurrency");
  return fc.assert(
    fc.asyncProperty(WORLD, failing, async (world, operation) => {
      const { twin, context } = await start(world);
      const plan = await everything(context);
      if (plan.steps.length === 0) return;
      twin.faults.push({ ...FAULTS.denied, operation });
      const { outcomes } = await pausing(context, plan);
      const kinds = plan.steps.map(({ id, iam }) => ({
        isHit: iam.some((action) => action.endsWith(`:${operation}`)),
        kind: outcomes.get(id)?.kind,
      }));

      expect(kinds.filter(({ isHit, kind }) => kind !== (isHit ? "failed" : "applied"))).toEqual([]);
    }),
    RUNS,
  );
});

it("shows the same rows as csv and as json", () =>
  fc.assert(
    fc.asyncProperty(WORLD, async (world) => {
      const { context } = await start(world);
      const { csv, data } = planReport(await everything(context));
      const { plan } = data() as { readonly plan: Plan };
      const [ids, regions] = [csv.titles.indexOf("id"), csv.titles.indexOf("region")];
      const rows = csv.records().map((record) => [record[ids], record[regions]]);

      expect(rows).toEqual([...plan.steps, ...plan.kept].map(({ target }) => [target.id, target.region]));
    }),
    RUNS,
  ));

const NOTHING: WorldPlan = {
  instances: 0,
  members: 0,
  service: undefined,
  database: false,
  aurora: false,
  functions: [],
  mapping: false,
  shards: 0,
  table: false,
  alarms: [],
  rules: [],
  endpoint: false,
};
