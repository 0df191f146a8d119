import {
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteSubnetCommand,
  DescribeNetworkInterfacesCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import {
  AddPermissionCommand,
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from "@aws-sdk/client-lambda";
import { expect, it } from "vitest";
import { HERE, testAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { redactor } from "../../model/redact.ts";
import type { FunctionRow } from "../../twin/services/lambda/function.ts";
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

removalSuite("AWS::Lambda::Function", {
  seed: async ({ send }) => {
    for (const name of ["orders", "bills"]) await send(LambdaClient, new CreateFunctionCommand(functionInput(name)));
    return "orders";
  },
  refused: [
    {
      seed: async ({ send }) => {
        await send(LambdaClient, new CreateFunctionCommand(functionInput("orders")));
        const EventSourceArn = "arn:aws:sqs:eu-west-1:111111111111:orders";
        await send(LambdaClient, new CreateEventSourceMappingCommand({ FunctionName: "orders", EventSourceArn }));
        return "orders";
      },
      because: /EventSourceMapping .* uses it, and stays/,
    },
  ],
});

it("refuses a replica of Lambda@Edge", async () => {
  const { connection, send, twin } = await testAccount();
  await send(LambdaClient, new CreateFunctionCommand(functionInput("orders")));
  const rows = twin.world.accounts[connection.account]?.regions[HERE]?.["lambda.function"] as unknown as {
    orders: FunctionRow;
  };
  rows.orders.configuration.MasterArn = "arn:aws:lambda:us-east-1:111111111111:function:orders:1";
  const scope = readScope(connection, HERE, { signal: new AbortController().signal });
  const found = await entry.read(scope, "orders");

  expect(found && entry.removal.inspect(found)).toMatchObject({ refuses: expect.stringMatching(/Lambda@Edge/) });
});

it("leaves an interface in its network for a while, which only Lambda removes", async () => {
  const { send, twin } = await testAccount();
  const { Vpc } = await send(EC2Client, new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
  const network = { VpcId: Vpc?.VpcId, CidrBlock: "10.0.1.0/24" };
  const { SubnetId = "" } = (await send(EC2Client, new CreateSubnetCommand(network))).Subnet ?? {};
  const VpcConfig = { SubnetIds: [SubnetId], SecurityGroupIds: [] };
  await send(LambdaClient, new CreateFunctionCommand({ ...functionInput("orders"), VpcConfig }));
  await send(LambdaClient, new DeleteFunctionCommand({ FunctionName: "orders" }));

  const left = await send(EC2Client, new DescribeNetworkInterfacesCommand({}));
  expect(left.NetworkInterfaces).toMatchObject([{ InterfaceType: "lambda", RequesterManaged: true, SubnetId }]);
  await expect(send(EC2Client, new DeleteSubnetCommand({ SubnetId }))).rejects.toThrow(/DependencyViolation/);
  await twin.clock.sleep(40 * 60_000);
  await send(EC2Client, new DeleteSubnetCommand({ SubnetId }));
});
