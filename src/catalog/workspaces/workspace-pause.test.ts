import {
  ModifyWorkspacePropertiesCommand,
  type RunningMode,
  StartWorkspacesCommand,
  StopWorkspacesCommand,
  WorkSpacesClient,
} from "@aws-sdk/client-workspaces";
import { describe, expect, it } from "vitest";
import { HERE, type TestAccount, testAccount } from "../../../tests/contract/account.ts";
import { pauseSuite } from "../../../tests/contract/pause-suite.ts";
import type { PauseState } from "../contract.ts";
import { writeScope } from "../scope.ts";
import { pause } from "./workspace-pause.ts";
import { createWorkspaces } from "./workspaces.trial.ts";

async function create(account: TestAccount, RunningMode: RunningMode = "AUTO_STOP"): Promise<string> {
  return (await createWorkspaces(account, ["ada"], { RunningMode }))[0] ?? "";
}

const scopeOf = ({ connection }: TestAccount) => writeScope(connection, HERE, { signal: new AbortController().signal });

pauseSuite("AWS::WorkSpaces::Workspace", {
  seed: (account) => create(account),
  keeps: [{ why: /ALWAYS_ON: it costs by the month/, seed: (account) => create(account, "ALWAYS_ON") }],
});

describe("a WorkSpace", () => {
  const verdictOf = (state: Partial<PauseState>) =>
    pause.eligible(
      { phase: "running", saved: { runningMode: "AUTO_STOP" }, words: "available", ...state },
      undefined as never,
    );

  it.each(["impaired", "unhealthy", "error", "suspended", "admin_maintenance", "maintenance", "unknown"])(
    "that is %s is kept",
    (words) => {
      expect(verdictOf({ words })).toMatchObject({ kind: "kept", reason: expect.stringContaining(words) });
    },
  );

  it("whose running mode is not told, or is a new one, is kept", () => {
    expect(verdictOf({ saved: {} })).toMatchObject({ kind: "kept", reason: expect.stringMatching(/unknown/) });
    expect(verdictOf({ saved: { runningMode: "SOMETIMES" } })).toMatchObject({ kind: "kept" });
  });

  it("that is stopped by hand alone is not said to start by itself", () => {
    expect(verdictOf({})).toMatchObject({ risks: [expect.stringMatching(/starts again by itself/)] });
    expect(verdictOf({ saved: { runningMode: "MANUAL" } })).toMatchObject({ kind: "eligible", risks: [] });
  });

  it("that AWS refuses in an answer that is a success has failed", async () => {
    const account = await testAccount();
    const id = await create(account, "ALWAYS_ON");

    await expect(pause.stop(scopeOf(account), id, {})).rejects.toMatchObject({
      code: "AWS_REFUSED",
      details: { awsCode: "OperationNotSupportedException" },
    });
  });

  it("that is refused does not fail those that are stopped with it", async () => {
    const account = await testAccount();
    const [free = "", fixed = ""] = await createWorkspaces(account, ["ada", "grace"]);
    const WorkspaceProperties = { RunningMode: "ALWAYS_ON" } as const;
    await account.send(
      WorkSpacesClient,
      new ModifyWorkspacePropertiesCommand({ WorkspaceId: fixed, WorkspaceProperties }),
    );
    account.calls.length = 0;
    const outcomes = await Promise.allSettled([free, fixed].map((id) => pause.stop(scopeOf(account), id, {})));

    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(account.calls.filter((call) => call === "workspaces:StopWorkspaces")).toHaveLength(1);
    expect((await pause.capture(scopeOf(account), free))?.words).toBe("stopping");
    expect((await pause.capture(scopeOf(account), fixed))?.words).toBe("available");
  });

  it("that is gone is no success either", async () => {
    const account = await testAccount();

    await expect(pause.stop(scopeOf(account), "ws-000000000", {})).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is not called again while it stops or starts", async () => {
    const account = await testAccount();
    const id = await create(account);
    const scope = scopeOf(account);
    const one = [{ WorkspaceId: id }];
    const writes = () => account.calls.splice(0).filter((call) => /Start|Stop/.test(call));
    await account.send(WorkSpacesClient, new StopWorkspacesCommand({ StopWorkspaceRequests: one }));
    await pause.stop(scope, id, {});
    expect(writes()).toEqual([]);
    expect((await pause.capture(scope, id))?.phase).toBe("moving");

    await account.twin.clock.sleep(3_600_000);
    await account.send(WorkSpacesClient, new StartWorkspacesCommand({ StartWorkspaceRequests: one }));
    await pause.resume(scope, id, {});
    expect(writes()).toEqual([]);
    expect((await pause.capture(scope, id))?.words).toBe("starting");
  });
});
