import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
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

removalSuite("AWS::Logs::LogGroup", {
  seed: async ({ send }) => {
    // The listing is asked for by prefix.
    for (const logGroupName of ["/orders", "/orders/audit"])
      await send(CloudWatchLogsClient, new CreateLogGroupCommand({ logGroupName }));
    return "/orders";
  },
  guarded: async ({ send }) => {
    const asked = { logGroupName: "/orders", deletionProtectionEnabled: true };
    await send(CloudWatchLogsClient, new CreateLogGroupCommand(asked));
    return "/orders";
  },
});
