import { beforeAll, expect, test } from "vitest";
import { applyDrift, type Drift } from "./drift.ts";
import { describeMoto } from "./environment.ts";
import { awscliInventory, awscliListing, typesOf } from "./listing.ts";
import type { Made } from "./made.ts";
import { REGIONS, seedAccount } from "./seed.ts";
import { useMoto } from "./use-moto.ts";

/** What AWS makes by itself: default networks, what an instance or an Auto Scaling group brings along. */
const IMPLICIT = ["Instance", "Volume", "Snapshot", "SecurityGroup", "NetworkInterface", "VPC", "Subnet", "RouteTable"];

const keyOf = ({ type, region, id }: Made) => `${region} ${type} ${id}`;
const keysOf = (all: readonly Made[]) => all.map(keyOf).sort();

describeMoto("a seeded account", () => {
  const moto = useMoto({ strict: true });
  let inventory: readonly Made[];

  const listAll = async () =>
    (await Promise.all(["global", ...REGIONS].map((region) => awscliListing(moto.url, region)))).flat();

  beforeAll(async () => {
    inventory = await seedAccount(moto.url);
  });

  test("has at least one of every listed type in both regions, and awscli lists it", async () => {
    for (const region of ["global", ...REGIONS]) {
      const listed = await awscliInventory(moto.url, region);

      for (const type of typesOf(region)) {
        const ids = inventory.filter((one) => one.type === type && one.region === region).map((one) => one.id);
        const extra = [...(listed.get(type) ?? [])].filter((id) => !ids.includes(id));
        const implicit = IMPLICIT.some((name) => type === `AWS::EC2::${name}`);
        expect.soft(ids, `${region} ${type}`).not.toEqual([]);
        expect.soft([...(listed.get(type) ?? [])], `${region} ${type}`).toEqual(expect.arrayContaining(ids));
        expect.soft(extra.length > 0, `${region} ${type} has others: ${extra}`).toBe(implicit);
      }
    }
  });

  test("drifts by exactly what the drift tells", async () => {
    const before = keysOf(await listAll());

    const drift: Drift = await applyDrift(moto.url, inventory, "eu-west-1");

    const after = keysOf(await listAll());
    expect(after.filter((key) => !before.includes(key))).toEqual(keysOf(drift.added));
    expect(before.filter((key) => !after.includes(key))).toEqual(keysOf(drift.deleted));
    expect(after).toEqual(expect.arrayContaining(keysOf(drift.modified.map(({ made }) => made))));
    expect(drift.modified.length).toBeGreaterThan(15);
  });
});
