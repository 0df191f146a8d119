import { EC2Client, StopInstancesCommand } from "@aws-sdk/client-ec2";
import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { ACCOUNT, HERE } from "../../../tests/contract/account.ts";
import { address, disk, group, instance, key, type ReapTrial, reapTrial } from "../../../tests/contract/builds.ts";
import { runs } from "../../../tests/contract/runs.ts";

vi.setConfig({ testTimeout: 60_000 });

const READS = /^(Describe|List|Get|Head|Lookup)/;
const KEYS = ["packer_a", "packer_", "packer", "Packer_a", "xpacker_", "mine", undefined] as const;
const GROUPS = ["packer_shared", "web", "jetpacker_web"] as const;

/** One instance of an account: its key, its age in half hours, its groups, and what hangs on it. */
const INSTANCE = fc.record({
  key: fc.constantFrom(...KEYS),
  halfHours: fc.integer({ min: 0, max: 8 }),
  groups: fc.subarray([...GROUPS]),
  isStopped: fc.boolean(),
  hasDisk: fc.boolean(),
  hasAddress: fc.boolean(),
});
const ACCOUNTS = fc.array(INSTANCE, { minLength: 1, maxLength: 5 });
const LIMIT = 4;

type Drawn = typeof INSTANCE extends fc.Arbitrary<infer T> ? T : never;
interface Made extends Drawn {
  readonly id: string;
  readonly disk: string | undefined;
  readonly address: string | undefined;
}

async function seed(trial: ReapTrial, drawn: readonly Drawn[]) {
  for (const name of KEYS) if (name !== undefined) await key(trial, name);
  const groups = new Map<string, string>();
  for (const name of GROUPS) groups.set(name, await group(trial, name));
  const made: Made[] = [];
  const oldest = Math.max(...drawn.map(({ halfHours }) => halfHours));
  for (let left = oldest; left >= 0; left--) {
    for (const each of drawn.filter(({ halfHours }) => halfHours === left)) {
      const KeyName = each.key === undefined ? {} : { KeyName: each.key };
      const own = each.groups.map((name) => groups.get(name) ?? "");
      const id = await instance(trial, { ...KeyName, ...(own.length > 0 ? { groups: own } : {}) });
      made.push({
        ...each,
        id,
        disk: each.hasDisk ? await disk(trial, id) : undefined,
        address: each.hasAddress ? await address(trial, id) : undefined,
      });
    }
    await trial.account.twin.clock.sleep(1_800_000);
  }
  // The instant at which the last were made is half an hour ago.
  for (const { id, isStopped, halfHours } of made)
    if (isStopped && halfHours > 0)
      await trial.account.send(EC2Client, new StopInstancesCommand({ InstanceIds: [id] }));
  return { made, groups };
}

it("takes the zombies, whatever hangs on them alone, and nothing of anybody else; and then finds nothing more", () =>
  fc.assert(
    fc.asyncProperty(ACCOUNTS, async (drawn) => {
      const trial = await reapTrial();
      const { made, groups } = await seed(trial, drawn);
      const { twin } = trial.account;
      const isZombie = ({ key: name, halfHours }: Made) =>
        Boolean(name?.startsWith("packer_")) && halfHours + 1 >= LIMIT;
      const [zombies, others] = [made.filter(isZombie), made.filter((each) => !isZombie(each))];
      twin.log.length = 0;
      const plan = await trial.plan();
      const told = new Set([...plan.steps, ...plan.kept].map(({ target }) => target.id));
      const changes = twin.log.filter(({ operation }) => !READS.test(operation));
      const { outcomes } = await trial.reap();
      const rows = twin.world.accounts[ACCOUNT]?.regions[HERE] ?? {};
      const states = new Map(
        Object.values(rows["ec2.instance"] ?? {}).map((row) => [row.InstanceId, (row.State as { Name: string }).Name]),
      );
      const isThere = (kind: string, id: string | undefined) => id === undefined || Object.hasOwn(rows[kind] ?? {}, id);
      const keys = new Set(Object.values(rows["ec2.key-pair"] ?? {}).map((row) => row.KeyName));
      const named = (all: readonly Made[], name: string) => all.some((each) => each.key === name);
      const holding = (all: readonly Made[], name: string) => all.some((each) => each.groups.includes(name as never));

      expect(changes).toEqual([]);
      expect([...outcomes.values()].filter(({ kind }) => kind !== "applied")).toEqual([]);
      for (const each of zombies) {
        expect(states.get(each.id) ?? "terminated").toBe("terminated");
        expect(each.disk === undefined || !isThere("ec2.volume", each.disk)).toBe(true);
        expect(each.address === undefined || !isThere("ec2.address", each.address)).toBe(true);
      }
      for (const each of others) {
        expect(["running", "stopped", "stopping", "pending"]).toContain(states.get(each.id));
        expect(isThere("ec2.volume", each.disk)).toBe(true);
        expect(isThere("ec2.address", each.address)).toBe(true);
        for (const id of [each.disk, each.address]) expect(told).not.toContain(id);
      }
      for (const name of ["packer", "Packer_a", "xpacker_", "mine"]) expect(keys).toContain(name);
      for (const name of ["packer_a", "packer_"]) if (named(others, name)) expect(keys).toContain(name);
      for (const name of ["packer_a", "packer_"])
        if (named(zombies, name) && !named(others, name)) expect(keys).not.toContain(name);
      for (const name of ["web", "jetpacker_web"]) expect(isThere("ec2.security-group", groups.get(name))).toBe(true);
      const isGroupGone = holding(zombies, "packer_shared") && !holding(others, "packer_shared");
      expect(isThere("ec2.security-group", groups.get("packer_shared"))).toBe(!isGroupGone);
      expect((await trial.plan()).steps).toEqual([]);
    }),
    runs(60),
  ));
