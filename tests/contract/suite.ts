import { describe, expect, it } from "vitest";
import { iamAction } from "../../src/aws/actions.ts";
import type { Entry, Facts, Found } from "../../src/catalog/contract.ts";
import { factsOf, loadEntry } from "../../src/catalog/registry.ts";
import { toResource } from "../../src/catalog/resource.ts";
import { readScope } from "../../src/catalog/scope.ts";
import { isError } from "../../src/model/errors.ts";
import { redactor } from "../../src/model/redact.ts";
import type { ResourceType, ScannedResource } from "../../src/model/resource.ts";
import { FAULTS } from "../../src/twin/faults.ts";
import { HERE, type TestAccount, testAccount } from "./account.ts";
import { pathExists } from "./shape.ts";

/** What the suite needs to know to try an entry on the twin. */
export interface Trial {
  /** Makes at least seven resources (more than AWS's smallest page of five) and returns their ids. */
  readonly seed: (account: TestAccount) => Promise<readonly string[]>;
  /** Deletes one, as someone else would. */
  readonly remove: (account: TestAccount, id: string) => Promise<unknown>;
  /** Changes a stable property or a tag of one. */
  readonly change: (account: TestAccount, id: string) => Promise<unknown>;
  /** Actions in the facts that a seeded world does not call for, with the reason. */
  readonly unusedActions?: Readonly<Record<string, string>>;
  /** Types whose API has no pages. */
  readonly singlePage?: true;
}

const SMALLEST = 1;

/** The one behavioural suite that every catalog entry passes. */
export function contractSuite(type: ResourceType, trial: Trial): void {
  describe(`the entry of ${type}`, () => {
    it("has facts whose every path exists in AWS's shape", async () => {
      const facts = factsFor(type);
      const paths = [...facts.volatile, ...facts.secret, ...facts.unordered, ...facts.links.map((link) => link.path)];
      const owned = [...(facts.notSecret ?? []), ...(facts.controllerOwned ?? []).map(({ path }) => path)];
      const categorised = Object.values(facts.categories ?? {}).flat();

      for (const path of [...paths, ...owned, ...categorised])
        if (!path.startsWith("tag:")) expect(await pathExists(facts, path), path).toBe(true);
    });

    it("lists all of them, page by page, always in the same order", async () => {
      const { account, ids } = await seeded(trial);
      const small = await list(account, type, SMALLEST);
      const pages = account.calls.length;
      account.calls.length = 0;
      const large = await list(account, type);

      expect(small.map(({ id }) => id)).toEqual(large.map(({ id }) => id));
      expect(small.map(({ id }) => id)).toEqual(expect.arrayContaining([...ids]));
      expect(new Set(small.map(({ id }) => id)).size).toBe(small.length);
      if (!trial.singlePage) expect(pages).toBeGreaterThan(account.calls.length);
    });

    it("gives byte-identical resources when nothing was touched, whatever the time", async () => {
      const { account } = await seeded(trial);
      const before = resources(account, type, await list(account, type));
      await account.twin.clock.sleep(3_600_000);
      const after = resources(account, type, await list(account, type, SMALLEST));

      expect(after.map(stored)).toEqual(before.map(stored));
    });

    it("gives another fingerprint to a changed resource, and to no other", async () => {
      const { account, ids } = await seeded(trial);
      const before = resources(account, type, await list(account, type));
      await trial.change(account, ids[2] as string);
      const after = resources(account, type, await list(account, type));

      const changed = after.filter((resource, index) => resource.fingerprint !== before[index]?.fingerprint);
      expect(changed.map(({ id }) => id)).toEqual([ids[2]]);
    });

    it("reads one as it lists it, and nothing where nothing is", async () => {
      const { account, ids } = await seeded(trial);
      const id = ids[1] as string;
      const listed = (await list(account, type)).find((each) => each.id === id);
      const entry = await loadEntry(type);

      expect(await entry.read(scopeOf(account, type), id)).toEqual(listed);
      await trial.remove(account, id);
      expect(await entry.read(scopeOf(account, type), id)).toBeUndefined();
    });

    it("goes on when a resource disappears while it is being read", async () => {
      const { account, ids } = await seeded(trial);
      const entry = await loadEntry(type);
      const seen: string[] = [];
      for await (const found of entry.list(scopeOf(account, type, SMALLEST))) {
        if (seen.length === 0) await trial.remove(account, ids.at(-1) as string);
        seen.push(found.id);
      }

      expect(seen).toEqual(expect.arrayContaining(ids.slice(0, -1)));
    });

    it("is slowed by throttles and loses nothing to them", async () => {
      const { account, ids } = await seeded(trial);
      account.twin.faults = [{ ...FAULTS.throttle, times: 3 }];

      expect((await list(account, type)).map(({ id }) => id)).toEqual(expect.arrayContaining([...ids]));
    });

    it("never takes a failed call for an empty answer", async () => {
      const { account, ids } = await seeded(trial);
      await list(account, type);
      for (const operation of new Set(account.calls)) {
        const [service = "", name = ""] = operation.split(":");
        for (const fault of [FAULTS.denied, FAULTS.throttle, FAULTS.serverError]) {
          account.twin.faults = [{ ...fault, service, operation: name }];
          const outcome = await list(account, type).catch((error: unknown) => error);
          account.twin.faults = [];
          if (isError(outcome)) continue;
          const found = outcome as Found[];
          expect(
            found.map(({ id }) => id),
            operation,
          ).toEqual(expect.arrayContaining([...ids]));
          expect(
            found.filter(({ id }) => ids.includes(id)).every((each) => each.unknown?.length),
            operation,
          ).toBe(true);
        }
      }
    });

    it("makes exactly the calls that its facts' IAM actions allow", async () => {
      const { account, ids } = await seeded(trial);
      const facts = factsFor(type);
      await list(account, type);
      const listing = actionsOf(account);
      await (await loadEntry(type)).read(scopeOf(account, type), ids[0] as string);

      const unused = Object.keys(trial.unusedActions ?? {});
      expect([...new Set([...listing, ...unused])].sort()).toEqual([...facts.iam.list].sort());
      expect(actionsOf(account).filter((action) => !facts.iam.read.includes(action))).toEqual([]);
    });
  });
}

