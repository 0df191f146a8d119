import { CreateQueueCommand, DeleteQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { ACCOUNT, HERE, testAccount } from "../../tests/contract/account.ts";
import { EvenkeelError } from "../model/errors.ts";
import { commandLine } from "./trial.test-data.ts";

const QUEUES = ["--type", "sqs:queue", "--regions", HERE];

async function accountWithQueues() {
  const account = await testAccount();
  for (const QueueName of ["jobs", "mails"]) await account.send(SQSClient, new CreateQueueCommand({ QueueName }));
  const line = commandLine({ connect: async () => account.connection });
  return { ...account, ...line };
}

describe("snapshots from the command line", () => {
  it("are made, listed, shown, exported and compared", async () => {
    const { run, send } = await accountWithQueues();

    const made = await run("snapshot", "create", "monday", "--metadata", "ticket=OPS=12", ...QUEUES);
    const url = `https://sqs.${HERE}.amazonaws.com/${ACCOUNT}/mails`;
    await send(SQSClient, new DeleteQueueCommand({ QueueUrl: url }));
    const next = await run("snapshot", "create", "tuesday", "--no-set-active", ...QUEUES, "--output", "json");
    const list = await run("snapshot", "list", "--sort", "name", "--output", "json");
    const show = await run("snapshot", "show", "monday", "--group-by", "region");
    const diff = await run("snapshot", "diff", "monday", "tuesday", "--exit-code", "--output", "json");
    const csv = await run("snapshot", "export", "monday", "--format", "csv");
    const yaml = await run("snapshot", "export", "monday", "--format", "yaml");
    const json = await run("snapshot", "export", "monday");

    expect(made.stdout).toMatch(/monday: 2 resources of 1 type in 1 region/);
    expect(JSON.parse(next.stdout)).toMatchObject({ active: false, resources: 1, incomplete: [] });
    expect(JSON.parse(list.stdout)).toMatchObject({
      count: 2,
      snapshots: [
        { name: "monday", active: true, resources: 2, metadata: { ticket: "OPS=12" } },
        { name: "tuesday", active: false, resources: 1 },
      ],
    });
    expect(show.stdout).toMatch(/REGION +RESOURCES\neu-west-1 +2\n/);
    expect(diff.code).toBe(7);
    expect(JSON.parse(diff.stdout)).toMatchObject({ counts: { deleted: 1, added: 0 } });
    expect(parse(csv.stdout, { columns: true, recordDelimiter: "\r\n" })).toHaveLength(2);
    expect(parseYaml(yaml.stdout)).toEqual(JSON.parse(json.stdout));
    expect(JSON.parse(json.stdout).resources).toHaveLength(2);
  });

  it("end with 0 and say so when nothing changed", async () => {
    const { run } = await accountWithQueues();
    await run("snapshot", "create", "monday", ...QUEUES);

    const delta = await run("delta", "--exit-code", "--output", "json");

    expect([delta.code, JSON.parse(delta.stdout).changes]).toEqual([0, 0]);
  });

  it("are not deleted without an answer, nor the baseline at all", async () => {
    const { run } = await accountWithQueues();
    await run("snapshot", "create", "monday", ...QUEUES);
    await run("snapshot", "create", "tuesday", ...QUEUES);

    const unanswered = await run("snapshot", "delete", "monday");
    const baseline = await run("snapshot", "delete", "tuesday", "--yes");
    const unknown = await run("snapshot", "delete", "friday");
    const confirmed = await run("snapshot", "delete", "monday", "--yes", "--output", "json");

    expect(unanswered.stderr).toContain("is answered no");
    expect(unanswered.stderr).toContain("Nothing was deleted.");
    expect([unanswered.code, baseline.code, unknown.code, confirmed.code]).toEqual([130, 6, 4, 0]);
    expect(JSON.parse(confirmed.stdout)).toEqual({ deleted: "monday", changes: 1 });
  });

  it("can be looked at without signing in where the store has one account only", async () => {
    const signedIn = await accountWithQueues();
    await signedIn.run("snapshot", "create", "monday", ...QUEUES);
    const offline = commandLine({
      connect: () => Promise.reject(new EvenkeelError("NO_CREDENTIALS", "no credentials")),
      env: { EVENKEEL_STORE: `file:${signedIn.folder}/store` },
    });

    const list = await offline.run("snapshot", "list", "--output", "csv");
    const diff = await offline.run("snapshot", "diff", "monday", "monday");

    // What comes next is for a person, and in no result.
    expect([list.code, diff.code, diff.stderr]).toEqual([0, 0, "Next: evenkeel delta\n"]);
    expect(diff.stdout).not.toContain("Next");
    expect(list.stderr).toContain(`Not signed in: these are the snapshots of account ${ACCOUNT}`);
    expect(list.stdout.split("\r\n")[1]).toMatch(/^monday,true,/);
  });

  it("say who is signed in, with the regions that are enabled", async () => {
    const { run } = await accountWithQueues();

    const { stdout } = await run("whoami", "--output", "yaml");

    expect(parseYaml(stdout)).toMatchObject({ account: ACCOUNT, partition: "aws" });
  });
});
