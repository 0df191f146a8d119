import { ApplicationAutoScalingClient, RegisterScalableTargetCommand } from "@aws-sdk/client-application-auto-scaling";
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DeleteModelCommand,
  SageMakerClient,
  UpdateEndpointWeightsAndCapacitiesCommand,
} from "@aws-sdk/client-sagemaker";
import { expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { pauseSuite } from "../../../tests/contract/pause-suite.ts";
import { stateOf } from "../pausing.ts";
import { writeScope } from "../scope.ts";
import { pause } from "./endpoint-pause.ts";

const EndpointName = "forecast";
const SETTLED_MS = 3_600_000;

/** An endpoint that has three instances where its configuration begins with one. */
async function create({ send, twin }: TestAccount): Promise<string> {
  const instances = { InstanceType: "ml.m5.large", InitialInstanceCount: 1 } as const;
  const variant = { VariantName: "all", ModelName: "forecast", ...instances };
  const role = "arn:aws:iam::111111111111:role/models";
  await send(SageMakerClient, new CreateModelCommand({ ModelName: "forecast", ExecutionRoleArn: role }));
  const config = { EndpointConfigName: "forecast", ProductionVariants: [variant] };
  await send(SageMakerClient, new CreateEndpointConfigCommand(config));
  const Tags = [{ Key: "team", Value: "forecast" }];
  await send(SageMakerClient, new CreateEndpointCommand({ EndpointName, EndpointConfigName: "forecast", Tags }));
  await twin.clock.sleep(SETTLED_MS);
  const DesiredWeightsAndCapacities = [{ VariantName: "all", DesiredInstanceCount: 3 }];
  const weights = { EndpointName, DesiredWeightsAndCapacities };
  await send(SageMakerClient, new UpdateEndpointWeightsAndCapacitiesCommand(weights));
  await twin.clock.sleep(SETTLED_MS);
  return EndpointName;
}

async function scaled(account: TestAccount): Promise<string> {
  await create(account);
  const command = new RegisterScalableTargetCommand({
    ServiceNamespace: "sagemaker",
    ResourceId: "endpoint/forecast/variant/all",
    ScalableDimension: "sagemaker:variant:DesiredInstanceCount",
    MinCapacity: 1,
    MaxCapacity: 5,
  });
  await account.send(ApplicationAutoScalingClient, command);
  return EndpointName;
}

async function withoutModel(account: TestAccount): Promise<string> {
  await create(account);
  await account.send(SageMakerClient, new DeleteModelCommand({ ModelName: "forecast" }));
  return EndpointName;
}

pauseSuite("AWS::SageMaker::Endpoint", {
  seed: create,
  keeps: [
    { why: /Application Auto Scaling/, seed: scaled },
    { why: /model forecast is gone/, seed: withoutModel },
  ],
  lost: ["createdAt"],
  unusedActions: { "sagemaker:AddTags": "CreateEndpoint with tags needs it" },
});

it("goes on where a resume was cut off between making the endpoint and setting its counts", async () => {
  const account = await testAccount();
  await create(account);
  const scope = writeScope(account.connection, HERE, { signal: new AbortController().signal });
  const now = async () => {
    await account.twin.clock.sleep(SETTLED_MS);
    const state = await stateOf(pause, scope, EndpointName);
    if (!state) throw new Error("it is gone");
    return state;
  };
  const { saved } = await now();
  expect(saved).toMatchObject({ variants: { all: { weight: 1, count: 3 } }, tags: { team: "forecast" } });
  await pause.stop(scope, EndpointName, saved);
  expect((await now()).phase).toBe("paused");
  const bare = new CreateEndpointCommand({
    EndpointName,
    EndpointConfigName: "forecast",
    Tags: [{ Key: "team", Value: "forecast" }],
  });
  await account.send(SageMakerClient, bare);
  expect(pause.resumed(saved, await now()).phase).toBe("ready");

  await pause.resume(scope, EndpointName, saved);
  const { createdAt: _, ...rest } = saved;
  expect((await now()).saved).toMatchObject(rest);
});
