import {
  CreateFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from "@aws-sdk/client-lambda";
import { expect, it } from "vitest";
import { type TestAccount, testAccount } from "../../../../tests/contract/account.ts";
import { functionInput } from "../../../catalog/lambda/lambda.trial.ts";

const reserve = ({ send }: TestAccount, FunctionName: string, ReservedConcurrentExecutions: number) =>
  send(LambdaClient, new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }));

async function twoFunctions(): Promise<TestAccount> {
  const account = await testAccount();
  for (const name of ["a", "b"]) await account.send(LambdaClient, new CreateFunctionCommand(functionInput(name)));
  return account;
}

it("tells no reservation and a reservation of zero apart", async () => {
  const account = await twoFunctions();
  const read = async () =>
    (await account.send(LambdaClient, new GetFunctionConcurrencyCommand({ FunctionName: "a" })))
      .ReservedConcurrentExecutions;

  expect(await read()).toBeUndefined();
  await reserve(account, "a", 0);

  expect(await read()).toBe(0);
  await account.send(LambdaClient, new DeleteFunctionConcurrencyCommand({ FunctionName: "a" }));

  expect(await read()).toBeUndefined();
});

it("leaves a hundred executions of the account unreserved", async () => {
  const account = await twoFunctions();
  await reserve(account, "a", 800);

  await expect(reserve(account, "b", 101)).rejects.toMatchObject({
    details: { awsCode: "InvalidParameterValueException" },
  });
  const { AccountLimit } = await account.send(LambdaClient, new GetAccountSettingsCommand({}));

  expect(AccountLimit?.UnreservedConcurrentExecutions).toBe(200);
});
