import { forget, later } from "../../moving.ts";
import { AwsFault, page, service, tagList, tagMap } from "../../service.ts";
import { switchingOperations } from "./switching.ts";
import { existing, moveOf, PAGE, rowOf, rows } from "./table.ts";
import { createdWorkspace, launched } from "./workspace-row.ts";

/** How long AWS takes, which it does not promise. */
const LAUNCHING_MS = 20 * 60_000;

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
