/** Fills an account with at least one of every kind of thing, by awscli alone: our own code is never its own witness. */
import { type Aws, openAws } from "./awscli.ts";
import type { Made } from "./made.ts";
import { seedCompute } from "./seed/compute.ts";
import { seedData } from "./seed/data.ts";
import { type Identity, seedIdentity } from "./seed/identity.ts";
import { seedNetwork } from "./seed/network.ts";
import { seedPlatform } from "./seed/platform.ts";
import { seeding } from "./seed/seeding.ts";
import { seedServerless } from "./seed/serverless.ts";
import { seedServing } from "./seed/serving.ts";

export type { Made } from "./made.ts";
export { PLANTED_SECRET } from "./seed/serverless.ts";

/** The regions that are filled. */
export const REGIONS = ["eu-west-1", "us-east-1"] as const;

/** Fills the account at this address; returns what awscli said it made. What AWS makes by itself is in `listing.ts`. */
export async function seedAccount(url: string, regions: readonly string[] = REGIONS): Promise<readonly Made[]> {
  const opened = await Promise.all(regions.map((region) => openAws(url, region)));
  try {
    const global = seeding(opened[0] as Aws, "global");
    const identity = await seedIdentity(global);
    const regional = await Promise.all(regions.map((region, n) => seedRegion(opened[n] as Aws, region, identity)));
    return [...global.inventory, ...regional.flat()];
  } finally {
    await Promise.all(opened.map((aws) => aws.close()));
  }
}

async function seedRegion(aws: Aws, region: string, identity: Identity): Promise<readonly Made[]> {
  const filling = seeding(aws, region);
  const network = await seedNetwork(filling);
  await seedCompute(filling, network);
  await seedData(filling, network);
  await seedServerless(filling, identity);
  await seedServing(filling, network);
  await seedPlatform(filling, identity);
  return filling.inventory;
}
