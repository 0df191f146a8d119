import { describe, expect, it } from "vitest";
import { virtualClock } from "../twin/clock.ts";
import { FAULTS } from "../twin/faults.ts";
import { createTwin } from "../twin/twin.ts";
import { emptyWorld } from "../twin/world.ts";
import { connect } from "./session.ts";

function twinned(faults: Parameters<typeof createTwin>[0]["faults"] = []) {
  const world = emptyWorld(["111111111111"]);
  const clock = virtualClock(world.startedAt);
  const twin = createTwin({ world, clock, faults, strict: true });
  return {
    twin,
    session: { clock, signal: new AbortController().signal, wire: { kind: "direct", call: twin.direct() } } as const,
  };
}

describe("a session", () => {
  it("knows the account, the partition and who calls", async () => {
    const connection = await connect({ ...twinned().session, region: "eu-west-1" });

    expect(connection).toMatchObject({
      account: "111111111111",
      partition: "aws",
      defaultRegion: "eu-west-1",
      globalRegion: "us-east-1",
    });
    expect(connection.caller).toBe("arn:aws:iam::111111111111:user/twin");
  });

  it("finds global services of other partitions in their own main region", async () => {
    const { twin, session } = twinned();
    twin.world.partition = "aws-cn";

    expect((await connect({ ...session, region: "cn-northwest-1" })).globalRegion).toBe("cn-north-1");
  });

  it("refuses a region or endpoint that is none before any call", async () => {
    const { twin, session } = twinned();

    await expect(connect({ ...session, region: "dublin" })).rejects.toMatchObject({ code: "USAGE" });
    await expect(connect({ ...session, endpoint: "localhost:4566" })).rejects.toMatchObject({ code: "BAD_ENDPOINT" });
    expect(twin.log).toEqual([]);
  });

  it("says that credentials have expired, and what to do", async () => {
    const { session } = twinned([FAULTS.expired]);

    await expect(connect({ ...session, region: "eu-west-1" })).rejects.toMatchObject({
      code: "EXPIRED_CREDENTIALS",
      details: { hint: expect.stringContaining("sign in again") },
    });
  });

  it("asks for the regions once, and says how to do without", async () => {
    const { twin, session } = twinned();
    const connection = await connect({ ...session, region: "eu-west-1" });
    await Promise.all([connection.enabledRegions(), connection.enabledRegions()]);
    expect(twin.log.filter(({ operation }) => operation === "DescribeRegions")).toHaveLength(1);

    twin.faults = [{ ...FAULTS.denied, operation: "DescribeRegions" }];
    const other = await connect({ ...session, region: "eu-west-1" });
    await expect(other.enabledRegions()).rejects.toMatchObject({
      details: { action: "ec2:DescribeRegions", hint: expect.stringContaining("--regions") },
    });
  });
});
