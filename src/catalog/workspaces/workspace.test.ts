import {
  ModifyWorkspacePropertiesCommand,
  TerminateWorkspacesCommand,
  WorkSpacesClient,
} from "@aws-sdk/client-workspaces";
import { expect, it } from "vitest";
import { HERE, testAccount } from "../../../tests/contract/account.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { readScope } from "../scope.ts";
import entry from "./workspace.ts";
import { createWorkspaces } from "./workspaces.trial.ts";

const USERS = ["ada", "grace", "barbara", "frances", "radia", "hedy", "joan"];

contractSuite("AWS::WorkSpaces::Workspace", {
  seed: (account) => createWorkspaces(account, USERS),
  remove: ({ send }, WorkspaceId) => {
    const TerminateWorkspaceRequests = [{ WorkspaceId }];
    return send(WorkSpacesClient, new TerminateWorkspacesCommand({ TerminateWorkspaceRequests }));
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
