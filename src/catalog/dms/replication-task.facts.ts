import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::DMS::ReplicationTask",
  short: "dms:replication-task",
  title: "DMS replication task",
  group: "databases",
  scope: "regional",
  // The id is the ARN: DMS's own calls take nothing else.
  arn: "arn:{partition}:dms:{region}:{account}:task:{id}",
  shape: { sdk: "client-database-migration-service", name: "ReplicationTask" },
  // Texts in the API, parsed here.
  more: { TableMappings: "json", ReplicationTaskSettings: "json" },
  volatile: [
    "Status",
    "LastFailureMessage",
    "StopReason",
    "ReplicationTaskStartDate",
    "RecoveryCheckpoint",
    "ReplicationTaskStats",
    // There while it is moved to another instance.
    "TargetReplicationInstanceArn",
  ],
  secret: [],
  unordered: [],
  links: [
    { kind: "attached-to", to: "AWS::DMS::ReplicationInstance", path: "ReplicationInstanceArn" },
    { kind: "uses", to: "AWS::DMS::Endpoint", path: "SourceEndpointArn" },
    { kind: "uses", to: "AWS::DMS::Endpoint", path: "TargetEndpointArn" },
  ],
  iam: {
    list: ["dms:DescribeReplicationTasks", "tag:GetResources"],
    read: ["dms:DescribeReplicationTasks", "tag:GetResources"],
  },
  pause: {
    stage: "services",
    how: "stopped, to go on from where it was",
    keepsCosting: ["its replication instance, which has no stop"],
    patienceMinutes: 30,
    iam: {
      capture: ["dms:DescribeReplicationTasks"],
      pause: ["dms:StopReplicationTask"],
      resume: ["dms:StartReplicationTask"],
    },
  },
  removal: {
    how: "deleted",
    loses: ["where it was: another one begins anew"],
    preparations: { stop: { how: "stopped", iam: ["dms:StopReplicationTask"] } },
    patienceMinutes: 30,
    iam: { inspect: [], remove: ["dms:DeleteReplicationTask"] },
  },
  sources: [
    "https://docs.aws.amazon.com/dms/latest/APIReference/API_DeleteReplicationTask.html",
    "https://docs.aws.amazon.com/dms/latest/APIReference/API_ReplicationTask.html",
    "https://docs.aws.amazon.com/dms/latest/APIReference/API_StartReplicationTask.html",
    "https://docs.aws.amazon.com/dms/latest/APIReference/API_StopReplicationTask.html",
    "https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.html",
    "https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Task.CDC.html",
  ],
} as const satisfies Facts;
