import type { PauseState } from "../contract.ts";

/** Where instances and clusters rest; all other statuses are on the way. Source: RDS user guide, "Viewing DB instance status". */
export const RESTS: Readonly<Record<string, PauseState["phase"]>> = { available: "running", stopped: "paused" };

/** Statuses out of which RDS comes back to `available` or `stopped` by itself; broken ones (`storage-full`, `failed`) it stays in. */
export const STOPPABLE: ReadonlySet<string> = new Set([
  "available",
  "stopped",
  "stopping",
  "starting",
  "backing-up",
  "backtracking",
  "configuring-enhanced-monitoring",
  "configuring-iam-database-auth",
  "configuring-log-exports",
  "configuring-activity-stream",
  "creating",
  "failing-over",
  "maintenance",
  "migrating",
  "modifying",
  "moving-to-vpc",
  "rebooting",
  "renaming",
  "resetting-master-credentials",
  "storage-config-upgrade",
  "storage-initialization",
  "storage-optimization",
  "update-iam-db-auth",
  "upgrading",
]);

/** What may fail on the way back, for instances and clusters alike. */
export const RISKS = {
  capacity: "AWS may be short of its instance class when it is started",
  maintenance: "AWS may apply due maintenance at the start, and starts it by itself after seven days",
  key: "it does not start while its KMS key is disabled or may not be used",
} as const;
