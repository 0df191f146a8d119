import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  DeleteEventSourceMappingCommand,
  LambdaClient,
  UpdateEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import { ACCOUNT } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { functionInput } from "./lambda.trial.ts";

const QUEUES = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `arn:aws:sqs:eu-west-1:${ACCOUNT}:orders-${letter}`);

contractSuite("AWS::Lambda::EventSourceMapping", {
  seed: async ({ send }) => {
    await send(LambdaClient, new CreateFunctionCommand(functionInput("orders")));
    const ids: string[] = [];
    for (const EventSourceArn of QUEUES) {
      const input = { FunctionName: "orders", EventSourceArn, Tags: { team: "orders" } };
      const mapping = await send(LambdaClient, new CreateEventSourceMappingCommand(input));
      ids.push(mapping.UUID ?? "");
    }
    return ids;
  },
  remove: async ({ send, twin }, UUID) => {
    await send(LambdaClient, new DeleteEventSourceMappingCommand({ UUID }));
    await twin.clock.sleep(60_000);
  },
  change: ({ send }, UUID) => send(LambdaClient, new UpdateEventSourceMappingCommand({ UUID, Enabled: false })),
});

removalSuite("AWS::Lambda::EventSourceMapping", {
  seed: async ({ send }) => {
    await send(LambdaClient, new CreateFunctionCommand(functionInput("orders")));
    const ids: string[] = [];
    for (const EventSourceArn of QUEUES.slice(0, 2)) {
      const mapping = await send(
        LambdaClient,
        new CreateEventSourceMappingCommand({ FunctionName: "orders", EventSourceArn }),
      );
      ids.push(mapping.UUID ?? "");
    }
    return ids[0] ?? "";
  },
});
