import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  KinesisClient,
  type StreamMode,
  UpdateShardCountCommand,
} from "@aws-sdk/client-kinesis";
import { describe, expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { pauseSuite } from "../../../tests/contract/pause-suite.ts";
import { writeScope } from "../scope.ts";
import { pause } from "./stream-pause.ts";

const StreamName = "clicks";

const rescale = (TargetShardCount: number) =>
  new UpdateShardCountCommand({ StreamName, TargetShardCount, ScalingType: "UNIFORM_SCALING" });

async function create({ send }: TestAccount, ShardCount: number, mode: StreamMode = "PROVISIONED"): Promise<string> {
  const shards = mode === "PROVISIONED" ? { ShardCount } : {};
  await send(
    KinesisClient,
    new CreateStreamCommand({ StreamName, ...shards, StreamModeDetails: { StreamMode: mode } }),
  );
  return StreamName;
}

pauseSuite("AWS::Kinesis::Stream", {
  seed: (account) => create(account, 8),
  keeps: [
    { why: /on-demand stream: nothing to pause/, seed: (account) => create(account, 4, "ON_DEMAND") },
    { why: /one shard, the fewest/, seed: (account) => create(account, 1) },
    { why: /33 shards to 1 takes 6 calls and 6 back/, seed: (account) => create(account, 33) },
  ],
});

describe("the shards of a Kinesis stream", () => {
  async function tried(shards: number) {
    const account = await testAccount();
    await create(account, shards);
    const scope = writeScope(account.connection, HERE, { signal: new AbortController().signal });
    const open = async () => {
      await account.twin.clock.sleep(600_000);
      const answer = await account.send(KinesisClient, new DescribeStreamSummaryCommand({ StreamName }));
      return answer.StreamDescriptionSummary?.OpenShardCount;
    };
    const targets = () =>
      account.twin.log
        .filter(({ operation }) => operation === "UpdateShardCount")
        .map(({ input }) => (input as { TargetShardCount: number }).TargetShardCount);
    return { account, scope, open, targets, saved: { mode: "PROVISIONED", shards } };
  }

  it.each([
    [8, [4, 2, 1, 2, 4, 8]],
    [5, [3, 2, 1, 2, 4, 5]],
    [32, [16, 8, 4, 2, 1, 2, 4, 8, 16, 32]],
  ])("go from %i down and back by the fewest steps that AWS takes", async (shards, steps) => {
    const { scope, open, targets, saved } = await tried(shards);
    await pause.stop(scope, StreamName, saved);
    expect(await open()).toBe(1);
    await pause.resume(scope, StreamName, saved);

    expect(await open()).toBe(shards);
    expect(targets()).toEqual(steps);
  });

  it("are gone on with where a pause or a resume was cut off", async () => {
    const { account, scope, open, targets, saved } = await tried(8);
    await account.send(KinesisClient, rescale(4));
    await pause.stop(scope, StreamName, saved);
    expect(await open()).toBe(1);
    await account.send(KinesisClient, rescale(2));
    await open();
    const half = await pause.capture(scope, StreamName);
    expect(half && pause.resumed(saved, half).phase).toBe("ready");
    await pause.resume(scope, StreamName, saved);

    expect(await open()).toBe(8);
    expect(targets()).toEqual([4, 2, 1, 2, 4, 8]);
  });
});
