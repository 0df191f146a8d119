import {
  ModifyWorkspacePropertiesCommand,
  TerminateWorkspacesCommand,
  WorkSpacesClient,
} from "@aws-sdk/client-workspaces";
import { expect, it } from "vitest";
import { HERE, testAccount } from "../../../tests/contract/account.ts";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { readScope, writeScope } from "../scope.ts";
import entry from "./workspace.ts";
import { createWorkspaces } from "./workspaces.trial.ts";

const USERS = ["ada", "grace", "barbara", "frances", "radia", "hedy", "joan"];

contractSuite("AWS::WorkSpaces::Workspace", {
  seed: (account) => createWorkspaces(account, USERS),
  remove: async ({ send, twin }, WorkspaceId) => {
    const TerminateWorkspaceRequests = [{ WorkspaceId }];
    await send(WorkSpacesClient, new TerminateWorkspacesCommand({ TerminateWorkspaceRequests }));
    await twin.clock.sleep(3_600_000);
  },
  change: ({ send }, WorkspaceId) => {
    const WorkspaceProperties = { RunningModeAutoStopTimeoutInMinutes: 120 };
    return send(WorkSpacesClient, new ModifyWorkspacePropertiesCommand({ WorkspaceId, WorkspaceProperties }));
  },
});

it("has the tags that the Tagging API tells of it", async () => {
  const account = await testAccount();
  const [id = ""] = await createWorkspaces(account, ["ada"]);
  const scope = readScope(account.connection, HERE, { signal: new AbortController().signal });

  expect(await entry.read(scope, id)).toMatchObject({ name: "ada", tags: { team: "sales" } });
});

removalSuite("AWS::WorkSpaces::Workspace", {
  seed: async (account) => (await createWorkspaces(account, ["ada", "grace"]))[0] ?? "",
});

it("is not terminated where WorkSpaces has suspended it, and is left alone where it is terminated already", async () => {
  const account = await testAccount();
  const scope = writeScope(account.connection, HERE, { signal: new AbortController().signal });
  const found = (state: string) => ({ id: "ws-0", state, tags: {}, configuration: {} });

  expect(entry.removal.inspect(found("SUSPENDED"), scope)).toMatchObject({
    refuses: expect.stringMatching(/suspended/),
  });
  expect(entry.removal.inspect(found("TERMINATING"), scope)).toMatchObject({ leaving: true });
  await entry.removal.remove(scope, found("TERMINATING"));
  expect(account.calls).toEqual([]);
  await expect(entry.removal.remove(scope, found("AVAILABLE"))).rejects.toMatchObject({ code: "NOT_FOUND" });
});
