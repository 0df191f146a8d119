import {
  CreateAliasCommand,
  CreateFunctionCommand,
  DeleteAliasCommand,
  DeleteFunctionConcurrencyCommand,
  LambdaClient,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
} from "@aws-sdk/client-lambda";
import { expect, it } from "vitest";
import { ACCOUNT, HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { pauseSuite } from "../../../tests/contract/pause-suite.ts";
import type { Json, JsonObject } from "../../model/json.ts";
import type { Resource } from "../../model/resource.ts";
import { FAULTS } from "../../twin/faults.ts";
import type { PauseState } from "../contract.ts";
import { writeScope } from "../scope.ts";
import { pause } from "./function-pause.ts";
import { functionInput } from "./lambda.trial.ts";

interface Wanted {
  readonly reserved?: number;
  /** On the alias of this name. */
  readonly provisioned?: Readonly<Record<string, number>>;
}

async function made(account: TestAccount, name: string, { reserved, provisioned = {} }: Wanted): Promise<string> {
  const FunctionName = name;
  await account.send(LambdaClient, new CreateFunctionCommand(functionInput(name)));
  if (reserved !== undefined) await reserve(account, name, reserved);
  for (const [Name, ProvisionedConcurrentExecutions] of Object.entries(provisioned)) {
    const { Version } = await account.send(LambdaClient, new PublishVersionCommand({ FunctionName }));
    await account.send(LambdaClient, new CreateAliasCommand({ FunctionName, Name, FunctionVersion: Version }));
    const config = { FunctionName, Qualifier: Name, ProvisionedConcurrentExecutions };
    await account.send(LambdaClient, new PutProvisionedConcurrencyConfigCommand(config));
  }
  account.twin.log.length = 0;
  return name;
}

const reserve = ({ send }: TestAccount, FunctionName: string, ReservedConcurrentExecutions: number) =>
  send(LambdaClient, new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }));

pauseSuite("AWS::Lambda::Function", {
  seed: (account) => made(account, "orders", { reserved: 300, provisioned: { live: 5, next: 2 } }),
  keeps: [{ why: /its owner has throttled it/, seed: (account) => made(account, "orders", { reserved: 0 }) }],
  unusedActions: {
    "lambda:DeleteFunctionConcurrency": "only where there was no reservation",
    "lambda:GetAccountSettings": "only where the account's pool is short",
  },
});

const scopeOf = ({ connection }: TestAccount) => writeScope(connection, HERE, { signal: new AbortController().signal });

async function settled(account: TestAccount, id = "orders"): Promise<PauseState> {
  for (;;) {
    const state = await pause.capture(scopeOf(account), id);
    if (!state) throw new Error(`${id} is gone`);
    if (state.phase !== "moving") return state;
    await account.twin.clock.sleep(10_000);
  }
}

async function running(wanted: Wanted): Promise<{ account: TestAccount; before: PauseState }> {
  const account = await testAccount();
  await made(account, "orders", wanted);
  return { account, before: await settled(account) };
}

it.each([{}, { provisioned: { live: 7 } }, { reserved: 1 }])("brings %j back as it was", async (wanted: Wanted) => {
  const { account, before } = await running(wanted);

  await pause.stop(scopeOf(account), "orders", before.saved);
  expect(await settled(account)).toMatchObject({ phase: "paused" });
  await pause.resume(scopeOf(account), "orders", before.saved);

  expect(await settled(account)).toEqual(before);
});

it("tells why it stays throttled when other functions have taken the account's concurrency", async () => {
  const { account, before } = await running({ reserved: 300, provisioned: { live: 5 } });
  await pause.stop(scopeOf(account), "orders", before.saved);
  await made(account, "greedy", { reserved: 850 });

  await expect(pause.resume(scopeOf(account), "orders", before.saved)).rejects.toMatchObject({
    code: "AWS_REFUSED",
    message:
      "orders had 300 reserved executions; of the 1000 of this account and region 150 are unreserved, and AWS leaves no fewer than 100 of them: lower another function's reservation or raise the account's limit, then resume again",
  });
  expect(pause.resumed(before.saved, await settled(account)).phase).toBe("ready");

  await account.send(LambdaClient, new DeleteFunctionConcurrencyCommand({ FunctionName: "greedy" }));
  await pause.resume(scopeOf(account), "orders", before.saved);
  expect(await settled(account)).toEqual(before);
});

