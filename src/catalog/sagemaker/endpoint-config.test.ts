import {
  AddTagsCommand,
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  DeleteEndpointConfigCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { expect, it } from "vitest";
import { ACCOUNT, HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { memoryStore } from "../../../tests/contract/memory-store.ts";
import { planOf, removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { memoryHost } from "../../io/memory.ts";

const TYPE = "AWS::SageMaker::EndpointConfig";
const NAMES = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `forecast-${letter}`);
const VARIANT = {
  VariantName: "all",
  ModelName: "forecast",
  InstanceType: "ml.m5.large",
  InitialInstanceCount: 1,
} as const;

async function create({ send }: TestAccount, names: readonly string[]): Promise<readonly string[]> {
  const Tags = [{ Key: "team", Value: "forecast" }];
  for (const EndpointConfigName of names)
    await send(
      SageMakerClient,
      new CreateEndpointConfigCommand({ EndpointConfigName, ProductionVariants: [VARIANT], Tags }),
    );
  return names;
}

contractSuite(TYPE, {
  seed: (account) => create(account, NAMES),
  remove: ({ send }, EndpointConfigName) =>
    send(SageMakerClient, new DeleteEndpointConfigCommand({ EndpointConfigName })),
  // Only its tags can change.
  change: ({ send }, name) => {
    const ResourceArn = `arn:aws:sagemaker:${HERE}:${ACCOUNT}:endpoint-config/${name}`;
    return send(SageMakerClient, new AddTagsCommand({ ResourceArn, Tags: [{ Key: "tier", Value: "gold" }] }));
  },
});

removalSuite(TYPE, { seed: async (account) => (await create(account, NAMES))[0] ?? "" });

it("stays as long as an endpoint is made of it, though SageMaker would delete it", async () => {
  const account = await testAccount();
  await create(account, ["forecast"]);
  const endpoint = { EndpointName: "forecast", EndpointConfigName: "forecast" };
  await account.send(SageMakerClient, new CreateEndpointCommand(endpoint));
  const { connection, twin } = account;
  const { signal } = new AbortController();
  const context = { connection, host: memoryHost(), clock: twin.clock, signal, store: memoryStore() };

  const plan = await planOf(context, TYPE, ["forecast"]);

  expect(plan.steps).toEqual([]);
  expect(plan.kept[0]?.reason).toMatch(/uses it, and stays/);
});
