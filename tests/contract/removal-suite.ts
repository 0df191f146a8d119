import { describe, expect, it } from "vitest";
import { iamAction } from "../../src/aws/actions.ts";
import { GROUPS } from "../../src/catalog/contract.ts";
import { FACTS, factsOf, loadEntry } from "../../src/catalog/registry.ts";
import { readScope } from "../../src/catalog/scope.ts";
import { scan } from "../../src/engine/scan/scan.ts";
import { memoryHost } from "../../src/io/memory.ts";
import { GLOBAL, type Region } from "../../src/model/brand.ts";
import type { Plan } from "../../src/model/plan.ts";
import { redactor } from "../../src/model/redact.ts";
import type { Resource, ResourceType } from "../../src/model/resource.ts";
import type { VerbContext } from "../../src/verbs/context.ts";
import { executeRemoval } from "../../src/verbs/removal/execute.ts";
import { parseRemoval, type RemovalOptions } from "../../src/verbs/removal/options.ts";
import { prepareRemoval } from "../../src/verbs/removal/prepare.ts";
import { HERE, type TestAccount, testAccount } from "./account.ts";
import { memoryStore } from "./memory-store.ts";

/** What the suite needs to know to try a removal on the twin. */
export interface RemovalTrial {
  /** Makes one that can be removed, and returns its id. */
  readonly seed: (account: TestAccount) => Promise<string>;
  /** The preparations that the seeded one needs, in order. */
  readonly prepares?: readonly string[];
  /** Makes one whose protection by AWS is on. */
  readonly guarded?: (account: TestAccount) => Promise<string>;
  /** Default and managed ones, which are never removed. */
  readonly refused?: readonly { readonly seed: (account: TestAccount) => Promise<string>; readonly because: RegExp }[];
  /** The seeded one is copied by a step of its own first. */
  readonly backup?: true;
  /** Actions in the facts that the removal of the seeded one does not call for, with the reason. */
  readonly unusedActions?: Readonly<Record<string, string>>;
}

const READS = /^(Describe|List|Get|Head|BatchGet|Lookup)/;
const DAY_MS = 24 * 3_600_000;

/** The one suite that every removal ability passes: on the whole engine, with the twin's log as the witness. */
export function removalSuite(type: ResourceType, trial: RemovalTrial): void {
  describe(`the removal of ${type}`, () => {
    it("is planned without a change, done as planned, and leaves nothing else touched", async () => {
      const { account, context, id } = await seeded(trial.seed);
      const before = await everything(context);
      account.twin.log.length = 0;
      const plan = await planOf(context, type, [id]);
      expect(account.twin.log.filter(({ operation }) => !READS.test(operation))).toEqual([]);
      const named = [
        ...(trial.backup ? ["back-up"] : []),
        ...(trial.prepares ?? []).map((way) => `prepare ${way}`),
        "remove",
      ];
      const mine = plan.steps.filter(({ target }) => target.id === id);
      expect(
        mine.map(({ operation, way }) => (way ? `${operation} ${way}` : operation)),
        reasons(plan),
      ).toEqual(named);

      const { outcomes } = await executeRemoval(context, plan);
      expect([...outcomes.values()].map((outcome) => ("reason" in outcome ? outcome.reason : outcome.kind))).toEqual(
        plan.steps.map(() => "applied"),
      );
      expect(await readOne(context, type, id)).toBeUndefined();
      const left = new Map((await everything(context)).map((each) => [each.arn, each]));
      const gone = before.filter(({ arn }) => !left.has(arn));
      const expected = [...plan.steps, ...plan.kept.filter(({ goesWith }) => goesWith)].map(({ target }) => target.arn);
      expect(gone.map(({ arn }) => arn).filter((arn) => !expected.includes(arn))).toEqual([]);
    });

    it("calls what its facts allow, and nothing else", async () => {
      const { account, context, id } = await seeded(trial.seed);
      const plan = await planOf(context, type, [id]);
      account.twin.log.length = 0;
      await executeRemoval(context, plan);
      const done = account.twin.log.filter(({ operation }) => !READS.test(operation)).map(iamAction);
      const { removal } = factsOf(type) ?? {};
      const prepared = Object.entries(removal?.preparations ?? {}).filter(([name]) => trial.prepares?.includes(name));
      const allowed = [
        ...(removal?.iam.remove ?? []),
        ...(trial.backup ? (removal?.iam.backup ?? []) : []),
        ...prepared.flatMap(([, { iam }]) => iam),
      ].filter((action) => !READS.test(action.split(":")[1] ?? ""));
      const unused = Object.keys(trial.unusedActions ?? {});
      expect([...new Set([...done, ...unused])].sort()).toEqual([...new Set(allowed)].sort());
    });

    it("finds done what someone else has removed meanwhile, and does nothing of it", async () => {
      const { account, context, id } = await seeded(trial.seed);
      const plan = await planOf(context, type, [id]);
      await executeRemoval(context, plan);
      account.twin.log.length = 0;
      const { outcomes } = await executeRemoval(context, {
        ...plan,
        expiresAt: plan.expiresAt.replace("20", "30") as never,
      });

      expect([...outcomes.values()].filter(({ kind }) => kind === "applied" || kind === "failed")).toEqual([]);
      expect(account.twin.log.filter(({ operation }) => !READS.test(operation))).toEqual([]);
    });

    it("leaves alone one whose tags were changed since the plan: a tag can protect it", async () => {
      const { account, context, id } = await seeded(trial.seed);
      const plan = await planOf(context, type, [id]);
      const steps = plan.steps.map((step) => ({ ...step, expects: { ...step.expects, tags: { was: "other" } } }));
      account.twin.log.length = 0;
      await executeRemoval(context, { ...plan, steps });

      expect(account.twin.log.filter(({ operation }) => !READS.test(operation))).toEqual([]);
    });

    if (trial.guarded)
      it("keeps one that AWS protects, and removes it only with --override-protection", async () => {
        const { context, id } = await seeded(trial.guarded as RemovalTrial["seed"]);
        const kept = await planOf(context, type, [id]);
        expect(kept.steps.filter(({ target }) => target.id === id)).toEqual([]);
        expect(reasons(kept)).toMatch(/override-protection/);
        const plan = await planOf(context, type, [id], { overrideProtection: [type] });
        expect(plan.steps.map(({ way }) => way)).toContain("unprotect");
        await executeRemoval(context, plan);
        expect(await readOne(context, type, id)).toBeUndefined();
      });

    for (const { seed, because } of trial.refused ?? [])
      it(`keeps what is never removed: ${because.source}`, async () => {
        const { context, id } = await seeded(seed);
        const plan = await planOf(context, type, [id]);
        expect(plan.steps.filter(({ target }) => target.id === id)).toEqual([]);
        expect(plan.kept.find(({ target }) => target.id === id)?.reason).toMatch(because);
      });
  });
}

