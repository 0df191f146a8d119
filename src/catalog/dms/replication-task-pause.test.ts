import {
  DatabaseMigrationServiceClient,
  ModifyReplicationTaskCommand,
  StartReplicationTaskCommand,
  StopReplicationTaskCommand,
} from "@aws-sdk/client-database-migration-service";
import { describe, expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { pauseSuite } from "../../../tests/contract/pause-suite.ts";
import type { PauseState } from "../contract.ts";
import { writeScope } from "../scope.ts";
import { createTasks, LOADED_MS, loadedTask, SETTLED_MS, startedTask } from "./dms.trial.ts";
import { pause } from "./replication-task-pause.ts";

const scopeOf = ({ connection }: TestAccount) => writeScope(connection, HERE, { signal: new AbortController().signal });
const writesOf = ({ calls }: TestAccount) => calls.splice(0).filter((call) => /Start|Stop/.test(call));
const BOTH = { migration: "full-load-and-cdc" };

pauseSuite("AWS::DMS::ReplicationTask", {
  seed: (account) => loadedTask(account),
  keeps: [
    { why: /full load is not known to be finished/, seed: (account) => startedTask(account) },
    { why: /loads tables once/, seed: (account) => startedTask(account, { MigrationType: "full-load" }) },
  ],
});

describe("a replication task", () => {
  const LIVE = { errored: 0, loading: 0, queued: 0, loadedPercent: 100, loadFinishedAt: "2026-01-01T00:00:00.000Z" };
  const verdictOf = (saved: PauseState["saved"], live?: PauseState["live"]) =>
    pause.eligible({ phase: "running", words: "running", saved, ...(live ? { live } : {}) }, undefined as never);

  it("of changes alone has no load to wait for", () => {
    expect(verdictOf({ migration: "cdc" }, { errored: 0 })).toMatchObject({ kind: "eligible" });
  });

  it.each([
    ["how far it has come is not told", {}],
    ["its load has no end yet", { ...LIVE, loadFinishedAt: null }],
    ["tables wait", { ...LIVE, queued: 1 }],
    ["tables are loaded", { ...LIVE, loading: 1 }],
    ["it is at 99 per cent", { ...LIVE, loadedPercent: 99 }],
    ["tables are in error", { ...LIVE, errored: 2 }],
  ])("is kept while %s", (_, live) => {
    expect(verdictOf(BOTH, LIVE)).toMatchObject({ kind: "eligible" });
    expect(verdictOf(BOTH, live)).toMatchObject({ kind: "kept" });
  });

  it("of a type that is new or not told is kept", () => {
    expect(verdictOf({ migration: "sometimes" }, LIVE)).toMatchObject({ kind: "kept" });
    expect(verdictOf({}, LIVE)).toMatchObject({ kind: "kept", reason: expect.stringMatching(/unknown/) });
  });

  it("says that it ends by itself", () => {
    expect(verdictOf({ ...BOTH, stopsAt: "server_time:2026-02-09T12:12:12" }, LIVE)).toMatchObject({
      risks: expect.arrayContaining([expect.stringMatching(/server_time:2026/)]),
    });
  });

  it("is resumed from where it was and by no other kind of start, its load as it was", async () => {
    const account = await testAccount();
    const id = await loadedTask(account);
    const before = await pause.capture(scopeOf(account), id);
    account.twin.log.length = 0;

    await pause.stop(scopeOf(account), id, BOTH);
    await account.twin.clock.sleep(SETTLED_MS);
    await pause.resume(scopeOf(account), id, BOTH);
    await account.twin.clock.sleep(SETTLED_MS);

    const starts = account.twin.log.filter(({ operation }) => operation === "StartReplicationTask");
    expect(starts.map(({ input }) => input)).toEqual([
      { ReplicationTaskArn: id, StartReplicationTaskType: "resume-processing" },
    ]);
    expect(await pause.capture(scopeOf(account), id)).toEqual(before);
  });

  it("that has begun to load again since the plan is not stopped", async () => {
    const account = await testAccount();
    const id = await loadedTask(account);
    await account.send(DatabaseMigrationServiceClient, new StopReplicationTaskCommand({ ReplicationTaskArn: id }));
    await account.twin.clock.sleep(SETTLED_MS);
    const reload = { ReplicationTaskArn: id, StartReplicationTaskType: "reload-target" } as const;
    await account.send(DatabaseMigrationServiceClient, new StartReplicationTaskCommand(reload));
    await account.twin.clock.sleep(SETTLED_MS);

    await expect(pause.stop(scopeOf(account), id, BOTH)).rejects.toMatchObject({ code: "REFUSED" });
    expect(writesOf(account)).toEqual([]);
  });

  it("that was made to load everything meanwhile is not started", async () => {
    const account = await testAccount();
    const id = await loadedTask(account);
    await pause.stop(scopeOf(account), id, BOTH);
    await account.twin.clock.sleep(SETTLED_MS);
    const change = { ReplicationTaskArn: id, MigrationType: "full-load" } as const;
    await account.send(DatabaseMigrationServiceClient, new ModifyReplicationTaskCommand(change));
    writesOf(account);

    await expect(pause.resume(scopeOf(account), id, BOTH)).rejects.toMatchObject({ code: "REFUSED" });
    expect(writesOf(account)).toEqual([]);
  });

  it("that was made anew under its ARN and never ran is not started: it has no position to go on from", async () => {
    const account = await testAccount();
    const [id = ""] = await createTasks(account, ["orders"]);

    await expect(pause.resume(scopeOf(account), id, BOTH)).rejects.toMatchObject({ code: "REFUSED" });
    expect(writesOf(account)).toEqual([]);
  });

  it("that loads once and has ended has nothing to pause", async () => {
    const account = await testAccount();
    const id = await startedTask(account, { MigrationType: "full-load" });
    await account.twin.clock.sleep(LOADED_MS);

    expect((await pause.capture(scopeOf(account), id))?.phase).toBe("paused");
  });

  it("is not called again while it stops or starts", async () => {
    const account = await testAccount();
    const id = await loadedTask(account);
    const scope = scopeOf(account);
    await account.send(DatabaseMigrationServiceClient, new StopReplicationTaskCommand({ ReplicationTaskArn: id }));
    await pause.stop(scope, id, BOTH);
    expect(writesOf(account)).toEqual([]);
    expect((await pause.capture(scope, id))?.phase).toBe("moving");

    await account.twin.clock.sleep(SETTLED_MS);
    const start = { ReplicationTaskArn: id, StartReplicationTaskType: "resume-processing" } as const;
    await account.send(DatabaseMigrationServiceClient, new StartReplicationTaskCommand(start));
    await pause.resume(scope, id, BOTH);
    expect(writesOf(account)).toEqual([]);
    expect((await pause.capture(scope, id))?.words).toBe("starting");
  });
});