it("gives AWS's own reason where the account's limits may not be read", async () => {
  const { account, before } = await running({ reserved: 300 });
  await pause.stop(scopeOf(account), "orders", before.saved);
  await made(account, "greedy", { reserved: 850 });
  account.twin.faults = [{ ...FAULTS.denied, operation: "GetAccountSettings" }];

  await expect(pause.resume(scopeOf(account), "orders", before.saved)).rejects.toThrow(/below its minimum value of/);
});

it("knows no smallest rest by heart: a new account has ten executions", async () => {
  const { account, before } = await running({});
  const rows = account.twin.world.accounts[ACCOUNT]?.regions[HERE] as Record<string, Record<string, JsonObject>>;
  rows["lambda.limits"] = { account: { executions: 10, unreserved: 10 } };

  await pause.stop(scopeOf(account), "orders", before.saved);
  await expect(pause.resume(scopeOf(account), "orders", { ...before.saved, reserved: 1 })).rejects.toThrow(
    /of the 10 of this account and region 10 are unreserved, and AWS leaves no fewer than 10/,
  );
  await pause.resume(scopeOf(account), "orders", before.saved);
  expect(await settled(account)).toEqual(before);
});

it.each([0, 1, 2])("ends in the same place when it is cut off after %i calls that change something", async (skip) => {
  const { account, before } = await running({ reserved: 30, provisioned: { live: 5, next: 2 } });
  const cut = () => [{ ...FAULTS.denied, operation: /^(Put|Delete)/, skip, times: 1 }];

  account.twin.faults = cut();
  await expect(pause.stop(scopeOf(account), "orders", before.saved)).rejects.toThrow();
  await pause.stop(scopeOf(account), "orders", before.saved);
  const paused = await settled(account);
  account.twin.faults = cut();
  await expect(pause.resume(scopeOf(account), "orders", before.saved)).rejects.toThrow();
  const half = pause.resumed(before.saved, await settled(account));
  await pause.resume(scopeOf(account), "orders", before.saved);

  expect(paused.phase).toBe("paused");
  expect(half.phase).toBe("ready");
  expect(await settled(account)).toEqual(before);
});

it("brings the rest back when an alias was deleted meanwhile, and says what is missing", async () => {
  const { account, before } = await running({ provisioned: { live: 5, next: 2 } });
  await pause.stop(scopeOf(account), "orders", before.saved);
  await account.send(LambdaClient, new DeleteAliasCommand({ FunctionName: "orders", Name: "live" }));

  await expect(pause.resume(scopeOf(account), "orders", before.saved)).rejects.toThrow(/PutProvisionedConcurrency/);

  expect((await settled(account)).saved).toEqual({ reserved: "none", provisioned: { next: 2 } });
});

it("leaves alone what someone has started otherwise, and tells the difference", async () => {
  const { account, before } = await running({ provisioned: { live: 5 } });
  await pause.stop(scopeOf(account), "orders", before.saved);
  await reserve(account, "orders", 50);

  expect(pause.resumed(before.saved, await settled(account))).toEqual({
    phase: "done",
    differs: [
      { field: "reserved", before: "none", after: 50 },
      { field: "provisioned.live", before: 5, after: null },
    ],
  });
});

it("tells what AWS could not allocate again, though the call was accepted", () => {
  const before = { reserved: "none", provisioned: { live: 5 } };
  const live = { failed: { live: "the code fails to start" } };
  const now = { phase: "running", words: "", saved: before, live } as const;

  expect(pause.resumed(before, now).differs).toEqual([
    {
      field: "provisioned.live",
      before: 5,
      after: "failed",
      because: "AWS could not allocate it: the code fails to start",
    },
  ]);
});

it("tells where asynchronous events go meanwhile, and keeps what a reservation does not stop", () => {
  const judge = (configuration: Record<string, Json>) =>
    pause.eligible({ phase: "running", saved: { reserved: 3, provisioned: {} }, words: "" }, {
      configuration,
    } as unknown as Resource);

  expect(judge({ DeadLetterConfig: { TargetArn: "arn:aws:sqs:eu-west-1:1:dead" } })).toMatchObject({
    kind: "eligible",
    risks: [expect.stringMatching(/go to arn:aws:sqs:eu-west-1:1:dead/), expect.stringMatching(/reservation of 3 may/)],
  });
  expect(judge({})).toMatchObject({ loses: [expect.anything(), expect.stringMatching(/asynchronous events/)] });
  expect(judge({ CapacityProviderConfig: {} })).toMatchObject({ kind: "kept" });
  expect(judge({ MasterArn: "arn" })).toMatchObject({ kind: "kept" });
});
