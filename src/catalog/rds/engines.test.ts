import { describe, expect, it } from "vitest";
import { HERE, testAccount } from "../../../tests/contract/account.ts";
import type { ResourceType } from "../../model/resource.ts";
import type { Pause } from "../contract.ts";
import { loadEntry } from "../registry.ts";
import { writeScope } from "../scope.ts";
import { type EngineOwner, ownerOf } from "./engines.ts";
import { OWNERS, seedClusters, seedInstances } from "./rds.trial.ts";

const TYPES: Readonly<Record<EngineOwner, string>> = { rds: "RDS", docdb: "DocDB", neptune: "Neptune" };

it.each([
  ["aurora-mysql", "rds"],
  ["postgres", "rds"],
  [undefined, "rds"],
  ["docdb", "docdb"],
  ["neptune", "neptune"],
])("engine %s is %s's", (engine, owner) => {
  expect(ownerOf(engine)).toBe(owner);
});

describe.each([
  ["DBCluster", seedClusters],
  ["DBInstance", seedInstances],
] as const)("the %s of an owner", (kind, seed) => {
  const typeOf = (owner: EngineOwner) => `AWS::${TYPES[owner]}::${kind}` as ResourceType;

  async function tried(owner: EngineOwner) {
    const account = await testAccount();
    const ids = await seed(account, owner);
    const scope = writeScope(account.connection, HERE, { signal: new AbortController().signal });
    const entry = await loadEntry(typeOf(owner));
    return { account, ids, scope, entry };
  }

  it.each(OWNERS)("is in no other owner's listing: %s", async (owner) => {
    const { ids, scope, entry } = await tried(owner);
    const seen: string[] = [];
    for await (const { id } of entry.list(scope)) seen.push(id);

    expect(seen.filter((id) => id.startsWith("other-"))).toEqual([]);
    expect(seen).toEqual(expect.arrayContaining([...ids]));
    for (const other of OWNERS)
      expect(await (await loadEntry(typeOf(other))).read(scope, ids[0] as string))[
        other === owner ? "toBeDefined" : "toBeUndefined"
      ]();
  });

  it.each(OWNERS)("is never stopped or started by another owner's rules: %s", async (owner) => {
    const { account, ids, scope } = await tried(owner);
    const id = ids[0] as string;
    const others = await Promise.all(
      OWNERS.filter((other) => other !== owner).map((other) => loadEntry(typeOf(other))),
    );
    const abilities = others.flatMap(({ pause }): Pause[] => (pause ? [pause] : []));
    for (const pause of abilities) {
      expect(await pause.capture(scope, id)).toBeUndefined();
      await expect(pause.stop(scope, id, {})).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(pause.resume(scope, id, {})).rejects.toMatchObject({ code: "NOT_FOUND" });
    }

    expect(account.calls.filter((call) => /Stop|Start/.test(call))).toEqual([]);
  });
});
