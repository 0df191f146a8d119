import { expect, it } from "vitest";
import { testAccount } from "../../../tests/contract/account.ts";
import { memoryStore } from "../../../tests/contract/memory-store.ts";
import { listenerArn, shedState } from "../../../tests/contract/shed-ledger.ts";
import { openLedger } from "./ledger.ts";

it("is in the command's store, unless a table is named", async () => {
  const { connection, calls } = await testAccount();
  const store = memoryStore();
  const context = { connection, store };
  await (await openLedger(context)).write(shedState(listenerArn("web"), 1));

  expect((await (await openLedger(context, "file")).read(listenerArn("web")))?.revision).toBe(1);
  expect(store.objects.size).toBe(1);
  expect(calls).toEqual([]);

  for (const table of ["evenkeel-shed", "arn:aws:dynamodb:eu-west-1:111111111111:table/shed"]) {
    const ledger = await openLedger(context, `dynamodb:${table}`);
    expect(ledger.url).toBe(`dynamodb:${table}`);
    await expect(ledger.read(listenerArn("web"))).rejects.toMatchObject({ code: "STORE_FAILED" });
  }
});

it.each(["", "dynamodb:", "dynamodb:a", "dynamodb:a b c", "s3://bucket", "dynamodb:arn:aws:s3:::bucket"])(
  "refuses %j",
  async (url) => {
    const { connection } = await testAccount();

    await expect(openLedger({ connection, store: memoryStore() }, url)).rejects.toMatchObject({ code: "USAGE" });
  },
);
