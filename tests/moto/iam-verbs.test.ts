import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { FACTS } from "../../src/catalog/registry.ts";
import { neededActions, type Verb } from "../../src/verbs/iam/needs.ts";
import { leastPolicy } from "../../src/verbs/iam/policy.ts";
import { environment, folder, start } from "../cli/process.ts";
import { describeMoto } from "./describe-moto.ts";
import { assumed, enforced } from "./iam/enforced.ts";
import { readJournal } from "./journal.ts";
import { seedAccount } from "./seed.ts";
import { useMoto } from "./use-moto.ts";

const HERE = "eu-west-1";

/** Verbs that only read, or plan, as they are called; in this order, as the first makes the baseline of the others. */
const CALLS: readonly (readonly [verb: Verb, argv: readonly string[]])[] = [
  ["snapshot", ["snapshot", "create", "base"]],
  ["delta", ["delta"]],
  ["status", ["status", "--no-prices"]],
  ["findings", ["findings", "--no-prices"]],
  ["cost", ["cost", "--no-resources"]],
  ["doctor", ["doctor"]],
  ["pause", ["pause", "--no-prices", "--dry-run"]],
  ["restore", ["restore", "--include-undated", "--max-share", "100", "--dry-run"]],
];

describeMoto("verbs of the command line under their own policies, with IAM enforced", () => {
  const home = folder();
  const journal = join(home, "journal");
  const moto = useMoto({ strict: true, region: HERE, journal });
  beforeAll(() => seedAccount(moto.url, [HERE]));

  test.each(CALLS)("%s is refused nothing", async (verb, argv) => {
    const { Statement } = leastPolicy(neededActions([verb], FACTS), FACTS);
    const credentials = await assumed(moto.aws, `may-${verb}`, Statement);
    const env = { ...environment(moto.url, home), ...credentials, AWS_REGION: HERE };
    const from = readJournal(journal).length;

    const { code, stderr } = await enforced(moto.url, () => start([...argv, "--regions", HERE], env, home).done);

    const asked = readJournal(journal, from).filter(({ action }) => action);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter(({ status }) => status === 403).map(({ action }) => action)).toEqual([]);
    // 5: moto lacks listings of some types, and says so.
    expect([0, 5], stderr).toContain(code);
  });
});
