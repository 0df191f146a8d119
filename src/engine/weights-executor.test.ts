import { DeleteRuleCommand, ElasticLoadBalancingV2Client as ELB } from "@aws-sdk/client-elastic-load-balancing-v2";
import { expect, it } from "vitest";
import { HERE, testAccount } from "../../tests/contract/account.ts";
import { memoryStore } from "../../tests/contract/memory-store.ts";
import type { Connection } from "../aws/connection.ts";
import { readActions, weightsIn } from "../catalog/elasticloadbalancingv2/forwarding.ts";
import { forwarding, seedRule, seedSpread, setActions } from "../catalog/elasticloadbalancingv2/shedding.trial.ts";
import { readScope } from "../catalog/scope.ts";
import { memoryHost } from "../io/memory.ts";
import type { Arn } from "../model/brand.ts";
import { EvenkeelError } from "../model/errors.ts";
import type { Outcome, Plan, Step } from "../model/plan.ts";
import type { Weights } from "../model/weights.ts";
import { FAULTS, type Fault } from "../twin/faults.ts";
import { apply } from "./apply.ts";
import { executorOf } from "./executor.ts";
import type { JournalLine } from "./journal.ts";
import type { Executor } from "./live-state.ts";
import { refuseReweighting, weightsExecutor } from "./weights-executor.ts";

const { signal } = new AbortController();

/** A listener with three rules at 100/0 and a default rule at 999/0, and steps that set each to 60/40 of that. */
async function seeded() {
  const account = await testAccount();
  const { connection, twin } = account;
  const { listener, groups } = await seedSpread(account);
  const at = (primary: number, standby: number): Weights => ({ [groups.primary]: primary, [groups.standby]: standby });
  await setActions(account, listener, [forwarding(at(999, 0))]);
  const rules: string[] = [];
  for (const priority of [1, 2, 3]) rules.push(await seedRule(account, listener, priority, [forwarding(at(100, 0))]));
  const stepFor = (rule: string, expects: Weights, sets: Weights): Step => ({
    id: rule,
    operation: "reweight",
    target: { arn: rule as Arn, type: "AWS::ElasticLoadBalancingV2::ListenerRule", id: rule, region: HERE },
    says: "",
    reason: "",
    stage: 0,
    expects: { weights: expects },
    saves: { weights: expects },
    sets: { weights: sets },
    after: [],
    loses: [],
    risks: [],
    iam: [],
  });
  const steps = [
    ...rules.map((rule) => stepFor(rule, at(100, 0), at(60, 40))),
    stepFor(listener, at(999, 0), at(599, 400)),
  ];
  const lines: JournalLine[] = [];
  const run = async (executor: Executor = weightsExecutor(connection, signal), earlier = {}) => {
    const journal = { write: async (line: JournalLine) => void lines.push(line) };
    const options = { executor, journal, host: memoryHost(), clock: connection.clock, stop: signal, ...earlier };
    const outcomes = await apply({ verb: "shed", steps } as unknown as Plan, options);
    return steps.map(({ id }) => outcomes.get(id));
  };
  const weights = () =>
    Promise.all(
      [...rules, listener].map(async (rule) =>
        Object.values(weightsIn((await readActions(readScope(connection, HERE, { signal }), rule)) ?? []) ?? {}).join(
          "/",
        ),
      ),
    );
  const writes = () => twin.log.filter(({ operation, error }) => operation.startsWith("Modify") && !error);
  const fault = (planned: Partial<Fault>) => {
    twin.faults = [...twin.faults, { ...FAULTS.throttle, operation: "ModifyRule", ...planned }];
  };
  twin.log.length = 0;
  return { account, connection, twin, listener, rules, groups, at, steps, lines, run, weights, writes, fault };
}

const APPLIED: Outcome = { kind: "applied" };