const reasons = ({ kept }: Plan) => kept.map(({ target, reason }) => `${target.id}: ${reason}`).join("\n");

async function seeded(seed: RemovalTrial["seed"]) {
  const account = await testAccount();
  const id = await seed(account);
  // What was just made comes to rest.
  await account.twin.clock.sleep(DAY_MS);
  const { connection, twin } = account;
  const { signal } = new AbortController();
  const context: VerbContext = { connection, host: memoryHost(), clock: twin.clock, signal, store: memoryStore() };
  return { account, context, id };
}

function regionOf(type: ResourceType): Region {
  return factsOf(type)?.scope === "global" ? GLOBAL : HERE;
}

async function everything(context: VerbContext, types?: readonly ResourceType[]): Promise<Resource[]> {
  const selection = { types: types ?? FACTS.map(({ type }) => type as ResourceType), regions: [HERE, GLOBAL] };
  const { connection, clock, signal, host } = context;
  const seen = await scan({ connection, selection, redact: redactor(Buffer.from("key")), clock, signal, host });
  return [...seen.resources];
}

/** A plan that wants these and whatever else there is of the account to stay. */
export async function planOf(
  context: VerbContext,
  type: ResourceType,
  ids: readonly string[],
  options: RemovalOptions = {},
): Promise<Plan> {
  const all = await everything(context, [type]);
  const resources = all
    .filter(({ id }) => ids.includes(id))
    .map((resource) => ({ resource, reason: "the test wants it" }));
  const selection = { types: [type], regions: [regionOf(type)] };
  // What goes along with it may be of any type.
  const coverage = FACTS.map((facts) => ({ type: facts.type, region: regionOf(facts.type), ...ALL_SEEN }));
  const limits = parseRemoval({ maxShare: 1, allowData: allData(), ...options });
  return prepareRemoval(context, { verb: "restore", selection, coverage, resources, stays: () => undefined }, limits);
}

const ALL_SEEN = { status: "complete", count: 1000 } as const;

/** Every type, by its group. */
const allData = (): readonly string[] => [...GROUPS];

async function readOne({ connection, signal }: VerbContext, type: ResourceType, id: string) {
  const region = factsOf(type)?.scope === "global" ? connection.globalRegion : HERE;
  return (await loadEntry(type)).read(readScope(connection, region, { signal }), id);
}
