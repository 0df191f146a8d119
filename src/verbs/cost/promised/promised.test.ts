import { RDSClient, StartDBInstanceCommand } from "@aws-sdk/client-rds";
import { beforeAll, expect, it } from "vitest";
import { verbTrial } from "../../../../tests/contract/verbs.ts";
import { type IsoInstant, instant } from "../../../model/brand.ts";
import { dayOf } from "../../../model/calendar.ts";
import { amount, sum } from "../../../model/money.ts";
import { promisedReport } from "../../../report/cost/promised.ts";
import { renderReport } from "../../../report/format.ts";
import type { Bill, Spelled } from "../../../store/bill/contract.ts";
import type { VerbContext } from "../../context.ts";
import { executePause, preparePause } from "../../pause/pause.ts";
import { executeResume, prepareResume } from "../../resume/resume.ts";
import { stopAgain } from "../../stay-stopped/again.ts";
import { holderOf } from "../../stay-stopped/holder.ts";
import { type PromisedResult, promised } from "./promised.ts";

const HOUR_MS = 3_600_000;
const WEEK_MS = 168 * HOUR_MS;

/** A bill in which every resource costs the same each hour, but for those in which it is paused. */
function billOf(now: number, price: string, free: (resource: string, at: IsoInstant) => boolean, weeks = 1): Bill {
  const span = { start: dayOf(now - WEEK_MS), end: dayOf(now + weeks * WEEK_MS) };
  return {
    format: "CUR 2.0",
    files: ["bill.parquet"],
    span,
    split: () => Promise.reject(new Error("nobody asks for a split")),
    accounts: async () => [],
    hoursOf: async (resources: readonly Spelled[], { from, to }) =>
      resources.flatMap(({ resource }) => {
        const hours = [];
        for (let at = Date.parse(from); at < Date.parse(to); at += HOUR_MS)
          if (!free(resource, instant(at)))
            hours.push({ resource, hour: instant(at), hours: 1, amount: amount(price), currency: "USD" });
        return hours;
      }),
    close: async () => {},
  };
}

/** Instances of the demo paused for ten hours and resumed, and what a bill then shows. */
async function trial(price: string, stopped = true) {
  const { context } = await verbTrial();
  const { clock, signal, connection } = context;
  const plan = await preparePause(context, {
    selection: { type: ["ec2:instance"], regions: ["eu-west-1"] },
    extend: false,
    prices: true,
  });
  const from = clock.now();
  await executePause(context, plan, clock.now() + WEEK_MS);
  await clock.sleep(10 * HOUR_MS, signal);
  const to = clock.now();
  await executeResume(context, await prepareResume(context, undefined));
  const free = (_: string, at: IsoInstant) => stopped && Date.parse(at) >= from && Date.parse(at) < to;
  const bill = billOf(from, price, free);
  return { plan, result: await promised(context, bill, { account: connection.account, metric: "unblended" }) };
}

const text = (result: PromisedResult) => renderReport(promisedReport(result), "table", { colour: false, width: 100 });

// The first look loads what the virtual clock would run out of patience for.
beforeAll(async () => void (await trial("0.1")));

it("holds every paused resource against the bill, from its stop to its start", async () => {
  const { plan, result } = await trial("0.1");

  expect(result.measured.map(({ stay }) => stay.target.arn).sort()).toEqual(
    plan.steps.map(({ target }) => target.arn).sort(),
  );
  for (const { paused, promised: each, shown, stay } of result.measured) {
    expect(paused.hours).toBe(9);
    expect(shown).toBe("0.9");
    expect(each).toBe(sum(Array(9).fill(stay.money?.net ?? amount("0"))));
    expect(stay.to).toBeDefined();
  }
  expect(result.total.promised).toBe(sum(result.measured.map((each) => each.promised)));
  expect(await text(result)).toMatch(/Promised \$\d+\.\d\d, shown \$\d+\.\d\d/);
});

it("goes on with a database that AWS has started after seven days and that was stopped again, by a plan without prices", async () => {
  const { context } = await verbTrial();
  const { clock, signal, connection } = context;
  const selection = { type: ["rds:db"], regions: ["us-east-1"] };
  const from = clock.now();
  const plan = await preparePause(context, { selection, extend: false, prices: true });
  await executePause(context, plan, from + 4 * WEEK_MS);
  const held = await holderOf(context, plan.steps[0]?.target.arn ?? "");
  if (!held || "unreadable" in held) throw new Error("the demo has no database to pause");
  const { step } = held;
  await clock.sleep(WEEK_MS, signal);
  const client = connection.client(RDSClient, step.target.region, "write");
  await client
    .send(new StartDBInstanceCommand({ DBInstanceIdentifier: step.target.id }))
    .catch(() => "AWS has started it");
  await clock.sleep(HOUR_MS, signal);
  expect(await stopAgain(context, held, { dryRun: false })).toMatchObject({ kind: "applied" });
  await clock.sleep(24 * HOUR_MS, signal);
  const bill = billOf(from, "0.1", (_, at) => Date.parse(at) >= from, 2);
  const { measured, unmeasured } = await promised(context, bill, { account: connection.account, metric: "unblended" });
  const own = measured.filter(({ stay }) => stay.target.arn === step.target.arn);

  expect(own).toHaveLength(1);
  expect(own[0]?.stay.run).toMatch(/^pause/);
  expect(own[0]?.paused.hours).toBeGreaterThan(168);
  expect(unmeasured.map(({ stay }) => stay.target.arn)).not.toContain(step.target.arn);
});

it("shows nothing saved where AWS went on charging", async () => {
  const { result } = await trial("0.1", false);
  expect(result.total).toMatchObject({ shown: "0" });
  expect(result.total.difference.startsWith("-")).toBe(true);
});

it("says of a plan without prices, and of an account without pauses, that nothing is shown", async () => {
  const { context } = await verbTrial();
  const ask = (each: VerbContext) =>
    promised(
      each,
      billOf(each.clock.now(), "0.1", () => false),
      { account: each.connection.account, metric: "unblended" },
    );
  expect(await text(await ask(context))).toContain("The bill shows nothing of any pause.");

  const plan = await preparePause(context, { selection: { type: ["ec2:instance"] }, extend: false });
  await executePause(context, plan, context.clock.now() + WEEK_MS);
  const { unmeasured, measured } = await ask(context);
  expect(measured).toEqual([]);
  expect(unmeasured).toHaveLength(plan.steps.length);
  expect(unmeasured[0]?.reason).toBe("its plan was made without prices");
});
