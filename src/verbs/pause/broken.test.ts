import { CreateClusterCommand, RedshiftClient } from "@aws-sdk/client-redshift";
import { expect, it } from "vitest";
import { ACCOUNT, HERE, testAccount } from "../../../tests/contract/account.ts";
import { memoryStore } from "../../../tests/contract/memory-store.ts";
import { memoryHost } from "../../io/memory.ts";
import { preparePause } from "./pause.ts";

it.each([
  ["storage-full", /its status is storage-full: Redshift pauses only what is available/],
  ["resizing", /it is changing just now: resizing/],
])("says of a cluster that is %s why it is kept: what is broken does not change by itself", async (status, why) => {
  const { connection, twin, send } = await testAccount();
  const settings = { NodeType: "ra3.large", NumberOfNodes: 2, MasterUsername: "sales", ManageMasterPassword: true };
  await send(RedshiftClient, new CreateClusterCommand({ ClusterIdentifier: "sales", ...settings }));
  await twin.clock.sleep(3_600_000);
  const rows = twin.world.accounts[ACCOUNT]?.regions[HERE]?.["redshift.cluster"] ?? {};
  for (const row of Object.values(rows)) Object.assign(row as object, { ClusterStatus: status });
  const { signal } = new AbortController();
  const context = { connection, clock: twin.clock, host: memoryHost(), signal, store: memoryStore() };

  const { steps, kept } = await preparePause(context, { selection: { regions: [HERE] }, extend: false });

  expect(steps).toEqual([]);
  expect(kept.find(({ target }) => target.id === "sales")?.reason).toMatch(why);
});
