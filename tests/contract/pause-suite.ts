import { describe, expect, it } from "vitest";
import { iamAction } from "../../src/aws/actions.ts";
import type { PauseFacts, PauseState } from "../../src/catalog/contract.ts";
import { stateOf } from "../../src/catalog/pausing.ts";
import { factsOf, loadEntry } from "../../src/catalog/registry.ts";
import { toResource } from "../../src/catalog/resource.ts";
import { readScope, writeScope } from "../../src/catalog/scope.ts";
import { redactor } from "../../src/model/redact.ts";
import type { Resource, ResourceType } from "../../src/model/resource.ts";
import { HERE, type TestAccount, testAccount } from "./account.ts";
import { planSuite } from "./plan-suite.ts";

/** What the suite needs to try a pause on the twin. */
export interface PauseTrial {
  /** Makes one that runs, costs money and can be paused; returns its id. */
  readonly seed: (account: TestAccount) => Promise<string>;
  /** Another one that must be kept, with a part of the reason. */
  readonly keeps?: readonly { readonly why: RegExp; readonly seed: (account: TestAccount) => Promise<string> }[];
  /** Fields that a resume can't bring back, as facts say. */
  readonly lost?: readonly string[];
  /** One of the type's ways; absent = the usual one. */
  readonly way?: string;
  /** Changes it while it is paused, as someone else would, so that `resumed` has something to tell; optional. */
  readonly unusedActions?: Readonly<Record<string, string>>;
}

const WAIT_MS = 10_000;

/** The one behavioural suite of every pause ability. */
export function pauseSuite(type: ResourceType, trial: PauseTrial): void {
  const { way } = trial;
  describe(`pausing ${type}${way ? `, way ${way}` : ""}`, () => {
    it("stops what runs, puts it back as it was, and changes nothing in between", async () => {
      const tried = await start(type, trial);
      const before = await tried.settled();
      expect(before.phase).toBe("running");
      expect((await tried.eligible(before)).kind).toBe("eligible");

      await tried.stop(before);
      const paused = await tried.settled();
      expect(paused.phase).toBe("paused");

      await tried.resume(before);
      const after = await tried.settled();
      const { phase, differs } = (await tried.ability()).resumed(before.saved, after, way);
      expect(phase).toBe("done");
      expect(after.phase).toBe("running");
      expect(differs.map(({ field }) => field)).toEqual(trial.lost ?? []);
      for (const difference of differs) expect(difference.because, difference.field).toBeDefined();
    });

    it("is idempotent: twice is once", async () => {
      const tried = await start(type, trial);
      const before = await tried.settled();
      await tried.stop(before);
      await tried.settled();
      await tried.stop(before);
      expect((await tried.settled()).phase).toBe("paused");
      await tried.resume(before);
      await tried.settled();
      await tried.resume(before);
      const after = await tried.settled();

      expect((await tried.ability()).resumed(before.saved, after, way).phase).toBe("done");
    });

    it("tells that it has not come back yet while it is paused", async () => {
      const tried = await start(type, trial);
      const before = await tried.settled();
      await tried.stop(before);
      const paused = await tried.settled();

      expect((await tried.ability()).resumed(before.saved, paused, way).phase).toBe("ready");
    });

    it("has nothing to capture where nothing is", async () => {
      const tried = await start(type, trial);
      expect(await (await tried.ability()).capture(tried.reading, "no-such-thing-0123456789")).toBeUndefined();
    });

    it("makes only calls that its facts' IAM actions allow, and all of them", async () => {
      const tried = await start(type, trial);
      const { calls } = tried.account;
      const seen = () => [...new Set(calls.splice(0).map(actionOf))];
      calls.length = 0;
      const before = await tried.settled();
      const capture = seen();
      await tried.stop(before);
      const stop = seen();
      await tried.settled();
      calls.length = 0;
      await tried.resume(before);
      const resume = seen();
      const iam: PauseFacts["iam"] = factsOf(type)?.pause?.iam ?? { capture: [], pause: [], resume: [] };
      const unused = Object.keys(trial.unusedActions ?? {});

      expect(capture.filter((action) => !iam.capture.includes(action))).toEqual([]);
      expect(stop.filter((action) => ![...iam.pause, ...iam.capture].includes(action))).toEqual([]);
      expect(resume.filter((action) => ![...iam.resume, ...iam.capture].includes(action))).toEqual([]);
      const used = new Set([...capture, ...stop, ...resume, ...unused]);
      expect([...iam.capture, ...iam.pause, ...iam.resume].filter((action) => !used.has(action))).toEqual([]);
    });

    planSuite(type, trial);

    it.each(trial.keeps ?? [])("keeps what can't come back: $why", async ({ why, seed }) => {
      const tried = await start(type, { ...trial, seed });
      const verdict = await tried.eligible(await tried.settled());

      expect(verdict).toMatchObject({ kind: "kept", reason: expect.stringMatching(why) });
    });
  });
}

function actionOf(call: string): string {
  const [service = "", operation = ""] = call.split(":");
  return iamAction({ service, operation });
}

async function start(type: ResourceType, trial: PauseTrial) {
  const account = await testAccount();
  const id = await trial.seed(account);
  account.calls.length = 0;
  const facts = factsOf(type);
  if (!facts?.pause) throw new Error(`${type} has no pause facts`);
  const region = facts.scope === "global" ? account.connection.globalRegion : HERE;
  const { signal } = new AbortController();
  const reading = readScope(account.connection, region, { signal });
  const writing = writeScope(account.connection, region, { signal });
  const ability = async () => {
    const { pause } = await loadEntry(type);
    if (!pause) throw new Error(`${type} has no pause ability`);
    return pause;
  };
  /** Waits on the virtual clock until it no longer moves by itself. */
  const settled = async (): Promise<PauseState> => {
    for (let waited = 0; waited < 10_000; waited++) {
      const state = await stateOf(await ability(), reading, id);
      if (!state) throw new Error(`${id} is gone`);
      if (state.phase !== "moving") return state;
      await account.twin.clock.sleep(WAIT_MS);
    }
    throw new Error(`${id} does not come to rest`);
  };
  const resource = async (): Promise<Resource> => {
    const found = await (await loadEntry(type)).read(reading, id);
    if (!found) throw new Error(`${id} can't be read`);
    const { account: owner, partition } = account.connection;
    return toResource(facts, found, { account: owner, partition, region, redact: redactor(Buffer.from("key")) });
  };
  return {
    account,
    reading,
    ability,
    settled,
    eligible: async (state: PauseState) => (await ability()).eligible(state, await resource(), trial.way),
    stop: async (state: PauseState) => (await ability()).stop(writing, id, state.saved, trial.way),
    resume: async (state: PauseState) => (await ability()).resume(writing, id, state.saved, trial.way),
  };
}
