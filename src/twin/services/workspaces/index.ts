import type { FailedWorkspaceChangeRequest, WorkspaceState } from "@aws-sdk/client-workspaces";
import { arrive, forget, later } from "../../moving.ts";
import { AwsFault, type Call, page, service, type Table, tagList, tagMap } from "../../service.ts";
import { createdWorkspace, launched, type Row } from "./workspace-row.ts";

const rows = (call: Call): Table<Row> => call.table<Row>("workspaces.workspace");

const moveOf = (id: string | undefined) => `workspaces.workspace/${id}`;

/** How long AWS takes, which it does not promise. */
const LAUNCHING_MS = 20 * 60_000;
const STOPPING_MS = 3 * 60_000;
const STARTING_MS = 4 * 60_000;

/** WorkSpaces takes and gives up to 25. Source: WorkSpaces API reference, DescribeWorkspaces, StopWorkspaces. */
const PAGE = { max: 25, invalid: "InvalidParameterValuesException" } as const;

function rowOf(call: Call, id: string | undefined): Row | undefined {
  const row = rows(call).get(id ?? "");
  if (row) arrive(call, moveOf(id), row.workspace);
  return row;
}

function existing(call: Call, id: string | undefined): Row {
  const row = rowOf(call, id);
  if (!row) throw new AwsFault("ResourceNotFoundException", `WorkSpace ${id} could not be found.`);
  return row;
}

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

export const workspaces = service(
  { namespace: "com.amazonaws.workspaces", signingName: "workspaces" },
  () => import("@aws-sdk/client-workspaces"),
  {
    CreateWorkspaces({ Workspaces = [] }, call) {
      const PendingRequests = (Workspaces ?? []).map((request) => {
        const workspace = createdWorkspace(request, call);
        const id = workspace.WorkspaceId ?? "";
        rows(call).put(id, { workspace, tags: tagMap(request.Tags) });
        later(call, moveOf(id), LAUNCHING_MS, launched(workspace, call));
        return workspace;
      });
      return { PendingRequests, FailedRequests: [] };
    },
    DescribeWorkspaces({ WorkspaceIds: ids, DirectoryId, UserName, BundleId, Limit, NextToken }, call) {
      if (ids && (DirectoryId || BundleId))
        throw new AwsFault("InvalidParameterValuesException", "WorkspaceIds can't be combined with other filters.");
      if (ids && ids.length > PAGE.max)
        throw new AwsFault("ValidationException", `Member must have length less than or equal to ${PAGE.max}.`);
      const all = rows(call)
        .all()
        .flatMap(({ workspace }) => rowOf(call, workspace.WorkspaceId)?.workspace ?? []);
      const found = all.filter(
        (row) =>
          (ids?.includes(row.WorkspaceId ?? "") ?? true) &&
          (!DirectoryId || row.DirectoryId === DirectoryId) &&
          (!UserName || row.UserName === UserName) &&
          (!BundleId || row.BundleId === BundleId),
      );
      const { items, next } = page(found, { token: NextToken, max: Limit }, PAGE);
      return { Workspaces: items, NextToken: next };
    },
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
    ModifyWorkspaceProperties({ WorkspaceId, WorkspaceProperties }, call) {
      const { workspace } = existing(call, WorkspaceId);
      if (workspace.State !== "AVAILABLE" && workspace.State !== "STOPPED")
        throw new AwsFault("InvalidResourceStateException", `The WorkSpace is in state ${workspace.State}.`);
      workspace.WorkspaceProperties = { ...workspace.WorkspaceProperties, ...WorkspaceProperties };
      return {};
    },
    TerminateWorkspaces({ TerminateWorkspaceRequests = [] }, call) {
      for (const { WorkspaceId } of TerminateWorkspaceRequests ?? []) {
        rows(call).delete(WorkspaceId ?? "");
        forget(call, moveOf(WorkspaceId));
      }
      return { FailedRequests: [] };
    },
    CreateTags({ ResourceId, Tags }, call) {
      Object.assign(existing(call, ResourceId).tags, tagMap(Tags));
      return {};
    },
    DeleteTags({ ResourceId, TagKeys = [] }, call) {
      const row = existing(call, ResourceId);
      row.tags = Object.fromEntries(Object.entries(row.tags).filter(([key]) => !TagKeys?.includes(key)));
      return {};
    },
    DescribeTags({ ResourceId }, call) {
      return { TagList: tagList(existing(call, ResourceId).tags) };
    },
  },
);
