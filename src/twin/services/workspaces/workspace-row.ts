import type { Workspace, WorkspaceProperties, WorkspaceRequest } from "@aws-sdk/client-workspaces";
import type { JsonObject } from "../../../model/json.ts";
import type { Call, Stored } from "../../service.ts";

export interface Row {
  readonly workspace: Stored<Workspace>;
  tags: Record<string, string>;
}

/** Defaults: WorkSpaces API reference, WorkspaceProperties. */
const PROPERTIES: Stored<WorkspaceProperties> = {
  RunningMode: "ALWAYS_ON",
  RootVolumeSizeGib: 80,
  UserVolumeSizeGib: 50,
  ComputeTypeName: "STANDARD",
  Protocols: ["WSP"],
};

/** A WorkSpace as CreateWorkspaces begins to make it. */
export function createdWorkspace(request: Stored<WorkspaceRequest>, call: Call): Row["workspace"] {
  const { Tags: _, WorkspaceProperties: asked, ...settings } = request;
  const stops = asked?.RunningMode === "AUTO_STOP" ? { RunningModeAutoStopTimeoutInMinutes: 60 } : {};
  return {
    ...settings,
    WorkspaceId: call.id("ws-", 9),
    State: "PENDING",
    WorkspaceProperties: { ...PROPERTIES, ...stops, ...asked },
    ModificationStates: [],
  };
}

/** What AWS tells once it is there. */
export function launched(row: Row["workspace"], call: Call): JsonObject {
  const { WorkspaceId = "" } = row;
  return {
    State: "AVAILABLE",
    IpAddress: `10.1.0.${4 + (Number.parseInt(WorkspaceId.slice(-2), 16) % 250)}`,
    SubnetId: "subnet-0a1b2c3d4e5f60718",
    ComputerName: `WSAMZN-${call.id("", 8).toUpperCase()}`,
  };
}
