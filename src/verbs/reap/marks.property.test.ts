import {
  CreateTagsCommand,
  DeleteKeyPairCommand,
  DescribeKeyPairsCommand,
  EC2Client,
  type Tag,
} from "@aws-sdk/client-ec2";
import fc from "fast-check";
import { expect, it } from "vitest";
import { key, type ReapTrial, reapTrial } from "../../../tests/contract/builds.ts";
import { runs } from "../../../tests/contract/runs.ts";
import { FAULTS } from "../../twin/faults.ts";

const NAMES = ["a", "b", "c"] as const;

/** What happens to each before a run, and whether the policy of that run matches it. */
const round = fc.record({
  before: fc.tuple(...NAMES.map(() => fc.constantFrom("nothing", "nothing", "replaced", "tagged", "protected"))),
  matches: fc.tuple(...NAMES.map(() => fc.boolean())),
  /** Of its changing calls, the first that AWS refuses; 9 = none. */
  refused: fc.constantFrom(0, 1, 9, 9),
});

it(
  "remove exactly what two runs on end have found, the same resource with the same tags, and mark the rest",
  () =>
    fc.assert(
      fc.asyncProperty(fc.array(round, { minLength: 2, maxLength: 6 }), async (rounds) => {
        const trial = await reapTrial();
        // By name: how often it was replaced or tagged; undefined = it is gone.
        const there = new Map<string, number>();
        for (const name of NAMES) there.set(name, Number(await key(trial, name).then(() => 0)));
        const guarded = new Set<string>();
        let found = new Map<string, number>();
        for (const { before, matches, refused } of rounds) {
          for (const [at, name] of NAMES.entries()) {
            const version = there.get(name);
            const what = before[at];
            if (version === undefined || what === "nothing") continue;
            if (what === "protected") guarded.add(name);
            if (what === "replaced") guarded.delete(name);
            await change(trial, name, what, version + 1);
            there.set(name, version + 1);
          }
          await trial.hours(1);
          const named = NAMES.filter((_, at) => matches[at]);
          const match = { type: ["ec2:key-pair"], name: `/^(${named.join("|") || "none"})$/` };
          const written = { mine: { match, action: "remove", "confirm-runs": 2 } } as const;
          const wanted = named.filter((name) => there.has(name) && !guarded.has(name));
          const confirmed = wanted.filter((name) => found.get(name) === there.get(name));
          trial.account.twin.faults = [{ ...FAULTS.denied, operation: "CreateTags", skip: refused, times: 1 }];
          const { plan, outcomes } = await trial.reap({ policies: ["mine"], written, maxShare: 1 });
          trial.account.twin.faults = [];
          const namesOf = (operation: string) =>
            plan.steps.filter((step) => step.operation === operation).map(({ target }) => target.id);
          const failed = plan.steps
            .filter(({ id }) => outcomes.get(id)?.kind !== "applied")
            .map(({ target }) => target.id);

          expect(namesOf("remove").sort()).toEqual([...confirmed].sort());
          expect(namesOf("mark").sort()).toEqual(wanted.filter((name) => !confirmed.includes(name)).sort());
          for (const name of confirmed) there.delete(name);
          found = new Map(
            wanted.flatMap((name): [string, number][] => {
              const version = there.get(name);
              return version === undefined || failed.includes(name) ? [] : [[name, version]];
            }),
          );
          expect(await present(trial)).toEqual([...there.keys()].sort());
        }
      }),
      { ...runs(40), seed: 7 },
    ),
  60_000,
);

/** A new one of the same name takes all tags of the old one along, its mark among them. */
async function change({ account }: ReapTrial, name: string, what: string | undefined, version: number) {
  const { KeyPairs = [] } = await account.send(EC2Client, new DescribeKeyPairsCommand({ KeyNames: [name] }));
  const [old] = KeyPairs;
  const set = (KeyPairId: string | undefined, Tags: Tag[]) =>
    account.send(EC2Client, new CreateTagsCommand({ Resources: [KeyPairId ?? ""], Tags }));
  if (what === "protected") return set(old?.KeyPairId, [{ Key: "evenkeel:protect", Value: "yes" }]);
  if (what === "tagged") return set(old?.KeyPairId, [{ Key: "version", Value: String(version) }]);
  await account.send(EC2Client, new DeleteKeyPairCommand({ KeyName: name }));
  await key({ account } as ReapTrial, name);
  const made = await account.send(EC2Client, new DescribeKeyPairsCommand({ KeyNames: [name] }));
  const copied = (old?.Tags ?? []).filter(({ Key }) => Key !== "evenkeel:protect");
  if (copied.length > 0) await set(made.KeyPairs?.[0]?.KeyPairId, copied);
}

async function present({ account }: ReapTrial): Promise<string[]> {
  const { KeyPairs = [] } = await account.send(EC2Client, new DescribeKeyPairsCommand({}));
  return KeyPairs.map(({ KeyName = "" }) => KeyName).sort();
}
