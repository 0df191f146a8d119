import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, it } from "vitest";
import { HERE, testAccount } from "../../../tests/contract/account.ts";
import { memoryHost } from "../../io/memory.ts";
import { EvenkeelError } from "../../model/errors.ts";
import { memoryBucket } from "../../store/memory-bucket.ts";
import { s3Store } from "../../store/s3.ts";
import { FAULTS } from "../../twin/faults.ts";
import { factsFor } from "../types/types.ts";
import { examine, type Patient } from "./doctor.ts";

async function patient(change: Partial<Patient> = {}) {
  const account = await testAccount();
  const store = s3Store("s3://mine", memoryBucket(), "");
  const healthy: Patient = {
    nodeVersion: "20.19.0",
    configPath: undefined,
    storeUrl: "s3://mine",
    types: factsFor(["sqs:queue", "iam:role"]),
    host: memoryHost(),
    clock: account.twin.clock,
    signal: new AbortController().signal,
    connect: async () => account.connection,
    store: async () => store,
  };
  return { ...account, patient: { ...healthy, ...change } };
}

const byName = (checks: readonly { readonly name: string; readonly status: string }[]) =>
  Object.fromEntries(checks.map(({ name, status }) => [name, status]));

it("finds nothing wrong with a healthy account; without a wire the clock is unknown", async () => {
  const { patient: healthy } = await patient();

  const { checks, exit } = await examine(healthy);

  expect(byName(checks)).toEqual({
    node: "ok",
    configuration: "ok",
    store: "ok",
    credentials: "ok",
    regions: "ok",
    clock: "warn",
    "permissions for snapshot, delta": "ok",
    "permissions for restore, reap": "ok",
  });
  expect(exit).toBe(0);
});

it("names the missing action, what it is for and the command that prints a policy", async () => {
  const { patient: healthy, twin } = await patient();
  twin.faults = [{ ...FAULTS.denied, service: "sqs", operation: "ListQueues" }];

  const { checks, exit } = await examine(healthy);

  const check = checks.find(({ name }) => name === "permissions for snapshot, delta");
  expect(check).toMatchObject({ status: "fail", todo: "attach what `evenkeel iam policy --verb snapshot` prints" });
  expect(check?.text).toBe("1 of 2 types can be read; missing: sqs:ListQueues (for AWS::SQS::Queue)");
  expect(exit).toBe(5);
});

it("sees that a part of a resource can't be read", async () => {
  const { patient: healthy, twin, send } = await patient({ types: factsFor(["sqs:queue"]) });
  await send(SQSClient, new CreateQueueCommand({ QueueName: "jobs" }), HERE);
  const { connection } = await testAccount({ world: twin.world, faults: [{ ...FAULTS.denied, service: "tagging" }] });
  const elsewhere = { ...connection, defaultRegion: HERE };

  const { checks } = await examine({ ...healthy, connect: async () => elsewhere });

  expect(checks.map(({ text }) => text).join()).toContain("missing: tag:GetResources");
});

it("ends with 3 where nobody is signed in, having looked at what it can", async () => {
  const expired = new EvenkeelError("EXPIRED_CREDENTIALS", "expired", {
    awsCode: "RequestExpired",
    hint: "sign in again",
  });
  const { patient: healthy } = await patient({ storeUrl: "file:x", connect: () => Promise.reject(expired) });

  const { checks, exit } = await examine(healthy);

  expect(byName(checks)).toEqual({ node: "ok", configuration: "ok", store: "ok", credentials: "fail" });
  expect(checks.at(-1)?.todo).toBe("sign in again; check the machine's clock");
  expect(exit).toBe(3);
});

it("says what is wrong with the machine and the store", async () => {
  const full = new EvenkeelError("STORE_FAILED", "disk full", { hint: "make room" });
  const { patient: healthy } = await patient({ nodeVersion: "20.18.3", store: () => Promise.reject(full) });

  const { checks, exit } = await examine(healthy);

  expect(byName(checks)).toMatchObject({ node: "fail", store: "fail" });
  expect(exit).toBe(5);
});

it("says of which types nothing is removed, as who uses them can't be seen, and of all without the alias", async () => {
  const { patient: healthy, twin } = await patient({ types: factsFor(["ec2:key-pair", "ec2:instance", "sqs:queue"]) });
  const removals = async () => {
    const { checks, exit } = await examine(healthy);
    return { ...checks.find(({ name }) => name === "permissions for restore, reap"), exit };
  };
  twin.faults = [{ ...FAULTS.denied, service: "ec2", operation: "DescribeInstances" }];
  const blind = await removals();

  expect(blind).toMatchObject({
    status: "warn",
    text: expect.stringMatching(/^ec2:instance, ec2:key-pair would be kept/),
  });
  twin.faults = [{ ...FAULTS.denied, service: "iam", operation: "ListAccountAliases" }];
  // The alias is asked for once a connection.
  const { connection } = await testAccount({ world: twin.world, faults: twin.faults });
  const { checks, exit } = await examine({ ...healthy, connect: async () => connection });

  expect(checks.at(-1)).toMatchObject({ status: "warn", text: expect.stringContaining("nothing is removed") });
  const free = await examine({ ...healthy, connect: async () => connection, protectedAccounts: [] });
  expect(free.checks.at(-1)?.text).not.toContain("nothing is removed");
  expect(exit).toBe(0);
});
