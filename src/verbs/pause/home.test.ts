import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from "@aws-sdk/client-auto-scaling";
import { expect, it } from "vitest";
import { HERE, testAccount } from "../../../tests/contract/account.ts";
import { memoryStore } from "../../../tests/contract/memory-store.ts";
import { cluster, nodegroup, SETTLED_MS } from "../../catalog/eks/eks.trial.ts";
import { memoryHost } from "../../io/memory.ts";
import type { Arn } from "../../model/brand.ts";
import { preparePause } from "./pause.ts";

it("keeps the node group whose node this very run is on", async () => {
  const account = await testAccount();
  const { connection, twin } = account;
  const id = await nodegroup(account, await cluster(account, "shop"));
  await twin.clock.sleep(SETTLED_MS);
  const { signal } = new AbortController();
  const planBy = (caller: string) => {
    const context = { connection: { ...connection, caller: caller as Arn }, clock: twin.clock, host: memoryHost() };
    const request = { selection: { regions: [HERE] }, extend: false };
    return preparePause({ ...context, signal, store: memoryStore() }, request);
  };
  const session = "arn:aws:sts::111111111111:assumed-role/node";

  const elsewhere = await planBy(`${session}/i-0000000000000dead`);
  const { AutoScalingGroups } = await account.send(AutoScalingClient, new DescribeAutoScalingGroupsCommand({}));
  const node = AutoScalingGroups?.[0]?.Instances?.[0]?.InstanceId;
  const onNode = await planBy(`${session}/${node}`);

  expect(node).toMatch(/^i-/);
  expect(elsewhere.steps.map(({ target }) => target.id)).toContain(id);
  expect(onNode.kept.find(({ target }) => target.id === id)?.reason).toMatch(/this very run is on it/);
});
