import { describe, expect, it } from "vitest";
import { HERE, testAccount } from "../../../tests/contract/account.ts";
import { leaveBehind } from "../../../tests/contract/leave-behind.ts";
import { memoryStore } from "../../../tests/contract/memory-store.ts";
import { memoryHost } from "../../io/memory.ts";
import type { VerbContext } from "../context.ts";
import { delta } from "../delta/delta.ts";
import { executeRemoval } from "../removal/execute.ts";
import { createSnapshot } from "../snapshot/create.ts";
import { prepareRestore } from "./restore.ts";

const READS = /^(Describe|List|Get|Head|Lookup|Batch)/;
const HOUR_MS = 3_600_000;
const FREE = { maxShare: 1, allowData: ["storage"], noBackup: ["ec2:volume"], includeUndated: true };

async function withBaseline() {
  const account = await testAccount();
  const { signal } = new AbortController();
  const { connection, twin } = account;
  const context: VerbContext = { connection, clock: twin.clock, host: memoryHost(), signal, store: memoryStore() };
  await leaveBehind(account, "good");
  await twin.clock.sleep(HOUR_MS);
  const selection = { regions: [HERE] };
  await createSnapshot(context, { selection, metadata: {}, setActive: true, compress: false, name: "baseline" });
  await twin.clock.sleep(HOUR_MS);
  return { ...account, context, selection };
}

describe("restore", () => {
  it("leaves exactly the baseline, in one run, without a dependency error, and plans without a change", async () => {
    const account = await withBaseline();
    const { context, selection, twin } = account;
    await leaveBehind(account, "bad");
    await twin.clock.sleep(HOUR_MS);
    twin.log.length = 0;
    const { plan } = await prepareRestore(context, { selection, ...FREE });
    expect(twin.log.filter(({ operation }) => !READS.test(operation))).toEqual([]);

    const { outcomes } = await executeRemoval(context, plan);
    expect([...outcomes.values()].filter(({ kind }) => kind !== "applied")).toEqual([]);
    expect(twin.log.filter(({ error }) => /Dependency|InUse|Conflict/.test(error ?? ""))).toEqual([]);
    expect((await delta(context, { selection })).changes).toEqual([]);
  });
});
