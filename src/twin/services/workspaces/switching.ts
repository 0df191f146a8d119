import type { FailedWorkspaceChangeRequest, WorkspaceState } from "@aws-sdk/client-workspaces";
import { later } from "../../moving.ts";
import { AwsFault, type Call, type Operations } from "../../service.ts";
import { moveOf, PAGE, rowOf } from "./table.ts";

/** How long AWS takes, which it does not promise. */
const STOPPING_MS = 3 * 60_000;
const STARTING_MS = 4 * 60_000;

/** Source: WorkSpaces API reference, StopWorkspaces and StartWorkspaces. */
const STOPPABLE: readonly string[] = ["AVAILABLE", "IMPAIRED", "UNHEALTHY", "ERROR"];
const STARTABLE: readonly string[] = ["STOPPED"];

interface Change {
  readonly from: readonly string[];
  readonly through: WorkspaceState;
  readonly to: WorkspaceState;
  readonly ms: number;
}

/** Changes each that may be changed; what may not is told in an answer that is a success. */
function change(
  call: Call,
  requests: readonly { WorkspaceId?: string | undefined }[] | undefined,
  { from, through, to, ms }: Change,
): { FailedRequests: FailedWorkspaceChangeRequest[] } {
  const asked = requests ?? [];
  if (asked.length < 1 || asked.length > PAGE.max)
    throw new AwsFault("ValidationException", `Member must have length between 1 and ${PAGE.max}, inclusive.`);
  const refused = ({ WorkspaceId }: { WorkspaceId?: string | undefined }) => {
    const failed = (ErrorCode: string, ErrorMessage: string) => [{ WorkspaceId, ErrorCode, ErrorMessage }];
    const row = rowOf(call, WorkspaceId)?.workspace;
    if (!row) return failed("ResourceNotFound.Workspace", `WorkSpace ${WorkspaceId} could not be found.`);
    if (row.WorkspaceProperties?.RunningMode === "ALWAYS_ON")
      return failed("OperationNotSupportedException", "This operation is not supported for ALWAYS_ON WorkSpaces.");
    if (!from.includes(row.State ?? ""))
      return failed("InvalidResourceStateException", `The WorkSpace is in state ${row.State}.`);
    row.State = through;
    later(call, moveOf(WorkspaceId), ms, { State: to });
    return [];
  };
  return { FailedRequests: asked.flatMap(refused) };
}

export const switchingOperations = {
  StopWorkspaces({ StopWorkspaceRequests }, call) {
    return change(call, StopWorkspaceRequests, {
      from: STOPPABLE,
      through: "STOPPING",
      to: "STOPPED",
      ms: STOPPING_MS,
    });
  },
  StartWorkspaces({ StartWorkspaceRequests }, call) {
    return change(call, StartWorkspaceRequests, {
      from: STARTABLE,
      through: "STARTING",
      to: "AVAILABLE",
      ms: STARTING_MS,
    });
  },
} satisfies Operations<typeof import("@aws-sdk/client-workspaces")>;