it("sets each rule's weights, and the default rule's by way of its listener, one write after the other", async () => {
  const { run, weights, writes, twin, lines } = await seeded();

  expect(await run()).toEqual([APPLIED, APPLIED, APPLIED, APPLIED]);
  expect(await weights()).toEqual(["60/40", "60/40", "60/40", "599/400"]);
  expect(writes().map(({ operation }) => operation)).toEqual([
    "ModifyRule",
    "ModifyRule",
    "ModifyRule",
    "ModifyListener",
  ]);
  // Each of them right behind a reading of the rule.
  const operations = twin.log.map(({ operation }) => operation);
  for (const [index, operation] of operations.entries())
    if (operation.startsWith("Modify")) expect(operations[index - 1]).toBe("DescribeRules");
  const told = lines.flatMap((line) => (line.kind === "outcome" ? [line.requestIds?.length] : []));
  expect(told).toEqual([1, 1, 1, 1]);
});

it("writes no rule that is as wanted, and none twice", async () => {
  const { account, run, weights, writes, rules, at } = await seeded();
  await setActions(account, rules[1] ?? "", [forwarding(at(60, 40))]);
  const before = writes().length;

  expect((await run()).map((outcome) => outcome?.kind)).toEqual(["applied", "unchanged", "applied", "applied"]);
  expect(writes()).toHaveLength(before + 3);
  await run();
  expect(writes()).toHaveLength(before + 3);
  expect(await weights()).toEqual(["60/40", "60/40", "60/40", "599/400"]);
});

it("leaves a rule that somebody has changed, or that is gone, and goes on with the others", async () => {
  const { account, run, weights, rules, at, groups } = await seeded();
  await setActions(account, rules[0] ?? "", [forwarding(at(90, 10))]);
  await setActions(account, rules[1] ?? "", [{ Type: "forward", TargetGroupArn: groups.primary }]);
  await account.send(ELB, new DeleteRuleCommand({ RuleArn: rules[2] }));

  expect(await run()).toEqual([
    { kind: "skipped", reason: expect.stringMatching(/someone changed it.*90.*10/) },
    { kind: "skipped", reason: expect.stringMatching(/someone changed it/) },
    { kind: "skipped", reason: "it is gone" },
    APPLIED,
  ]);
  expect(await weights()).toEqual(["90/10", "1", "", "599/400"]);
});

it("sees a change between the look and the write", async () => {
  const { account, connection, run, weights, rules, at } = await seeded();
  const executor = weightsExecutor(connection, signal);
  const outcomes = await run({
    ...executor,
    act: async (step, heard) => {
      if (step.id === rules[1]) await setActions(account, step.id, [forwarding(at(50, 50))]);
      return executor.act(step, heard);
    },
  });

  expect(outcomes[1]).toMatchObject({ kind: "failed", code: "REFUSED", reason: expect.stringMatching(/a moment ago/) });
  expect(await weights()).toEqual(["60/40", "50/50", "60/40", "599/400"]);
});

it("sees a change between a throttled attempt and the next", async () => {
  const { account, connection, run, weights, rules, at, fault, writes } = await seeded();
  fault({ times: 1 });
  void connection.clock.sleep(500).then(() => setActions(account, rules[0] ?? "", [forwarding(at(50, 50))]));

  expect((await run())[0]).toMatchObject({ kind: "failed", code: "REFUSED" });
  expect(await weights()).toEqual(["50/50", "60/40", "60/40", "599/400"]);
  expect(writes()).toHaveLength(4);
});

it("comes through when the second rule is throttled for a while", async () => {
  const { run, weights, fault, writes } = await seeded();
  fault({ skip: 1, times: 3 });

  expect(await run()).toEqual([APPLIED, APPLIED, APPLIED, APPLIED]);
  expect(await weights()).toEqual(["60/40", "60/40", "60/40", "599/400"]);
  expect(writes()).toHaveLength(4);
});

it("gives up a rule that stays throttled, tells it, and the next step ends it", async () => {
  const { run, weights, fault, twin } = await seeded();
  fault({ skip: 1, times: 6 });

  expect(await run()).toMatchObject([
    APPLIED,
    { kind: "deferred", reason: expect.stringMatching(/Throttling/) },
    APPLIED,
    APPLIED,
  ]);
  expect(await weights()).toEqual(["60/40", "100/0", "60/40", "599/400"]);
  twin.faults = [];
  await run();
  expect(await weights()).toEqual(["60/40", "60/40", "60/40", "599/400"]);
});

