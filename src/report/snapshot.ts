import type { Resource } from "../model/resource.ts";
import type { SnapshotSummary } from "../model/snapshot.ts";
import { type Format, type RenderOptions, renderReport } from "./format.ts";
import { RESOURCE_TITLES, resourceRecord } from "./resource-record.ts";
import { snapshotData } from "./snapshot-data.ts";
import { snapshotText } from "./snapshot-text.ts";

export interface SnapshotOptions extends RenderOptions {
  /** For ages. */
  readonly now: number;
}

export type Grouping = "service" | "region" | "type";

export interface SnapshotView {
  readonly summary: SnapshotSummary;
  readonly groupBy: Grouping;
  readonly groups: readonly GroupCount[];
  /** Absent = only counted. */
  readonly resources?: readonly Resource[];
}

export interface GroupCount {
  readonly name: string;
  readonly resources: number;
}

/** One snapshot: when and what for, counts, what was not completely seen and, where wanted, every resource. */
export function renderSnapshot(view: SnapshotView, format: Format, options: SnapshotOptions): Promise<string> {
  const report = {
    text: (render: RenderOptions) => snapshotText(view, render, options.now),
    data: () => ({
      ...snapshotData(view.summary),
      coverage: view.summary.header.coverage,
      groupBy: view.groupBy,
      groups: view.groups,
      ...(view.resources ? { list: view.resources } : {}),
    }),
    csv: view.resources
      ? { titles: RESOURCE_TITLES, records: () => (view.resources ?? []).map(resourceRecord) }
      : {
          titles: [view.groupBy, "resources"],
          records: () => view.groups.map(({ name, resources }) => [name, resources]),
        },
  };
  return renderReport(report, format, options);
}
