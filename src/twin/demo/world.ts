import { AllocateAddressCommand, CreateVolumeCommand, EC2Client } from "@aws-sdk/client-ec2";
import { virtualClock } from "../clock.ts";
import { emptyWorld, type World } from "../world.ts";
import { alarms, containers, functions, inference, stack } from "./applications.ts";
import { data } from "./data.ts";
import { identity } from "./identity.ts";
import { metrics } from "./metrics.ts";
import { network, tagged } from "./network.ts";
import { failedBuild } from "./packer.ts";
import { type Seed, seedOf } from "./seed.ts";
import { spending } from "./spending.ts";
import { webFleet } from "./web-fleet.ts";

/** The account that the demo lives in, and a second one beside it. */
export const STAGING = "111122223333";
export const SANDBOX = "444455556666";

/** Access keys of the demo; any other key is the staging account's. */
export const SANDBOX_KEY = "AKIASANDBOX000000000";

/** Hours between the parts of the story. */
const HOURS = {
  toTheFleet: 24,
  toTheDatabases: 48,
  toTheLoadTest: 21 * 24,
  toTheBuilds: 19 * 24,
  betweenBuilds: 20,
  toNow: 30,
};
const STORY_MS = Object.values(HOURS).reduce((sum, hours) => sum + hours, 0) * 3_600_000;

/**
 * Three regions of an account: a web fleet, databases, containers, a stream, functions, what a load test and failed Packer
 * builds left behind, and what it all cost; and a second account. Always the same, to the last id; only the times move with
 * `now`.
 * @param now when the story has come to its end, ISO; `startedAt` of the world says the same
 */
export async function demoWorld(now = "2026-01-13T11:00:00.000Z"): Promise<World> {
  const world = emptyWorld([STAGING, SANDBOX], new Date(Date.parse(now) - STORY_MS).toISOString());
  for (const account of Object.values(world.accounts))
    account.enabledRegions = ["ap-southeast-2", "eu-west-1", "us-east-1"];
  Object.assign(world.accounts[STAGING] ?? {}, { alias: "acme-staging" });
  Object.assign(world.accounts[SANDBOX] ?? {}, { alias: "acme-sandbox" });
  world.accessKeys[SANDBOX_KEY] = { account: SANDBOX, arn: `arn:aws:iam::${SANDBOX}:user/ada` };
  const clock = virtualClock(world.startedAt);

  const dublin = seedOf(world, "eu-west-1", "", clock);
  await identity(dublin);
  const shop = await network(dublin, "shop", "10.20");
  dublin.later(HOURS.toTheFleet);
  await webFleet(dublin, shop);
  await functions(dublin);
  await alarms(dublin);
  await stack(dublin);
  dublin.later(HOURS.toTheDatabases);

  const virginia = dublin.in("us-east-1");
  const back = await network(virginia, "back", "10.30");
  await data(virginia, back);
  await containers(virginia, back);
  await inference(virginia);
  dublin.later(HOURS.toTheLoadTest);
  await leftByLoadTest(virginia);
  dublin.later(HOURS.toTheBuilds);

  const sydney = dublin.in("ap-southeast-2");
  const builds = await network(sydney, "builds", "10.40");
  await failedBuild(sydney, builds, "1", true);
  dublin.later(HOURS.betweenBuilds);
  await failedBuild(sydney, builds, "2", false);
  dublin.later(HOURS.toNow);

  await network(seedOf(world, "eu-west-1", SANDBOX_KEY, clock), "play", "10.99");
  metrics(world, STAGING);
  world.startedAt = new Date(clock.now()).toISOString();
  Object.assign(world.accounts[STAGING] ?? {}, { costsByResource: true });
  world.charges = spending(world, STAGING);
  // AWS's pages are far larger than those of tests: one is enough for each answer.
  world.chargesAPage = 2000;
  return world;
}

/** An address and a volume that nobody has thought of since. */
async function leftByLoadTest(seed: Seed): Promise<void> {
  const ec2 = seed.client(EC2Client);
  const purpose = { purpose: "load-test" };
  const address = tagged("elastic-ip", "load-test", purpose);
  await ec2.send(new AllocateAddressCommand({ Domain: "vpc", TagSpecifications: address }));
  const volume = { AvailabilityZone: `${seed.region}a`, Size: 200, VolumeType: "gp2" as const };
  const TagSpecifications = tagged("volume", "load-test-results", purpose);
  await ec2.send(new CreateVolumeCommand({ ...volume, TagSpecifications }));
}
