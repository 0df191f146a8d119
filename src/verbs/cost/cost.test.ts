import { expect, it } from "vitest";
import { verbTrial } from "../../../tests/contract/verbs.ts";
import { accountId } from "../../model/brand.ts";
import { dayOf } from "../../model/calendar.ts";
import type { Charged } from "../../model/cost.ts";
import { amount, NOTHING } from "../../model/money.ts";
import { activePath } from "../../store/snapshot-files.ts";
import { createSnapshot } from "../snapshot/create.ts";
import { type BillSource, cost } from "./cost.ts";
import { explorerSource } from "./explorer-source.ts";

const OTHER = accountId("222233334444");

/** The demo with its baseline, another account whose baseline is gone, and a source of one charge. */
async function trial(charged: Partial<Charged>, isBill = true) {
  const { context } = await verbTrial();
  const { store, connection, clock } = context;
  await createSnapshot(context, { name: "base", selection: {}, metadata: {}, setActive: true, compress: false });
  await store.write(activePath(OTHER), Buffer.from("gone\n"));
  const today = dayOf(clock.now());
  const source: BillSource = {
    ...(isBill ? { span: { start: today, end: today }, accounts: async () => [OTHER] } : {}),
    split: async ({ judge }) => {
      const { type: _, ...verdict } = judge({ product: "AmazonS3", kind: "usage", ...charged });
      const parts = [{ period: today, group: [], ...verdict, amount: amount("1") }];
      const split = { parts, total: amount("1"), currency: "USD", malformed: { lines: 0, samples: [] }, notes: [] };
      return { source: { kind: "bill", files: [], format: "CUR 2.0" }, split };
    },
  };
  const { account } = connection;
  const own = { ...context, account, accounts: [account, OTHER], verb: async () => context };
  return cost(own, source, { granularity: "monthly", groupBy: [], metric: "unblended" });
}

it("tells of a baseline of another account that can't be read, whose charges are on no side", async () => {
  const result = await trial({ resource: "theirs", account: OTHER });

  expect(result.total).toMatchObject({ unallocated: "1", baseline: NOTHING });
  expect(result.notes.join("\n")).toMatch(/account 222233334444 are on no side: .*gone/);
});

it("does not read those of others for Cost Explorer, which tells one account's costs", async () => {
  const { notes } = await trial({ resource: "new-bucket" }, false);
  expect(notes.join("\n")).not.toContain(OTHER);
});

it("refuses what Cost Explorer does not keep before it looks at the account", async () => {
  const { context, twin } = await verbTrial();
  await createSnapshot(context, { name: "base", selection: {}, metadata: {}, setActive: true, compress: false });
  twin.log.length = 0;
  const own = { ...context, account: context.connection.account, accounts: [], verb: async () => context };
  const request = { granularity: "monthly", groupBy: [], metric: "unblended", start: "2020-01-01" } as const;

  await expect(cost(own, explorerSource(context, "only"), request)).rejects.toThrow(/Cost Explorer keeps/);
  expect(twin.log).toEqual([]);
});

it("knows all regions of who is signed in: a new bucket is new, wherever it is", async () => {
  expect((await trial({ resource: "new-bucket" })).total).toMatchObject({ notBaseline: "1" });
});
