import {
  DescribeWorkspacesCommand,
  type FailedWorkspaceChangeRequest,
  StartWorkspacesCommand,
  StopWorkspacesCommand,
  TerminateWorkspacesCommand,
  type WorkSpacesClient,
} from "@aws-sdk/client-workspaces";
import { translate } from "../../aws/errors.ts";
import { batched } from "../batching.ts";
import type { ReadScope } from "../contract.ts";

/** What one call reads, stops, starts or terminates. Source: WorkSpaces API reference, DescribeWorkspaces, StopWorkspaces. */
const AT_ONCE = 25;

/** One WorkSpace; undefined = not there: AWS leaves out ids that it does not know. */
export const workspaceById = batched(AT_ONCE, async (client: WorkSpacesClient, ids) => {
  const { Workspaces = [] } = await client.send(new DescribeWorkspacesCommand({ WorkspaceIds: [...ids] }));
  return (id) => Workspaces.find(({ WorkspaceId }) => WorkspaceId === id);
});

type Failure = FailedWorkspaceChangeRequest | undefined;

/** AWS answers 200 and tells what it refused. A refusal that names nobody may be of any of them. */
function failures(failed: readonly FailedWorkspaceChangeRequest[] | undefined): (id: string) => Failure {
  return (id) => failed?.find(({ WorkspaceId }) => WorkspaceId === id) ?? failed?.find((each) => !each.WorkspaceId);
}

/** Undefined = accepted. */
export const stopWorkspace = batched(AT_ONCE, async (client: WorkSpacesClient, ids) => {
  const StopWorkspaceRequests = ids.map((WorkspaceId) => ({ WorkspaceId }));
  return failures((await client.send(new StopWorkspacesCommand({ StopWorkspaceRequests }))).FailedRequests);
});

/** Undefined = accepted. */
export const startWorkspace = batched(AT_ONCE, async (client: WorkSpacesClient, ids) => {
  const StartWorkspaceRequests = ids.map((WorkspaceId) => ({ WorkspaceId }));
  return failures((await client.send(new StartWorkspacesCommand({ StartWorkspaceRequests }))).FailedRequests);
});

/** Undefined = accepted. */
export const terminateWorkspace = batched(AT_ONCE, async (client: WorkSpacesClient, ids) => {
  const TerminateWorkspaceRequests = ids.map((WorkspaceId) => ({ WorkspaceId }));
  return failures((await client.send(new TerminateWorkspacesCommand({ TerminateWorkspaceRequests }))).FailedRequests);
});

/** @throws EvenkeelError for what AWS refuses of one in an answer that is a success as a whole */
export function accepted(scope: ReadScope, operation: string, failure: Failure): void {
  if (!failure) return;
  const { ErrorCode = "UnknownError", ErrorMessage = "" } = failure;
  const error = { name: ErrorCode, message: ErrorMessage, $metadata: { httpStatusCode: 400 } };
  throw translate(error, { service: "workspaces", operation }, scope.region);
}
