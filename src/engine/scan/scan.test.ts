import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { memoryHost } from "../../io/memory.ts";
import { redactor } from "../../model/redact.ts";
import type { ResourceType } from "../../model/resource.ts";
import { FAULTS } from "../../twin/faults.ts";
import { type Scan, scan } from "./scan.ts";

const TOKEN = "IQoJb3JpZ2luX2VjEXAMPLE";
const LEAK = { ...FAULTS.denied, message: `the canonical string was host:x\nx-amz-security-token:${TOKEN}` };

function scanned({ connection, twin }: TestAccount, ...types: readonly ResourceType[]): Promise<Scan> {
  const redact = redactor(Buffer.from("key of the scan"));
  const { signal } = new AbortController();
  return scan({
    connection,
    selection: { types, regions: [HERE] },
    redact,
    host: memoryHost(),
    clock: twin.clock,
    signal,
  });
}

async function withQueue(): Promise<TestAccount> {
  const account = await testAccount();
  await account.send(SQSClient, new CreateQueueCommand({ QueueName: "orders" }));
  return account;
}

describe("a scan", () => {
  it("stores no secret that AWS's refusal of a listing repeats", async () => {
    const account = await withQueue();
    account.twin.faults = [{ ...LEAK, operation: "ListQueues" }];
    const { coverage } = await scanned(account, "AWS::SQS::Queue");

    expect(coverage).toMatchObject([{ status: "denied", action: "sqs:ListQueues" }]);
    expect(JSON.stringify(coverage)).not.toContain(TOKEN);
  });

  it("stores no secret that a failed reading of a part repeats", async () => {
    const account = await withQueue();
    const failed = { ...FAULTS.serverError, message: LEAK.message };
    account.twin.faults = [{ ...failed, operation: "GetResources" }];
    const { resources } = await scanned(account, "AWS::SQS::Queue");

    expect(resources).toMatchObject([{ id: "orders", unknown: [{ path: "Tags" }] }]);
    expect(JSON.stringify(resources)).not.toContain(TOKEN);
  });

  it("goes on with the other types when one trips over a bug, and says so", async () => {
    const account = await withQueue();
    const { connection } = account;
    const broken = {
      ...connection,
      client: ((make, where, lane) => {
        if (make.name === "SNSClient") throw new TypeError("no such member");
        return connection.client(make, where, lane);
      }) as typeof connection.client,
    };
    const seen = await scanned({ ...account, connection: broken }, "AWS::SQS::Queue", "AWS::SNS::Topic");

    expect(seen.resources.map(({ id }) => id)).toEqual(["orders"]);
    expect(seen.coverage.find(({ type }) => type === "AWS::SNS::Topic")).toMatchObject({
      status: "failed",
      reason: expect.stringContaining("a bug of Evenkeel"),
    });
  });

  it("counts a resource once that a moving listing tells twice", async () => {
    const account = await withQueue();
    const { connection } = account;
    const twice = {
      ...connection,
      client: ((make, where, lane) => {
        const client = connection.client(make, where, lane) as { send(command: object): Promise<object> };
        const send = async (command: object) => {
          const answer = (await client.send(command)) as { QueueUrls?: string[] };
          return answer.QueueUrls ? { ...answer, QueueUrls: [...answer.QueueUrls, ...answer.QueueUrls] } : answer;
        };
        return Object.assign(Object.create(client), { send });
      }) as typeof connection.client,
    };
    const { coverage, resources } = await scanned({ ...account, connection: twice }, "AWS::SQS::Queue");

    expect(resources).toHaveLength(1);
    expect(coverage).toMatchObject([{ status: "complete", count: 1 }]);
  });
});
