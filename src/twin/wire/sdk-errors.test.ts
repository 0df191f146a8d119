import * as cloudwatch from "@aws-sdk/client-cloudwatch";
import * as iam from "@aws-sdk/client-iam";
import * as lambda from "@aws-sdk/client-lambda";
import * as rds from "@aws-sdk/client-rds";
import * as sqs from "@aws-sdk/client-sqs";
import { AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from "@aws-sdk/core/protocols";
import { describe, expect, it } from "vitest";
import { AwsFault } from "../service.ts";
import { cannedTwin } from "./canned-twin.ts";
import { twinHandler } from "./handler.ts";
import { clientConfig } from "./sdk-clients.ts";

const throwing = (namespace: string, signingName: string, operation: string, sdk: object, fault: AwsFault) => {
  const canned = cannedTwin({ namespace, signingName, operations: [operation] }, async () => sdk);
  canned.output = () => {
    throw fault;
  };
  return clientConfig(twinHandler(canned.twin));
};

const thrownBy = (call: Promise<object>): Promise<unknown> => call.catch((error: unknown) => error);

describe("SDK clients get their own error classes", () => {
  it.each(["NoSuchEntity", "NoSuchEntityException"])("from IAM (query), thrown as %s", async (code) => {
    const config = throwing("com.amazonaws.iam", "iam", "GetRole", iam, new AwsFault(code, "no role"));

    const error = await thrownBy(new iam.IAMClient(config).send(new iam.GetRoleCommand({ RoleName: "r" })));

    expect(error).toBeInstanceOf(iam.NoSuchEntityException);
    expect(error).toMatchObject({ message: "no role", Code: "NoSuchEntity", $metadata: { httpStatusCode: 404 } });
  });

  it("from RDS (query)", async () => {
    const config = throwing(
      "com.amazonaws.rds",
      "rds",
      "DescribeDBInstances",
      rds,
      new AwsFault("DBInstanceNotFound", "no db"),
    );

    const error = await thrownBy(new rds.RDSClient(config).send(new rds.DescribeDBInstancesCommand({})));

    expect(error).toBeInstanceOf(rds.DBInstanceNotFoundFault);
  });

  it("from Lambda (REST JSON)", async () => {
    const config = throwing(
      "com.amazonaws.lambda",
      "lambda",
      "GetFunction",
      lambda,
      new AwsFault("ResourceNotFoundException", "no <f>"),
    );

    const error = await thrownBy(
      new lambda.LambdaClient(config).send(new lambda.GetFunctionCommand({ FunctionName: "f" })),
    );

    expect(error).toBeInstanceOf(lambda.ResourceNotFoundException);
    expect(error).toMatchObject({ message: "no <f>", $metadata: { httpStatusCode: 404 } });
  });

  it("from SQS (JSON), with the code of its query days", async () => {
    const config = throwing(
      "com.amazonaws.sqs",
      "sqs",
      "GetQueueUrl",
      sqs,
      new AwsFault("QueueDoesNotExist", "no queue"),
    );

    const error = await thrownBy(new sqs.SQSClient(config).send(new sqs.GetQueueUrlCommand({ QueueName: "q" })));

    expect(error).toBeInstanceOf(sqs.QueueDoesNotExist);
    expect(error).toMatchObject({ message: "no queue", Code: "AWS.SimpleQueueService.NonExistentQueue" });
  });

  it.each([
    ["JSON", {}],
    ["CBOR", { protocol: AwsSmithyRpcV2CborProtocol }],
    [
      "query",
      {
        protocol: AwsQueryProtocol,
        protocolSettings: { version: "2010-08-01", xmlNamespace: "http://monitoring.amazonaws.com/doc/2010-08-01/" },
      },
    ],
  ])("from CloudWatch in %s", async (_, protocol) => {
    const fault = new AwsFault("LimitExceededFault", "too many");
    const config = throwing("com.amazonaws.cloudwatch", "monitoring", "PutMetricAlarm", cloudwatch, fault);
    const client = new cloudwatch.CloudWatchClient({ ...config, ...protocol } as never);

    const error = await thrownBy(client.send(new cloudwatch.PutMetricAlarmCommand({ AlarmName: "a" } as never)));

    // Given a protocol by hand, the query client does not know the service's error classes.
    expect(error).toMatchObject({ name: expect.stringMatching(/^LimitExceeded(Fault)?$/), message: "too many" });
  });
});
