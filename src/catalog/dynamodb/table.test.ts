import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import { contractSuite } from "../../../tests/contract/suite.ts";

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
  remove: ({ send }, TableName) => send(DynamoDBClient, new DeleteTableCommand({ TableName })),
  change: ({ send }, TableName) => {
    const TimeToLiveSpecification = { Enabled: true, AttributeName: "expires" };
    return send(DynamoDBClient, new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  },
});
