import { AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from "@aws-sdk/core/protocols";
import { NormalizedSchema } from "@smithy/core/schema";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { runs } from "../../../tests/contract/runs.ts";
import { toJson } from "../../model/json.ts";
import { cannedTwin } from "./canned-twin.ts";
import { twinHandler } from "./handler.ts";
import { type ValueRules, valuesOf } from "./schema-values.ts";
import { clientConfig } from "./sdk-clients.ts";
import { startServer, type TwinServer } from "./server.ts";
import { traitsOf } from "./traits.ts";

type Sdk = Readonly<Record<string, unknown>>;
interface Case {
  readonly signingName: string;
  readonly client: string;
  readonly sdk: () => Promise<object>;
  readonly operations: readonly string[];
  readonly config?: object;
}

const cloudwatch = {
  signingName: "monitoring",
  client: "CloudWatchClient",
  sdk: () => import("@aws-sdk/client-cloudwatch"),
  operations: ["DescribeAlarms", "GetMetricData", "ListMetrics"],
} as const;
const monitoring = "http://monitoring.amazonaws.com/doc/2010-08-01/";

const CASES: Readonly<Record<string, Case>> = {
  "EC2 query": {
    signingName: "ec2",
    client: "EC2Client",
    sdk: () => import("@aws-sdk/client-ec2"),
    operations: [
      "DescribeInstances",
      "DescribeSecurityGroups",
      "DescribeVolumes",
      "RunInstances",
      "DescribeNatGateways",
    ],
  },
  "query (IAM)": {
    signingName: "iam",
    client: "IAMClient",
    sdk: () => import("@aws-sdk/client-iam"),
    operations: ["GetAccountAuthorizationDetails", "ListRoles", "GetAccountSummary", "CreateRole"],
  },
  "query (RDS)": {
    signingName: "rds",
    client: "RDSClient",
    sdk: () => import("@aws-sdk/client-rds"),
    operations: ["DescribeDBInstances", "DescribeDBClusters", "ModifyDBInstance"],
  },
  "query (SNS)": {
    signingName: "sns",
    client: "SNSClient",
    sdk: () => import("@aws-sdk/client-sns"),
    operations: ["GetTopicAttributes", "CreateTopic", "ListTopics"],
  },
  "query (Auto Scaling)": {
    signingName: "autoscaling",
    client: "AutoScalingClient",
    sdk: () => import("@aws-sdk/client-auto-scaling"),
    operations: ["DescribeAutoScalingGroups", "CreateAutoScalingGroup"],
  },
  "JSON (SQS)": {
    signingName: "sqs",
    client: "SQSClient",
    sdk: () => import("@aws-sdk/client-sqs"),
    operations: ["GetQueueAttributes", "ListQueues", "CreateQueue"],
  },
  "JSON (DynamoDB)": {
    signingName: "dynamodb",
    client: "DynamoDBClient",
    sdk: () => import("@aws-sdk/client-dynamodb"),
    operations: ["DescribeTable", "Scan", "PutItem"],
  },
  "JSON (Kinesis)": {
    signingName: "kinesis",
    client: "KinesisClient",
    sdk: () => import("@aws-sdk/client-kinesis"),
    operations: ["GetRecords", "DescribeStreamSummary", "CreateStream"],
  },
  "JSON (ECS)": {
    signingName: "ecs",
    client: "ECSClient",
    sdk: () => import("@aws-sdk/client-ecs"),
    operations: ["DescribeServices", "DescribeTasks", "UpdateService"],
  },
  "JSON (CloudWatch)": cloudwatch,
  "CBOR (CloudWatch)": { ...cloudwatch, config: { protocol: AwsSmithyRpcV2CborProtocol } },
  "query (CloudWatch)": {
    ...cloudwatch,
    config: { protocol: AwsQueryProtocol, protocolSettings: { xmlNamespace: monitoring, version: "2010-08-01" } },
  },
  "REST JSON (Lambda)": {
    signingName: "lambda",
    client: "LambdaClient",
    sdk: () => import("@aws-sdk/client-lambda"),
    operations: [
      "ListFunctions",
      "GetFunction",
      "CreateFunction",
      "Invoke",
      "ListTags",
      "TagResource",
      "ListEventSourceMappings",
    ],
  },
  "REST XML (S3)": {
    signingName: "s3",
    client: "S3Client",
    sdk: () => import("@aws-sdk/client-s3"),
    operations: [
      "ListBuckets",
      "ListObjectVersions",
      "GetBucketLifecycleConfiguration",
      "GetBucketAcl",
      "GetBucketTagging",
      "GetBucketPolicy",
      "GetBucketLocation",
      "GetBucketNotificationConfiguration",
      "HeadObject",
      "PutBucketLifecycleConfiguration",
      "PutBucketAcl",
      "PutBucketNotificationConfiguration",
      "DeleteObjects",
    ],
  },
};

const RUNS = runs(25);

/** Flattened lists and maps have no tag of their own. */
const OUTPUT_RULES: ValueRules = {
  depth: 5,
  emptyVanishes: (schema) => Boolean(traitsOf(schema).xmlFlattened || traitsOf(schema).httpHeader),
  // The S3 client adds ExpiresString; an empty location is us-east-1, which is no text at all.
  leftOut: new Set(["Expires", "LocationConstraint"]),
};
/** Forms have nothing to say about what is empty. */
const INPUT_RULES: ValueRules = {
  depth: 5,
  emptyVanishes: () => true,
  leftOut: new Set(["StreamARN", "ChecksumAlgorithm", "SSECustomerKey", "SSECustomerKeyMD5"]),
};

describe.each(Object.entries(CASES))("%s", (_, wire) => {
  describe.each(wire.operations)("%s", (operation) => {
    it("gives the SDK client every output as it was returned", async () => {
      const { canned, send, schema } = await prepare(wire, operation);

      await fc.assert(
        fc.asyncProperty(valuesOf(schema[5], OUTPUT_RULES), async (output) => {
          canned.output = output as object;

          const received = await send({});

          expect(pruned(received)).toEqual(pruned(output));
        }),
        RUNS,
      );
    });

    it("gives the behaviour every input as the SDK client got it", async () => {
      const { canned, send, schema } = await prepare(wire, operation);

      await fc.assert(
        fc.asyncProperty(valuesOf(schema[4], INPUT_RULES), async (input) => {
          const sent = { ...(input as object), ...labels(schema[4]) };
          canned.output = {};

          await send(sent);

          const arrived = canned.inputs.at(-1) as object;
          expect(solid(toJson(only(arrived, sent)))).toEqual(solid(toJson(sent)));
        }),
        RUNS,
      );
    });
  });
});

describe("over HTTP", () => {
  const servers: TwinServer[] = [];
  afterAll(() => Promise.all(servers.map((server) => server.close())));

  it.each(Object.entries(CASES))("%s: inputs and outputs arrive as over the handler", async (_, wire) => {
    const { canned, sendTo, schema } = await prepare(wire, wire.operations[0] ?? "");
    const server = await startServer(canned.twin);
    servers.push(server);
    const send = sendTo(server.url);
    const pairs = fc.tuple(valuesOf(schema[4], INPUT_RULES), valuesOf(schema[5], OUTPUT_RULES));

    await fc.assert(
      fc.asyncProperty(pairs, async ([input, output]) => {
        canned.output = output as object;

        const received = await send(input as object);

        expect(pruned(received)).toEqual(pruned(output));
        const arrived = canned.inputs.at(-1) as object;
        expect(solid(toJson(only(arrived, input as object)))).toEqual(solid(toJson(input)));
      }),
      runs(10),
    );
  });
});

async function prepare(wire: Case, operation: string) {
  const sdk = (await wire.sdk()) as Sdk;
  const tuple = sdk[`${operation}$`] as readonly [9, string, string, unknown, unknown, unknown];
  const canned = cannedTwin({ namespace: tuple[1], signingName: wire.signingName, operations: [operation] }, wire.sdk);
  const Client = sdk[wire.client] as new (config: object) => { send(command: object): Promise<object> };
  const Command = sdk[`${operation}Command`] as new (input: object) => object;
  const schema = { 4: NormalizedSchema.of(tuple[4] as never), 5: NormalizedSchema.of(tuple[5] as never) };
  const sendTo = (to: Parameters<typeof clientConfig>[0]) => {
    const client = new Client({ ...clientConfig(to), ...wire.config });
    return async (input: object) => {
      const { $metadata, ...output } = (await client.send(new Command({ ...labels(schema[4]), ...input }))) as Record<
        string,
        unknown
      >;
      return output;
    };
  };
  return { canned, schema, sendTo, send: sendTo(twinHandler(canned.twin)) };
}

/** Members that stand in the path have to be there, and clients check some of them. */
function labels(input: NormalizedSchema): object {
  if (!input.isStructSchema()) return {};
  const names = [...input.structIterator()].filter(([, member]) => traitsOf(member).httpLabel).map(([name]) => name);
  return Object.fromEntries(names.map((name) => [name, name === "Bucket" ? "a-bucket" : "arn:aws:x/y z"]));
}

/** The members that were sent: clients add idempotency tokens and checksums of their own. */
function only(arrived: object, sent: object): object {
  return Object.fromEntries(Object.entries(arrived).filter(([name]) => name in sent));
}

/** Dates and bytes as texts, and without what says nothing. */
function pruned(value: unknown): unknown {
  return prune(toJson(value));
}

function prune(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(prune);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, prune(member)] as const);
  return Object.fromEntries(members.filter(([, member]) => member !== null && !isEmptyObject(member)));
}

/** Without anything empty, at any depth: forms cannot say it. */
function solid(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(solid).filter((each) => !isEmpty(each));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, solid(member)] as const);
  return Object.fromEntries(members.filter(([, member]) => !isEmpty(member)));
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && (value === null || Object.keys(value).length === 0);
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}
