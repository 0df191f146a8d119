import { paginateDescribeWorkspaces, WorkSpacesClient, type Workspace } from "@aws-sdk/client-workspaces";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { unknownOf, without } from "../reading.ts";
import { workspaceById } from "./workspace-batches.ts";
import { pause } from "./workspace-pause.ts";
import { removal } from "./workspace-removal.ts";

async function found(scope: ReadScope, workspace: Workspace): Promise<Found> {
  const id = workspace.WorkspaceId ?? "";
  const { account, partition, region } = scope;
  const arn = `arn:${partition}:workspaces:${region}:${account}:workspace/${id}`;
  const { tags, unknown } = (await scope.tags("workspaces:workspace"))(arn);
  return {
    id,
    arn,
    // One that belongs to no user has a name of its own.
    name: workspace.WorkspaceName ?? workspace.UserName,
    state: workspace.State,
    tags,
    configuration: without(workspace, "WorkspaceId"),
    ...unknownOf(unknown),
  };
}

/** One that was deleted is told of for a short while. */
const isThere = ({ State }: Workspace) => State !== "TERMINATED";

async function* list(scope: ReadScope): AsyncGenerator<Found> {
  const paging = { client: scope.client(WorkSpacesClient), pageSize: scope.pageSize(25) };
  for await (const page of paginateDescribeWorkspaces(paging, {}))
    for (const workspace of (page.Workspaces ?? []).filter(isThere)) yield found(scope, workspace);
}

export default {
  list,

  async read(scope, id) {
    const workspace = await workspaceById(scope.client(WorkSpacesClient), id);
    return workspace && isThere(workspace) ? found(scope, workspace) : undefined;
  },
  pause,
  removal,
} satisfies Entry;
