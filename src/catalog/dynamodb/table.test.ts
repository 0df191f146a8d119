import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import { contractSuite } from "../../../tests/contract/suite.ts";

const MINUTE_MS = 60_000;
const NAMES = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `orders-${letter}`);

contractSuite("AWS::DynamoDB::Table", {
  seed: async ({ send }) => {
    for (const TableName of NAMES)
      await send(
        DynamoDBClient,
        new CreateTableCommand({
          TableName,
          BillingMode: "PAY_PER_REQUEST",
          AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
          KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
          Tags: [{ Key: "team", Value: "orders" }],
        }),
      );
    return NAMES;
  },
  remove: async ({ send, twin }, TableName) => {
    await send(DynamoDBClient, new DeleteTableCommand({ TableName }));
    await twin.clock.sleep(MINUTE_MS);
  },
  change: ({ send }, TableName) => {
    const TimeToLiveSpecification = { Enabled: true, AttributeName: "expires" };
    return send(DynamoDBClient, new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  },
});
