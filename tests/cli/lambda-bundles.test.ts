import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateKeyPairCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateTopicCommand, type PublishCommandInput, SNSClient } from "@aws-sdk/client-sns";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundleFunctions, FUNCTION_NAMES, type FunctionBundle } from "../../scripts/lambda-bundles.ts";
import type { FunctionName } from "../../src/lambda/functions.ts";
import { startServer, type TwinServer } from "../../src/twin/wire/server.ts";
import { testAccount } from "../contract/account.ts";

const folder = mkdtempSync(join(tmpdir(), "evenkeel-lambda-"));
const bundles = new Map<FunctionName, FunctionBundle>();
const servers: TwinServer[] = [];

beforeAll(async () => {
  for (const bundle of await bundleFunctions()) {
    bundles.set(bundle.name, bundle);
    writeFileSync(join(folder, `${bundle.name}.mjs`), bundle.code);
  }
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  rmSync(folder, { recursive: true, force: true });
});

/** In a process that knows nothing but what Lambda tells it. */
function node(script: string, env: Record<string, string> = {}) {
  return new Promise<{ code: number | null; output: string }>((resolve) => {
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], { cwd: folder, env, stdio: "pipe" });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => said.push(chunk));
    child.on("close", (code) => resolve({ code, output: Buffer.concat(said).toString() }));
  });
}

function invoke(name: FunctionName, event: unknown, env: Record<string, string>) {
  const context = `{awsRequestId:"req-1",functionName:"acme-${name}",getRemainingTimeInMillis:()=>900000}`;
  return node(
    `const {handler}=await import("./${name}.mjs");
     process.stdout.write("\\nANSWER "+JSON.stringify(await handler(${JSON.stringify(event)},${context})));`,
    env,
  );
}

/** Clients of which there is code in a bundle. */
function clients({ parts }: FunctionBundle): string[] {
  const used = Object.entries(parts).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return [...new Set(used.flatMap(([path]) => /@aws-sdk\/client-([^/]+)/.exec(path)?.[1] ?? []))].sort();
}

it.each(FUNCTION_NAMES)("%s loads in a fresh process, and has a handler", async (name) => {
  const { code, output } = await node(`console.log(typeof (await import("./${name}.mjs")).handler)`);

  expect([code, output]).toEqual([0, "function\n"]);
});

const SHEDDING = ["cloudwatch", "dynamodb", "elastic-load-balancing-v2", "secrets-manager", "sns", "sqs", "ssm", "sts"];

it.each(["shed-alarm", "shed-step"] as const)("%s holds only what shedding calls", (name) => {
  const bundle = bundles.get(name);
  expect(bundle && clients(bundle)).toEqual(SHEDDING);
});

it("stay-stopped holds no other service's entries than those of databases", () => {
  const bundle = bundles.get("stay-stopped");
  const entries = Object.keys(bundle?.parts ?? {}).flatMap(
    (path) => /src\/catalog\/(\w+)\/[\w-]+\.ts$/.exec(path)?.[1] ?? [],
  );

  expect(bundle && clients(bundle)).not.toContain("sagemaker");
  expect(entries).toContain("rds");
  expect(entries).not.toContain("sagemaker");
});

it.each(["reaper", "pause", "resume", "snapshot"] as const)("%s holds the clients of all types", (name) => {
  const bundle = bundles.get(name);
  expect(bundle && clients(bundle)).toEqual(
    expect.arrayContaining(["ec2", "iam", "rds", "s3", "sagemaker", "workspaces"]),
  );
});

it.each(FUNCTION_NAMES)("%s holds neither the simulated AWS nor the command line", (name) => {
  const paths = Object.keys(bundles.get(name)?.parts ?? {});

  expect(paths.length).toBeGreaterThan(100);
  expect(paths.filter((path) => /^src\/(twin|cli|cdk)\/|[.]test[.-]/.test(path))).toEqual([]);
});

