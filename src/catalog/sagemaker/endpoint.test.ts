import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  DeleteEndpointCommand,
  SageMakerClient,
  UpdateEndpointWeightsAndCapacitiesCommand,
} from "@aws-sdk/client-sagemaker";
import { contractSuite } from "../../../tests/contract/suite.ts";

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
