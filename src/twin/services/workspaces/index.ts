import type { TerminateRequest } from "@aws-sdk/client-workspaces";
import { depart } from "../../departing.ts";
import { forget, later } from "../../moving.ts";
import { AwsFault, page, type Stored, service, tagList, tagMap } from "../../service.ts";
import { switchingOperations } from "./switching.ts";
import { existing, KIND, moveOf, PAGE, rowOf, rows } from "./table.ts";
import { createdWorkspace, launched } from "./workspace-row.ts";

/** How long AWS takes, which it does not promise. */
const LAUNCHING_MS = 20 * 60_000;
const TERMINATING_MS = 5 * 60_000;

export const workspaces = service(
  { namespace: "com.amazonaws.workspaces", signingName: "workspaces" },
  () => import("@aws-sdk/client-workspaces"),
  {
    ...switchingOperations,
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
    ModifyWorkspaceProperties({ WorkspaceId, WorkspaceProperties }, call) {
      const { workspace } = existing(call, WorkspaceId);
      if (workspace.State !== "AVAILABLE" && workspace.State !== "STOPPED")
        throw new AwsFault("InvalidResourceStateException", `The WorkSpace is in state ${workspace.State}.`);
      workspace.WorkspaceProperties = { ...workspace.WorkspaceProperties, ...WorkspaceProperties };
      return {};
    },
    TerminateWorkspaces({ TerminateWorkspaceRequests = [] }, call) {
      const refused = ({ WorkspaceId = "" }: Stored<TerminateRequest>) => {
        const failed = (ErrorCode: string, ErrorMessage: string) => [{ WorkspaceId, ErrorCode, ErrorMessage }];
        const workspace = rowOf(call, WorkspaceId)?.workspace;
        if (!workspace) return failed("ResourceNotFound.Workspace", `WorkSpace ${WorkspaceId} could not be found.`);
        if (workspace.State === "SUSPENDED" || workspace.State === "TERMINATING")
          return failed("InvalidResourceStateException", `The WorkSpace is in state ${workspace.State}.`);
        forget(call, moveOf(WorkspaceId));
        workspace.State = "TERMINATING";
        depart(call, KIND, WorkspaceId, TERMINATING_MS);
        return [];
      };
      return { FailedRequests: (TerminateWorkspaceRequests ?? []).flatMap(refused) };
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
