import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { contractSuite } from "../../../tests/contract/suite.ts";

const NAMES = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `/aws/lambda/orders-${letter}`);

contractSuite("AWS::Logs::LogGroup", {
  seed: async ({ send }) => {
    const tags = { team: "orders" };
    for (const logGroupName of NAMES)
      await send(CloudWatchLogsClient, new CreateLogGroupCommand({ logGroupName, tags }));
    return NAMES;
  },
  remove: ({ send }, logGroupName) => send(CloudWatchLogsClient, new DeleteLogGroupCommand({ logGroupName })),
  change: ({ send }, logGroupName) =>
    send(CloudWatchLogsClient, new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 30 })),
});
