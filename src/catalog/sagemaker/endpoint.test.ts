import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  DeleteEndpointCommand,
  SageMakerClient,
  UpdateEndpointWeightsAndCapacitiesCommand,
} from "@aws-sdk/client-sagemaker";
import { expect, it } from "vitest";
import { HERE, testAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { writeScope } from "../scope.ts";
import entry from "./endpoint.ts";

const NAMES = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `forecast-${letter}`);
const VARIANT = {
  VariantName: "all",
  ModelName: "forecast",
  InstanceType: "ml.m5.large",
  InitialInstanceCount: 1,
} as const;

/** Until what was begun is done. */
const SETTLED_MS = 3_600_000;

contractSuite("AWS::SageMaker::Endpoint", {
  seed: async ({ send, twin }) => {
    const config = { EndpointConfigName: "forecast", ProductionVariants: [VARIANT] };
    await send(SageMakerClient, new CreateEndpointConfigCommand(config));
    const Tags = [{ Key: "team", Value: "forecast" }];
    for (const EndpointName of NAMES)
      await send(SageMakerClient, new CreateEndpointCommand({ EndpointName, EndpointConfigName: "forecast", Tags }));
    await twin.clock.sleep(SETTLED_MS);
    return NAMES;
  },
  remove: async ({ send, twin }, EndpointName) => {
    await send(SageMakerClient, new DeleteEndpointCommand({ EndpointName }));
    await twin.clock.sleep(SETTLED_MS);
  },
  change: ({ send }, EndpointName) => {
    const DesiredWeightsAndCapacities = [{ VariantName: "all", DesiredInstanceCount: 3 }];
    const command = new UpdateEndpointWeightsAndCapacitiesCommand({ EndpointName, DesiredWeightsAndCapacities });
    return send(SageMakerClient, command);
  },
});

removalSuite("AWS::SageMaker::Endpoint", {
  seed: async ({ send }) => {
    const config = { EndpointConfigName: "forecast", ProductionVariants: [VARIANT] };
    await send(SageMakerClient, new CreateEndpointConfigCommand(config));
    for (const EndpointName of ["forecast", "other"])
      await send(SageMakerClient, new CreateEndpointCommand({ EndpointName, EndpointConfigName: "forecast" }));
    return "forecast";
  },
});

it("waits for one that is being updated, which SageMaker does not delete", async () => {
  const account = await testAccount();
  const scope = writeScope(account.connection, HERE, { signal: new AbortController().signal });
  const found = { id: "forecast", state: "Updating", tags: {}, configuration: {} };

  await expect(entry.removal.remove(scope, found)).rejects.toMatchObject({ details: { isHeld: true } });
  expect(account.calls).toEqual([]);
});
