/* What `evenkeel/cdk` exports. */

export type { CommonProps, Place, StoreProps } from "./ground.ts";
export { LoadShedder, type LoadShedderProps } from "./load-shedder.ts";
export { OperatorRole, type OperatorRoleProps } from "./operator-role.ts";
export { Reaper, type ReaperProps } from "./reaper.ts";
export { type BudgetProps, Schedule, type ScheduleProps } from "./schedule.ts";
export { SnapshotWatch, type SnapshotWatchProps } from "./snapshot-watch.ts";
export { StaySafe, type StaySafeProps } from "./stay-safe.ts";
