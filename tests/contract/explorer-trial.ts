import fc from "fast-check";
import { memoryHost } from "../../src/io/memory.ts";
import { type Amount, NOTHING } from "../../src/model/money.ts";
import { virtualClock } from "../../src/twin/clock.ts";
import type { WorldCharge } from "../../src/twin/services/ce/ledger.ts";
import { emptyWorld, type World } from "../../src/twin/world.ts";
import type { ExplorerMeans } from "../../src/verbs/cost/explorer/explorer.ts";
import { ACCOUNT, testAccount } from "./account.ts";
import { memoryStore } from "./memory-store.ts";

export const COMPUTE = "Amazon Elastic Compute Cloud - Compute";
export const NOW = "2026-03-20T11:00:00.000Z";

/** A line of a ledger; a whole day long ago is told as a whole. */
export function charge(more: Partial<WorldCharge> = {}): WorldCharge {
  return {
    day: "2026-03-10",
    service: COMPUTE,
    account: ACCOUNT,
    region: "eu-west-1",
    recordType: "Usage",
    amount: "1",
    ...more,
  };
}

export interface TrialOptions {
  readonly charges?: WorldCharge[];
  readonly answers?: readonly boolean[];
  /** Whether AWS tells resources. */
  readonly resources?: boolean;
  readonly now?: string;
}

/** An account with a ledger, and all that asks Cost Explorer for it. Resources whose id has an `a` in it are the baseline's. */
export async function explorerTrial({
  charges = [charge()],
  answers = [],
  resources = true,
  now = NOW,
}: TrialOptions = {}) {
  const world: World = { ...emptyWorld([ACCOUNT, "222222222222"], now), charges };
  Object.assign(world.accounts[ACCOUNT] ?? {}, { costsByResource: resources, paysForAll: true });
  const clock = virtualClock(now);
  const { twin, connection } = await testAccount({ world, clock });
  const host = memoryHost(answers);
  const store = memoryStore();
  const means: ExplorerMeans = {
    connection,
    host,
    store,
    judge: ({ resource, kind }) =>
      resource === undefined
        ? { side: "unallocated", reason: `${kind} without a resource` }
        : { side: resource.includes("a") ? "baseline" : "notBaseline", type: "AWS::EC2::Instance" },
    weigh: async ({ service }) =>
      service === COMPUTE
        ? { baseline: "1" as Amount, notBaseline: "2" as Amount, sureness: "by price" }
        : { doubt: "nothing is known of it" },
  };
  const requests = () => twin.log.filter(({ service }) => service === "ce");
  return { twin, clock, host, store, means, connection, requests };
}

/** The sum of a ledger, in whole ten-thousand-millionths: apart from all arithmetic of the tool and of the twin. */
export function units(amounts: readonly string[]): bigint {
  return amounts.reduce((total, text) => {
    const [, minus, whole = "", digits = ""] = /^(-?)(\d+)\.?(\d{0,10})$/.exec(text) ?? [];
    if (whole === "") throw new Error(`not an amount of ten digits: ${text}`);
    const value = BigInt(whole + digits.padEnd(10, "0"));
    return minus ? total - value : total + value;
  }, 0n);
}

const amounts = fc
  .tuple(fc.integer({ min: -50, max: 400 }), fc.integer({ min: 0, max: 9_999_999_999 }))
  .map(([whole, digits]) => `${whole}.${String(digits).padStart(10, "0")}`);

/** Ledgers of a few days with all kinds of lines, of two accounts. */
export const ledgers: fc.Arbitrary<WorldCharge[]> = fc.array(
  fc.record(
    {
      day: fc.constantFrom("2026-02-27", "2026-02-28", "2026-03-01", "2026-03-09", "2026-03-10"),
      service: fc.constantFrom(
        COMPUTE,
        "EC2 - Other",
        "Tax",
        "AWS Support (Business)",
        "AWS Data Transfer",
        "Amazon Kendra",
      ),
      account: fc.constantFrom(ACCOUNT, "222222222222"),
      recordType: fc.constantFrom(
        "Usage",
        "DiscountedUsage",
        "Tax",
        "Credit",
        "Refund",
        "RIFee",
        "SavingsPlanNegation",
      ),
      amount: fc.oneof(amounts, fc.constantFrom<string>(NOTHING, "0.0000000001")),
      region: fc.constantFrom("eu-west-1", "us-east-1", "global"),
      resource: fc.constantFrom("i-0a", "i-0b", "arn:aws:ec2:eu-west-1:111111111111:volume/vol-0c"),
      tags: fc.constantFrom<Record<string, string>>({ team: "$hop" }, { team: "" }, { other: "x" }),
    },
    { requiredKeys: ["day", "service", "account", "recordType", "amount"] },
  ),
  { maxLength: 40 },
) as fc.Arbitrary<WorldCharge[]>;