it("knows its own write again when the answer got lost", async () => {
  const { run, weights, fault, writes } = await seeded();
  fault({ ...FAULTS.serverError, kind: "lost-answer", times: 1 });

  expect(await run()).toEqual([APPLIED, APPLIED, APPLIED, APPLIED]);
  expect(await weights()).toEqual(["60/40", "60/40", "60/40", "599/400"]);
  expect(writes().filter(({ operation }) => operation === "ModifyRule")).toHaveLength(2);
});

/** A connection whose readings of rules tell for a while what was before. */
function lagging(connection: Connection, ms: number): Connection {
  const started = connection.clock.now();
  const stale = new Map<string, unknown>();
  return {
    ...connection,
    client: (clientClass, region, lane) => {
      const client = connection.client(clientClass, region, lane) as { send(command: object): Promise<unknown> };
      if (lane === "write") return client as never;
      const send = async (command: { readonly input?: object }) => {
        const asked = JSON.stringify(command.input);
        if (!stale.has(asked)) stale.set(asked, structuredClone(await client.send(command)));
        return connection.clock.now() - started < ms ? stale.get(asked) : client.send(command);
      };
      return Object.assign(Object.create(client) as typeof client, { send }) as never;
    },
  };
}

it("waits for the readings to follow, half a minute at most", async () => {
  const patient = await seeded();
  expect(await patient.run(weightsExecutor(lagging(patient.connection, 20_000), signal))).toEqual(
    Array(4).fill(APPLIED),
  );
  expect(patient.writes()).toHaveLength(4);

  const late = await seeded();
  const outcomes = await late.run(weightsExecutor(lagging(late.connection, 120_000), signal));
  expect(outcomes).toEqual(
    Array(4).fill({ kind: "deferred", reason: expect.stringMatching(/did not show in time: it is at \{/) }),
  );
  expect(late.connection.clock.now() - Date.parse(late.twin.world.startedAt)).toBeLessThan(90_000);
  // What is deferred is there; the next step finds it so.
  expect(await late.weights()).toEqual(["60/40", "60/40", "60/40", "599/400"]);
});

it("asks before each write whether it still may", async () => {
  const { connection, run, weights, fault, writes } = await seeded();
  const over = new EvenkeelError("CANCELLED", "the lease is over");
  fault({ skip: 1, times: 1 });
  let asked = 0;
  const executor = weightsExecutor(connection, signal, () => {
    // The first rule, the throttled attempt of the second; then it is over.
    if (++asked > 2) throw over;
  });

  await expect(run(executor)).rejects.toBe(over);
  expect(await weights()).toEqual(["60/40", "100/0", "100/0", "999/0"]);
  expect(writes()).toHaveLength(1);
});

it("ends a step that was cut off, whether or not it had written", async () => {
  const { account, run, weights, rules, at } = await seeded();
  await setActions(account, rules[0] ?? "", [forwarding(at(60, 40))]);
  const earlier = { earlier: { outcomes: new Map(), begun: new Set(rules) } };

  expect(await run(undefined, earlier)).toEqual([APPLIED, APPLIED, APPLIED, APPLIED]);
  expect(await weights()).toEqual(["60/40", "60/40", "60/40", "599/400"]);
});

it("is the only way to carry out such a plan", async () => {
  const { connection, steps } = await seeded();
  const context = { connection, store: memoryStore(), clock: connection.clock, signal };
  const refused = { code: "REFUSED", details: { hint: expect.stringMatching(/shed step.*shed restore/) as string } };

  await expect(executorOf(context, { verb: "shed", steps } as unknown as Plan)).rejects.toMatchObject(refused);
  // Neither one without steps, nor one that goes by another name.
  expect(() => refuseReweighting({ verb: "shed", steps: [] })).toThrow(EvenkeelError);
  expect(() => refuseReweighting({ verb: "pause", steps })).toThrow(EvenkeelError);
  expect(() => refuseReweighting({ verb: "pause", steps: [] })).not.toThrow();
});
