import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { describe, expect, it } from "vitest";
import { ACCOUNT, HERE, testAccount } from "../../tests/contract/account.ts";
import { functionInput } from "../catalog/lambda/lambda.trial.ts";
import { type Arn, GLOBAL, type Region, region } from "../model/brand.ts";
import type { Target } from "../model/plan.ts";
import { redactor } from "../model/redact.ts";
import type { VirtualClock } from "../twin/clock.ts";
import { FAULTS } from "../twin/faults.ts";
import { freshLooks } from "./fresh-looks.ts";
import { SHARED_FOR_MS } from "./shared-looks.ts";

const ELSEWHERE = region("us-west-2");

function target(type: Target["type"], id: string, where: Region = GLOBAL): Target {
  return { arn: `arn:aws:iam::${ACCOUNT}:role/${id}` as Arn, type, id, region: where };
}

const ROLE = target("AWS::IAM::Role", "worker");
const OTHER = target("AWS::IAM::Role", "other");
const INSTANCE = target("AWS::EC2::Instance", "i-1", HERE);

/** A step that changes something, and what it waits for. */
const step = (id: string, what: Target, after: readonly string[] = [], stage = 0) => ({
  id,
  target: what,
  after,
  stage,
});

/** An account with a role, in which a function that uses it may be born anywhere, and steps that look around. */
async function trial(steps: readonly ReturnType<typeof step>[]) {
  const { twin, connection, send } = await testAccount();
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
  });
  for (const RoleName of [ROLE.id, OTHER.id])
    await send(IAMClient, new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  const clock = twin.clock as VirtualClock;
  const redact = redactor(new Uint8Array(32));
  const stopping = new AbortController();
  const looks = freshLooks({ connection, clock, redact, signal: stopping.signal }, steps);
  const find = (id: string) => steps.find((each) => each.id === id) ?? step(id, ROLE);
  twin.log.length = 0;
  return {
    twin,
    clock,
    looks,
    stop: () => stopping.abort(),
    regions: await connection.enabledRegions(),
    begin: (id: string) => looks.begin(find(id)),
    around: (id: string) => looks.around(find(id)),
    /** Who uses the role, as a step is told. */
    users: async (id: string) => [...(await looks.around(find(id))).usersOf(ROLE.arn)],
    born: async (where: Region) => {
      const { VpcConfig: _, DeadLetterConfig: __, ...input } = functionInput("born");
      await send(LambdaClient, new CreateFunctionCommand({ ...input, Role: ROLE.arn }), where);
      return `arn:aws:lambda:${where}:${ACCOUNT}:function:born`;
    },
    listings: (where?: Region) =>
      twin.log.filter(({ operation, region: at }) => operation === "ListFunctions" && (!where || at === where)).length,
  };
}

describe("steps of one wave", () => {
  it("share one listing of each type and region, whether it is under way or over", async () => {
    const { begin, around, listings, regions } = await trial([step("a", ROLE), step("b", OTHER)]);
    begin("a");
    begin("b");
    await Promise.all([around("a"), around("b")]);
    expect(listings()).toBe(regions.length);
    await around("b");
    expect(listings()).toBe(regions.length);
  });

  it("read anew when it is too old", async () => {
    const { begin, users, born, clock, listings, regions } = await trial([step("a", ROLE), step("b", ROLE)]);
    begin("a");
    begin("b");
    expect(await users("a")).toEqual([]);
    const user = await born(ELSEWHERE);
    clock.advance(SHARED_FOR_MS + 1);
    expect(await users("b")).toEqual([user]);
    expect(listings()).toBe(2 * regions.length);
  });

  it("that read several types in one go are each told of all around them", async () => {
    const { begin, around } = await trial([step("a", ROLE), step("b", INSTANCE)]);
    begin("a");
    begin("b");
    const [role, instance] = await Promise.all([around("a"), around("b")]);
    const found = role.resource(ROLE.arn);
    expect(found && role.doubtOf(found)).toBeUndefined();
    expect(instance.unseenDoubtOf(INSTANCE)).toBeUndefined();
    expect(instance.unseenDoubtOf({ type: "AWS::Lambda::Function", region: ELSEWHERE })).toBeDefined();
  });
});

describe("a step that begins after another's change", () => {
  it.each([
    ["a step that it waits for", [step("a", INSTANCE), step("b", ROLE, ["a"])]],
    ["one that such a step waits for", [step("a", INSTANCE), step("m", OTHER, ["a"]), step("b", ROLE, ["m"])]],
    ["an earlier stage", [step("a", INSTANCE), step("b", ROLE, [], 1)]],
  ])("is told nothing from before it of that region: %s", async (_, steps) => {
    const { begin, around, users, born, listings } = await trial([...steps, step("z", ROLE)]);
    begin("a");
    begin("z");
    await around("z");
    const user = await born(HERE);
    for (const { id } of steps.slice(1)) begin(id);

    expect(await users("b")).toEqual([user]);
    expect([listings(HERE), listings(ELSEWHERE)]).toEqual([2, 1]);
  });

  it("does not take a listing that was under way at that moment", async () => {
    const { begin, around, users, born, listings } = await trial([
      step("a", INSTANCE),
      step("b", ROLE, ["a"]),
      step("z", ROLE),
    ]);
    begin("a");
    begin("z");
    const underWay = around("z");
    while (listings(HERE) === 0) await Promise.resolve();
    const user = await born(HERE);
    begin("b");

    expect(await users("b")).toEqual([user]);
    await underWay;
    expect(listings(HERE)).toBe(2);
  });
});

it("what waits for something to let go is told nothing from before it asked", async () => {
  const { begin, around, looks, born } = await trial([step("a", ROLE)]);
  begin("a");
  await around("a");
  const user = await born(ELSEWHERE);

  expect([...(await looks.anew(ROLE)).usersOf(ROLE.arn)]).toEqual([user]);
});

it("a listing that fails keeps all who share it, and is made again for who asks later", async () => {
  const { begin, around, twin } = await trial([step("a", ROLE), step("b", OTHER), step("c", ROLE)]);
  for (const id of ["a", "b", "c"]) begin(id);
  twin.faults = [{ ...FAULTS.denied, operation: "ListFunctions", times: 1 }];
  const seen = await Promise.all([around("a"), around("b")]);
  const doubts = seen.map((relations, at) => {
    const found = relations.resource(at === 0 ? ROLE.arn : OTHER.arn);
    return found && relations.doubtOf(found);
  });

  expect(doubts).toEqual([
    expect.stringMatching(/AWS::Lambda::Function in .* was not completely seen/),
    expect.stringMatching(/AWS::Lambda::Function in .* was not completely seen/),
  ]);
  const later = await around("c");
  const found = later.resource(ROLE.arn);
  expect(found && later.doubtOf(found)).toBeUndefined();
});

it("a reading that breaks off breaks off for all who share it", async () => {
  const { begin, around, twin, stop } = await trial([step("a", ROLE), step("b", OTHER)]);
  begin("a");
  begin("b");
  twin.faults = [{ ...FAULTS.denied, operation: "ListFunctions" }];
  const both = Promise.allSettled([around("a"), around("b")]);
  stop();

  expect((await both).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
});
