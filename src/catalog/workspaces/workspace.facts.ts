import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::WorkSpaces::Workspace",
  short: "workspaces:workspace",
  title: "WorkSpace",
  group: "compute",
  scope: "regional",
  arn: "arn:{partition}:workspaces:{region}:{account}:workspace/{id}",
  shape: { sdk: "client-workspaces", name: "Workspace" },
  volatile: [
    "State",
    "ErrorCode",
    "ErrorMessage",
    // There while a change of volumes, compute type or protocol is under way.
    "ModificationStates",
    "RelatedWorkspaces[].State",
    // Raised by each snapshot that is replicated.
    "DataReplicationSettings.RecoverySnapshotTime",
    "StandbyWorkspacesProperties[].RecoverySnapshotTime",
  ],
  secret: [],
  unordered: ["RelatedWorkspaces", "StandbyWorkspacesProperties", "WorkspaceProperties.Protocols"],
  categories: {
    capacity: [
      "WorkspaceProperties.RunningMode",
      "WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes",
      "WorkspaceProperties.ComputeTypeName",
      "WorkspaceProperties.RootVolumeSizeGib",
      "WorkspaceProperties.UserVolumeSizeGib",
    ],
    "security exposure": ["VolumeEncryptionKey", "UserVolumeEncryptionEnabled", "RootVolumeEncryptionEnabled"],
  },
  links: [
    { kind: "attached-to", to: "AWS::EC2::Subnet", path: "SubnetId" },
    { kind: "uses", to: "AWS::KMS::Key", path: "VolumeEncryptionKey" },
  ],
  iam: {
    list: ["workspaces:DescribeWorkspaces", "tag:GetResources"],
    read: ["workspaces:DescribeWorkspaces", "tag:GetResources"],
  },
  pause: {
    stage: "compute",
    how: "stopped",
    keepsCosting: ["the monthly part of its price", "its volumes"],
    patienceMinutes: 20,
    iam: {
      capture: ["workspaces:DescribeWorkspaces"],
      pause: ["workspaces:StopWorkspaces"],
      resume: ["workspaces:StartWorkspaces"],
    },
  },
  removal: {
    how: "terminated",
    loses: ["all that its user has on it: its volumes are destroyed, and its snapshots with them"],
    holdsData: true,
    patienceMinutes: 60,
    iam: { inspect: [], remove: ["workspaces:TerminateWorkspaces"] },
  },
  sources: [
    "https://docs.aws.amazon.com/workspaces/latest/api/API_TerminateWorkspaces.html",
    "https://docs.aws.amazon.com/workspaces/latest/api/API_Workspace.html",
    "https://docs.aws.amazon.com/workspaces/latest/api/API_StopWorkspaces.html",
    "https://docs.aws.amazon.com/workspaces/latest/api/API_StartWorkspaces.html",
    "https://docs.aws.amazon.com/workspaces/latest/adminguide/running-mode.html",
  ],
} as const satisfies Facts;