/** An account behind HTTP with a bucket and a topic, and what Lambda would put into the environment. */
async function account() {
  const made = await testAccount();
  const server = await startServer(made.twin);
  servers.push(server);
  await made.send(
    S3Client,
    new CreateBucketCommand({ Bucket: "keel-store", CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } }),
  );
  const { TopicArn = "" } = await made.send(SNSClient, new CreateTopicCommand({ Name: "alerts" }));
  const env = {
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
    AWS_SECRET_ACCESS_KEY: "x",
    AWS_SESSION_TOKEN: "x",
    AWS_ENDPOINT_URL: server.url,
    EVENKEEL_STORE: "s3://keel-store/keel",
    SNS_TOPIC_ARN: TopicArn,
  };
  const published = () =>
    made.twin.log.filter(({ operation }) => operation === "Publish").map(({ input }) => input as PublishCommandInput);
  return { ...made, env, published };
}

it("runs the reaper as Lambda would", async () => {
  const { env, send, twin, published } = await account();
  await send(EC2Client, new CreateKeyPairCommand({ KeyName: "packer_695b7d90-0c4e-4b1a-9d2e-000000000001" }));
  const { code, output } = await invoke("reaper", {}, { ...env, DRY_RUN: "false" });

  expect([code, output]).toEqual([0, expect.stringContaining('ANSWER {"statusCode":200')]);
  expect(output).toContain('"correlation_id":"req-1"');
  expect(output).toContain('"ResourcesRemoved":1');
  expect(published()[0]?.Message).toContain("packer_695b7d90");
  expect(published()[0]?.Message).toContain("s3://keel-store/keel/accounts/111111111111/exports/");
  expect(twin.log.map(({ operation }) => operation)).toContain("DeleteKeyPair");
});

it("runs the watch as Lambda would", async () => {
  const { env, send, published } = await account();
  const selection = '{"type":["ec2:key-pair"],"regions":["eu-west-1"]}';
  const watch = () => invoke("snapshot", {}, { ...env, EVENKEEL_SELECTION: selection, EVENKEEL_SET_BASELINE: "true" });
  const first = await watch();
  await send(EC2Client, new CreateKeyPairCommand({ KeyName: "added-later" }));
  const second = await watch();

  expect([first.code, first.output]).toEqual([0, expect.stringContaining("is the baseline")]);
  expect([second.code, second.output]).toEqual([0, expect.stringContaining("since baseline")]);
  expect(published().map(({ Message }) => Message)).toEqual([
    expect.stringContaining("From now on"),
    expect.stringContaining("added-later"),
  ]);
});

it.each([
  ["reaper", { EVENKEEL_STORE: "" }, "EVENKEEL_STORE"],
  ["reaper", { KEY_PAIR_PATTERN: " " }, "can't be"],
  ["snapshot", { EVENKEEL_SELECTION: "{" }, "no JSON"],
  ["shed-alarm", {}, "missing"],
  ["shed-step", {}, "missing"],
] as const)("%s with %j tells log and people, and does nothing", async (name, more, says) => {
  const { env, twin, published } = await account();
  twin.log.length = 0;
  const { code, output } = await invoke(name, {}, { ...env, ...more });

  expect([code, output]).toEqual([1, expect.stringContaining(says)]);
  expect(output.match(/"level":"ERROR"/g)).toHaveLength(1);
  expect(published().map(({ Message }) => Message)).toEqual([expect.stringContaining(says)]);
  const calls = new Set(twin.log.map(({ operation }) => operation));
  expect([...calls].filter((each) => !["GetCallerIdentity", "Publish", "HeadBucket"].includes(each))).toEqual([]);
});

it("tells the log when it may not even sign in", async () => {
  const { env } = await account();
  const { code, output } = await invoke("reaper", {}, { ...env, AWS_ENDPOINT_URL: "http://127.0.0.1:9" });

  expect(code).toBe(1);
  expect(output).toContain("nobody could be told");
});

it.each([
  ["none", "ParameterNotFound"],
  ["arn:aws:ssm:eu-west-1:111111111111:parameter/chat", "is none that begins with https://"],
])("asks Systems Manager for the webhook's address: %s", async (name, says) => {
  const { env, send } = await account();
  await send(SSMClient, new PutParameterCommand({ Name: "chat", Type: "SecureString", Value: "http://x/secret" }));
  const { code, output } = await invoke("shed-alarm", {}, { ...env, WEBHOOK_URL_PARAMETER: name });

  expect([code, output]).toEqual([1, expect.stringContaining(says)]);
  expect(output).not.toContain('secret"');
});