function factsFor(type: ResourceType): Facts {
  const facts = factsOf(type);
  if (!facts) throw new Error(`no entry ${type} in the registry: run \`npm run generate\``);
  return facts;
}

async function seeded(trial: Trial): Promise<{ account: TestAccount; ids: readonly string[] }> {
  const account = await testAccount();
  const ids = await trial.seed(account);
  expect(ids.length).toBeGreaterThanOrEqual(7);
  account.twin.log.length = 0;
  return { account, ids };
}

function scopeOf(account: TestAccount, type: ResourceType, largestPage?: number) {
  const { connection } = account;
  const region = factsFor(type).scope === "global" ? connection.globalRegion : HERE;
  const signal = new AbortController().signal;
  return readScope(connection, region, { signal, ...(largestPage ? { largestPage } : {}) });
}

async function list(account: TestAccount, type: ResourceType, largestPage?: number): Promise<Found[]> {
  const entry: Entry = await loadEntry(type);
  const found: Found[] = [];
  for await (const each of entry.list(scopeOf(account, type, largestPage))) found.push(each);
  return found;
}

function resources(account: TestAccount, type: ResourceType, found: readonly Found[]) {
  const { account: id, partition } = account.connection;
  const redact = redactor(Buffer.from("key of the contract suite"));
  return found.map((each) => toResource(factsFor(type), each, { account: id, partition, region: HERE, redact }));
}

/** As a snapshot stores it: volatile values, which may well have moved, are not. */
function stored({ observed: _, ...resource }: ScannedResource): string {
  return JSON.stringify(resource);
}

/** Empties the log of calls. */
function actionsOf(account: TestAccount): string[] {
  const actions = account.calls.map((call) => {
    const [service = "", operation = ""] = call.split(":");
    return iamAction({ service, operation });
  });
  account.calls.length = 0;
  return [...new Set(actions)];
}
