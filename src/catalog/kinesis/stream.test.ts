import {
  CreateStreamCommand,
  DeleteStreamCommand,
  IncreaseStreamRetentionPeriodCommand,
  KinesisClient,
} from "@aws-sdk/client-kinesis";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";

const MINUTE_MS = 60_000;
const NAMES = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `clicks-${letter}`);

contractSuite("AWS::Kinesis::Stream", {
  seed: async ({ send }) => {
    for (const StreamName of NAMES)
      await send(KinesisClient, new CreateStreamCommand({ StreamName, ShardCount: 2, Tags: { team: "clicks" } }));
    return NAMES;
  },
  remove: async ({ send, twin }, StreamName) => {
    await send(KinesisClient, new DeleteStreamCommand({ StreamName }));
    await twin.clock.sleep(MINUTE_MS);
  },
  change: ({ send }, StreamName) =>
    send(KinesisClient, new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 48 })),
});

removalSuite("AWS::Kinesis::Stream", {
  seed: async ({ send, twin }) => {
    for (const StreamName of ["clicks", "bystander"])
      await send(KinesisClient, new CreateStreamCommand({ StreamName, ShardCount: 1 }));
    const rows = twin.world.accounts["111111111111"]?.regions["eu-west-1"]?.["kinesis.stream"];
    // A consumer keeps a stream unless its deletion is enforced.
    Object.assign((rows as unknown as Record<string, { summary: object }>).clicks?.summary ?? {}, { ConsumerCount: 2 });
    return "clicks";
  },
});
