import {
  CreateStreamCommand,
  DeleteStreamCommand,
  IncreaseStreamRetentionPeriodCommand,
  KinesisClient,
} from "@aws-sdk/client-kinesis";
import { contractSuite } from "../../../tests/contract/suite.ts";

const NAMES = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `clicks-${letter}`);

contractSuite("AWS::Kinesis::Stream", {
  seed: async ({ send }) => {
    for (const StreamName of NAMES)
      await send(KinesisClient, new CreateStreamCommand({ StreamName, ShardCount: 2, Tags: { team: "clicks" } }));
    return NAMES;
  },
  remove: ({ send }, StreamName) => send(KinesisClient, new DeleteStreamCommand({ StreamName })),
  change: ({ send }, StreamName) =>
    send(KinesisClient, new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 48 })),
});
