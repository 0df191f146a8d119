import { CreateWorkspacesCommand, WorkSpacesClient, type WorkspaceProperties } from "@aws-sdk/client-workspaces";
import type { TestAccount } from "../../../tests/contract/account.ts";

const LAUNCHED_MS = 3_600_000;

/** Makes WorkSpaces, waits until they are there, and returns their ids. */
export async function createWorkspaces(
  { send, twin }: TestAccount,
  users: readonly string[],
  properties: WorkspaceProperties = { RunningMode: "AUTO_STOP" },
): Promise<string[]> {
  const Workspaces = users.map((UserName) => ({
    DirectoryId: "d-9067112233",
    UserName,
    BundleId: "wsb-b0s22j3d7",
    WorkspaceProperties: properties,
    Tags: [{ Key: "team", Value: "sales" }],
  }));
  const answer = await send(WorkSpacesClient, new CreateWorkspacesCommand({ Workspaces }));
  await twin.clock.sleep(LAUNCHED_MS);
  return (answer.PendingRequests ?? []).map(({ WorkspaceId = "" }) => WorkspaceId);
}
