import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  CreateFunctionCommand,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import { expect, it } from "vitest";
import { ACCOUNT, HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { pauseSuite } from "../../../tests/contract/pause-suite.ts";
import type { Resource } from "../../model/resource.ts";
import { FAULTS } from "../../twin/faults.ts";
import { writeScope } from "../scope.ts";
import { pause } from "./event-source-mapping-pause.ts";
import { functionInput } from "./lambda.trial.ts";

const EventSourceArn = `arn:aws:sqs:eu-west-1:${ACCOUNT}:orders`;

async function mapping(
  account: TestAccount,
  more: Partial<CreateEventSourceMappingCommandInput> = {},
): Promise<string> {
  await account.send(LambdaClient, new CreateFunctionCommand(functionInput("orders")));
  const input = { FunctionName: "orders", EventSourceArn, ...more };
  const { UUID } = await account.send(LambdaClient, new CreateEventSourceMappingCommand(input));
  return UUID ?? "";
}

pauseSuite("AWS::Lambda::EventSourceMapping", {
  seed: (account) => mapping(account),
  keeps: [{ why: /its owner has disabled it/, seed: (account) => mapping(account, { Enabled: false }) }],
});

const scopeOf = ({ connection }: TestAccount) => writeScope(connection, HERE, { signal: new AbortController().signal });

it("takes a stop whose answer was lost for done when it is made again", async () => {
  const account = await testAccount();
  const id = await mapping(account);
  account.twin.faults = [
    { ...FAULTS.serverError, kind: "lost-answer", operation: "UpdateEventSourceMapping", times: 1 },
  ];

  await pause.stop(scopeOf(account), id, { enabled: true });

  expect(await pause.capture(scopeOf(account), id)).toMatchObject({ phase: "moving", words: "being disabled" });
});

it("refuses to turn a mapping round that is still on its way", async () => {
  const account = await testAccount();
  const id = await mapping(account);
  await pause.stop(scopeOf(account), id, { enabled: true });

  await expect(pause.resume(scopeOf(account), id, { enabled: true })).rejects.toMatchObject({
    details: { awsCode: "ResourceInUseException" },
  });
});

it("enables nothing that was disabled before", async () => {
  const account = await testAccount();
  const id = await mapping(account, { Enabled: false });

  await pause.resume(scopeOf(account), id, { enabled: false });

  expect(await pause.capture(scopeOf(account), id)).toMatchObject({ phase: "paused" });
});

it.each([
  [`arn:aws:kinesis:eu-west-1:${ACCOUNT}:stream/orders`, /records expire with the stream's retention/],
  [`arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders/stream/x`, /expire after a day/],
  [EventSourceArn, /messages expire/],
])("tells how long %s keeps what comes in meanwhile", (arn, told) => {
  const resource = { configuration: { EventSourceArn: arn, MaximumRecordAgeInSeconds: 600 } } as unknown as Resource;

  const verdict = pause.eligible({ phase: "running", saved: { enabled: true }, words: "enabled" }, resource);

  expect(verdict).toMatchObject({
    kind: "eligible",
    risks: [expect.stringMatching(told), "records older than 600 s are discarded when it goes on"],
  });
});
