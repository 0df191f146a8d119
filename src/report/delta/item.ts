import type { CoverageCell } from "../../model/coverage.ts";
import { type Change, type ChangeKind, type DeltaCounts, type PropertyChange, subject } from "../../model/delta.ts";
import type { DeltaResult, DeltaSide } from "../../verbs/delta/result.ts";

/** One change as machines read it: the resource's names and what differs, without its whole configuration. */
export interface DeltaItem {
  readonly kind: ChangeKind;
  readonly type: string;
  readonly id: string;
  readonly name?: string;
  readonly region: string;
  readonly arn: string;
  readonly createdAt?: string;
  /** Who made it, where CloudTrail tells. */
  readonly createdBy?: string;
  /** Why nothing can be said; of unknown ones only. */
  readonly reason?: string;
  readonly properties: readonly PropertyChange[];
}

/** What `--output json` and `yaml` print. */
export interface DeltaDocument {
  /** 0 = nothing changed; the one number that scripts ask for. */
  readonly changes: number;
  readonly counts: DeltaCounts;
  readonly unchanged: number;
  readonly account: string;
  readonly before: DeltaSide;
  readonly after: DeltaSide;
  readonly items: readonly DeltaItem[];
  readonly unseen: readonly CoverageCell[];
}

export function deltaItem(change: Change): DeltaItem {
  const { type, id, name, region, arn, createdAt } = subject(change);
  return {
    kind: change.kind,
    type,
    id,
    ...(name === undefined ? {} : { name }),
    region,
    arn,
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(change.kind === "added" && change.createdBy !== undefined ? { createdBy: change.createdBy } : {}),
    ...(change.kind === "unknown" ? { reason: change.reason } : {}),
    properties: propertiesOf(change),
  };
}

export function deltaDocument(result: DeltaResult): DeltaDocument {
  return {
    changes: result.changes.length,
    counts: result.counts,
    unchanged: result.unchanged,
    account: result.account,
    before: result.before,
    after: result.after,
    items: result.changes.map(deltaItem),
    unseen: result.unseen,
  };
}

/** The properties that differ; none for what stands on one side only. */
export function propertiesOf(change: Change): readonly PropertyChange[] {
  return "properties" in change ? change.properties : [];
}

/** Whether nobody but a controller (an autoscaler, a deployment) moved anything in it. */
export function isControllersOnly(change: Change): boolean {
  return (
    change.kind === "modified" &&
    change.properties.length > 0 &&
    change.properties.every((property) => property.controlledBy !== undefined)
  );
}
