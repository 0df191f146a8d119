import { KinesisClient, UpdateShardCountCommand } from "@aws-sdk/client-kinesis";
import { DeleteFunctionConcurrencyCommand, LambdaClient, PutFunctionConcurrencyCommand } from "@aws-sdk/client-lambda";
import { describe, expect, it } from "vitest";
import { type VerbTrial, verbTrial } from "../../../tests/contract/verbs.ts";
import { connect } from "../../aws/session.ts";
import { listRecords } from "../../store/records.ts";
import type { VirtualClock } from "../../twin/clock.ts";
import { seedOf } from "../../twin/demo/seed.ts";
import { SANDBOX, SANDBOX_KEY } from "../../twin/demo/world.ts";
import { FAULTS } from "../../twin/faults.ts";
import type { VerbContext } from "../context.ts";
import { executePause, preparePause } from "../pause/pause.ts";
import { executeResume, prepareResume } from "./resume.ts";

const WEEK_MS = 7 * 24 * 3_600_000;

async function paused(type: string, before: (trial: VerbTrial) => Promise<unknown> = async () => undefined) {
  const trial = await verbTrial();
  const { context } = trial;
  await before(trial);
  const plan = await preparePause(context, { selection: { type: [type] }, extend: false });
  await executePause(context, plan, context.clock.now() + WEEK_MS);
  return { ...trial, plan };
}

async function resume(context: VerbContext) {
  const result = await executeResume(context, await prepareResume(context, undefined));
  const reasons = [...result.outcomes.values()].flatMap((outcome) =>
    outcome.kind === "deferred" ? [outcome.reason] : [],
  );
  const [record] = await listRecords(context.store, context.connection.account);
  return { ...result, reasons, armed: record?.armed };
}

const strangerIn = ({ world, clock }: VerbTrial["twin"], region: string) =>
  seedOf(world, region, "", clock as VirtualClock);

describe("a resume for which AWS has no room", () => {
  it("defers instances whose zone is short of capacity, and brings them back later", async () => {
    const { context, twin } = await paused("ec2:instance");
    twin.faults = [{ ...FAULTS.noCapacity, operation: "StartInstances" }];

    const short = await resume(context);
    twin.faults = [];
    const later = await resume(context);

    expect(short.reasons).toContainEqual(expect.stringContaining("InsufficientInstanceCapacity"));
    expect(short).toMatchObject({ closed: false, armed: true });
    expect(later).toMatchObject({ closed: true, armed: false, reasons: [] });
  });

  it("defers a stream whose changes of the day are used up", async () => {
    const { context, twin } = await paused("kinesis:stream");
    const stranger = strangerIn(twin, "us-east-1").client(KinesisClient);
    const change = (TargetShardCount: number) =>
      new UpdateShardCountCommand({ StreamName: "clicks", TargetShardCount, ScalingType: "UNIFORM_SCALING" });
    for (const count of [2, 1, 2, 1, 2, 1, 2, 1]) {
      await stranger.send(change(count));
      await twin.clock.sleep(120_000);
    }

    const short = await resume(context);
    await twin.clock.sleep(25 * 3_600_000);
    const later = await resume(context);

    expect(short.reasons).toContainEqual(expect.stringMatching(/ten times within 24 hours/));
    expect(short).toMatchObject({ closed: false, armed: true });
    expect(later).toMatchObject({ closed: true });
  });

  it("defers a function whose reservation others have taken meanwhile", async () => {
    const reserve = (FunctionName: string, ReservedConcurrentExecutions: number) =>
      new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions });
    const lambda = ({ twin }: VerbTrial) => strangerIn(twin, "eu-west-1").client(LambdaClient);
    const trial = await paused("lambda:function", (each) => lambda(each).send(reserve("order-intake", 500)));
    await lambda(trial).send(reserve("order-mailer", 800));

    const short = await resume(trial.context);
    await lambda(trial).send(new DeleteFunctionConcurrencyCommand({ FunctionName: "order-mailer" }));
    const later = await resume(trial.context);

    expect(short.reasons).toContainEqual(expect.stringMatching(/order-intake had 500 reserved executions/));
    expect(short).toMatchObject({ closed: false, armed: true });
    expect(later.verified).toContainEqual(
      expect.objectContaining({ kind: "identical", target: expect.objectContaining({ id: "order-intake" }) }),
    );
  });
});

describe("a record of another account", () => {
  it("is refused, and is no record that is missing", async () => {
    const { context, twin, plan } = await paused("cloudwatch:alarm");
    const wire = { kind: "direct", call: twin.direct(SANDBOX_KEY) } as const;
    const { clock, signal } = context;
    const connection = await connect({ clock, signal, region: "eu-west-1", wire, headRoom: 0 });
    const elsewhere = { ...context, connection };
    twin.log.length = 0;

    expect(connection.account).toBe(SANDBOX);
    await expect(prepareResume(elsewhere, plan.id.replace(/^p-/, "r-"))).rejects.toMatchObject({
      code: "OTHER_ACCOUNT",
      exit: 6,
    });
    await expect(prepareResume(elsewhere, "r-0123456789ab")).rejects.toMatchObject({ code: "NO_RECORD", exit: 4 });
    expect(twin.log).toEqual([]);
  });
});
