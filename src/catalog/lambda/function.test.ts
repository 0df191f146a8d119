import {
  AddPermissionCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from "@aws-sdk/client-lambda";
import { expect, it } from "vitest";
import { HERE, testAccount } from "../../../tests/contract/account.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { redactor } from "../../model/redact.ts";
import { toResource } from "../resource.ts";
import { readScope } from "../scope.ts";
import { facts } from "./function.facts.ts";
import entry from "./function.ts";
import { functionInput } from "./lambda.trial.ts";

const NAMES = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `orders-${letter}`);

contractSuite("AWS::Lambda::Function", {
  seed: async ({ send }) => {
    const permission = { StatementId: "s3", Action: "lambda:InvokeFunction", Principal: "s3.amazonaws.com" };
    for (const FunctionName of NAMES) {
      await send(LambdaClient, new CreateFunctionCommand(functionInput(FunctionName)));
      await send(LambdaClient, new AddPermissionCommand({ FunctionName, ...permission }));
    }
    return NAMES;
  },
  remove: ({ send }, FunctionName) => send(LambdaClient, new DeleteFunctionCommand({ FunctionName })),
  change: ({ send }, FunctionName) =>
    send(LambdaClient, new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 })),
});

it("shows no environment variable of a function anywhere", async () => {
  const { connection, send } = await testAccount();
  const Environment = { Variables: { DATABASE: "sesame-open", LEVEL: "sesame-close" } };
  await send(LambdaClient, new CreateFunctionCommand({ ...functionInput("orders"), Environment }));

  const found = await entry.read(readScope(connection, HERE, { signal: new AbortController().signal }), "orders");
  const finding = { account: connection.account, partition: "aws", region: HERE, redact: redactor(Buffer.from("key")) };
  const resource = found && toResource(facts, found, finding);

  expect(resource?.configuration.Environment).toMatchObject({
    Variables: { LEVEL: expect.stringMatching(/^redacted:/) },
  });
  expect(JSON.stringify(resource)).not.toContain("sesame");
});
