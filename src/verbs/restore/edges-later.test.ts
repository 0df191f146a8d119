import { type AttributeDefinition, CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { AuthorizeSecurityGroupIngressCommand, CreateNetworkInterfaceCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import {
  type EdgeTrial,
  edgeTrial,
  endOf,
  groupIn,
  instance,
  reasonOf,
  removed,
  volume,
} from "../../../tests/contract/edges.ts";
import { memoryHost } from "../../io/memory.ts";
import { FAULTS } from "../../twin/faults.ts";
import type { VerbContext } from "../context.ts";
import { executeRemoval } from "../removal/execute.ts";
import { executeContinue, prepareContinue } from "../runs/continue.ts";
import { runsOf } from "../runs/runs.ts";

const isChange = ({ operation }: { readonly operation: string }) => /^(Delete|Terminate|Revoke)/.test(operation);

/** Something happens when the first step of a run has ended. */
function afterFirst(happens: () => void): Pick<VerbContext, "host"> {
  const host = memoryHost();
  let done = 0;
  const tell: typeof host.tell = (message) => {
    if (message.kind === "progress" && message.task === "restore" && ++done === 1) happens();
  };
  return { host: { ...host, tell } };
}

async function stopped(trial: EdgeTrial) {
  await trial.baseline();
  const disks = [await volume(trial), await volume(trial)];
  await trial.hour();
  const plan = await trial.planned();
  const stop = new AbortController();
  const { host } = afterFirst(() => stop.abort());
  await executeRemoval({ ...trial.context, host, signal: stop.signal }, plan, { batchSize: 1 });
  const [run] = await runsOf(trial.context, trial.connection.account);
  const left = disks.find((id) => trial.rows("ec2.volume")[id]) ?? "";
  trial.twin.log.length = 0;
  return { run: run?.id ?? "", left };
}

describe("a run that is continued", () => {
  it("is refused where a rule of the configuration has come to protect what is left", async () => {
    const trial = await edgeTrial();
    const { run, left } = await stopped(trial);
    const context = { ...trial.context, guards: { protect: [{ id: left }] } };
    await expect(prepareContinue(context, run)).rejects.toMatchObject({ code: "REFUSED" });
    expect(trial.twin.log.filter(isChange)).toEqual([]);
  });

  it("is refused where the rule comes while a person is asked", async () => {
    const trial = await edgeTrial();
    const { run, left } = await stopped(trial);
    const continuation = await prepareContinue(trial.context, run);
    const context = { ...trial.context, guards: { protect: [{ id: left }] } };
    await expect(executeContinue(context, continuation)).rejects.toMatchObject({ code: "REFUSED" });
    expect(trial.twin.log.filter(isChange)).toEqual([]);
  });
});

describe("what can't be seen when a plan is carried out", () => {
  it("keeps everything: no guard could look at it", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    const left = await volume(trial);
    await trial.hour();
    const plan = await trial.planned();
    trial.twin.log.length = 0;
    trial.twin.faults = [{ ...FAULTS.denied, operation: "DescribeVolumes", times: 1 }];
    const context = { guards: { protect: [{ id: left }] } };
    await expect(trial.run(plan, context)).rejects.toMatchObject({ code: "REFUSED" });
    expect(trial.twin.log.filter(isChange)).toEqual([]);
  });

  it("keeps one whose tags can't be read any more", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    for (const QueueName of ["one", "two"]) await trial.send(SQSClient, new CreateQueueCommand({ QueueName }));
    await trial.hour();
    const plan = await trial.planned();
    expect(removed(plan)).toHaveLength(2);
    const blind = afterFirst(() => {
      trial.twin.faults = [{ ...FAULTS.denied, operation: /Tags|GetResources/ }];
    });
    const { outcomes } = await executeRemoval({ ...trial.context, ...blind }, plan, { batchSize: 1 });
    expect([...outcomes.values()].map(({ kind }) => kind)).toEqual(["applied", "skipped"]);
  });
});

describe("a resource that was prepared and then is kept", () => {
  it("says what stays done to it", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    const [other, left] = [await groupIn(trial, "other"), await groupIn(trial, "left")];
    const IpPermissions = [{ IpProtocol: "tcp", FromPort: 1, ToPort: 1, UserIdGroupPairs: [{ GroupId: other }] }];
    await trial.send(EC2Client, new AuthorizeSecurityGroupIngressCommand({ GroupId: left, IpPermissions }));
    await trial.hour();
    const plan = await trial.planned();
    expect(plan.steps.map(({ operation }) => operation).sort()).toEqual(["prepare", "remove", "remove"]);
    const launches: Promise<unknown>[] = [];
    const used = afterFirst(() => launches.push(instance(trial, { SecurityGroupIds: [left] })));
    const { outcomes } = await executeRemoval({ ...trial.context, ...used }, plan, { batchSize: 1 });
    await Promise.all(launches);
    expect(endOf(plan, outcomes, left)).toMatch(
      /uses it since the plan was made; this stays done: .*rules .* revoked$/,
    );
  });
});

describe("a group that holds the interface of a service", () => {
  it("is not stripped of its rules where nothing that goes explains the interface", async () => {
    const trial = await edgeTrial();
    const { send, subnet: SubnetId } = trial;
    await trial.baseline();
    const [other, left] = [await groupIn(trial, "other"), await groupIn(trial, "left")];
    const IpPermissions = [{ IpProtocol: "tcp", FromPort: 1, ToPort: 1, UserIdGroupPairs: [{ GroupId: other }] }];
    await send(EC2Client, new AuthorizeSecurityGroupIngressCommand({ GroupId: left, IpPermissions }));
    // As a file system or a task that runs by itself has one: of types that are in no catalog.
    const made = await send(EC2Client, new CreateNetworkInterfaceCommand({ SubnetId, Groups: [left] }));
    const id = made.NetworkInterface?.NetworkInterfaceId ?? "";
    Object.assign(trial.rows("ec2.network-interface")[id] ?? {}, { RequesterManaged: true });
    await trial.hour();
    const plan = await trial.planned();

    expect(removed(plan)).toEqual([]);
    expect(reasonOf(plan, left)).toMatch(
      new RegExp(`${id}, of a service, uses it, and nothing that goes explains that`),
    );
  });
});

describe("copies of two that are called alike", () => {
  it("have names of their own", async () => {
    const trial = await edgeTrial();
    await trial.baseline();
    const AttributeDefinitions: AttributeDefinition[] = [{ AttributeName: "id", AttributeType: "S" }];
    const KeySchema = [{ AttributeName: "id", KeyType: "HASH" as const }];
    for (const end of ["1", "2"]) {
      const TableName = `orders-of-the-shop-in-the-north-of-the-country-${end}`;
      const asked = { TableName, AttributeDefinitions, KeySchema, BillingMode: "PAY_PER_REQUEST" as const };
      await trial.send(DynamoDBClient, new CreateTableCommand(asked));
    }
    await trial.hour();
    const plan = await trial.planned();
    const names = plan.steps.flatMap(({ operation, saves }) => (operation === "back-up" ? [String(saves.backup)] : []));
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^evenkeel-[A-Za-z0-9-]{1,45}-\d{14}$/);
  });
});
