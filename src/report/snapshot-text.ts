import { painter } from "../io/colour.ts";
import { incomplete } from "../model/coverage.ts";
import type { Resource } from "../model/resource.ts";
import type { SnapshotHeader } from "../model/snapshot.ts";
import { type Fact, renderFacts } from "./facts.ts";
import type { RenderOptions } from "./format.ts";
import { age, count, countOf, minute } from "./humanise.ts";
import type { GroupCount, SnapshotView } from "./snapshot.ts";
import { resourceCount } from "./snapshot-data.ts";
import { type Column, printable, renderTable } from "./table.ts";
import { renderUnseen } from "./unseen.ts";

/** A snapshot for people: facts, counts, what was not completely seen and, where wanted, every resource. */
export function snapshotText(
  { summary, groupBy, groups, resources }: SnapshotView,
  options: RenderOptions,
  now: number,
): string {
  const { header } = summary;
  const paint = painter(options.colour);
  const unseen = incomplete(header.coverage);
  const facts: Fact[] = [
    ["Snapshot", `${paint("bold", header.name)}${summary.active ? " (the baseline)" : ""}`],
    ["Account", header.account],
    ["Created", `${minute(header.startedAt)}, ${age(header.startedAt, now)}`],
    ["Resources", `${count(resourceCount(header))} of ${countOf(Object.keys(header.counts).length, "type")}`],
    ["Regions", header.regions.join(", ")],
    ...filterFacts(header),
    ...Object.entries(header.metadata).map(([key, value]): Fact => [printable(key), printable(value)]),
    ["Made by", header.tool],
  ];
  return [
    renderFacts(facts, options.width),
    renderTable<GroupCount>(
      [
        { title: groupBy.toUpperCase(), value: ({ name }) => name },
        { title: "RESOURCES", align: "right", value: (each) => count(each.resources) },
      ],
      groups,
      options,
    ),
    ...(unseen.length > 0 ? [`Not completely seen:\n${renderUnseen(unseen, options)}`] : []),
    ...(resources ? [renderTable(RESOURCE_COLUMNS, resources, options)] : []),
  ].join("\n");
}

function filterFacts({ selection, undated }: SnapshotHeader): Fact[] {
  const { tags, excludeTags, ids, excludeIds, createdAfter, createdBefore } = selection;
  const pairs = (all: Readonly<Record<string, string>>) =>
    Object.entries(all)
      .map(([key, value]) => printable(`${key}=${value}`))
      .join(", ");
  return [
    ...(tags ? [["With tags", pairs(tags)] as Fact] : []),
    ...(excludeTags ? [["Without tags", pairs(excludeTags)] as Fact] : []),
    ...(ids ? [["Only", ids.join(", ")] as Fact] : []),
    ...(excludeIds ? [["Not", excludeIds.join(", ")] as Fact] : []),
    ...(createdAfter ? [["Created from", createdAfter] as Fact] : []),
    ...(createdBefore ? [["Created before", createdBefore] as Fact] : []),
    ...(undated > 0 ? [["Left out", `${countOf(undated, "resource")} without a creation date`] as Fact] : []),
  ];
}

const RESOURCE_COLUMNS: readonly Column<Resource>[] = [
  { title: "TYPE", value: ({ type }) => type },
  { title: "REGION", value: ({ region }) => region },
  { title: "ID", value: ({ id }) => id },
  { title: "NAME", value: ({ name }) => name },
  { title: "STATE", value: ({ state }) => state },
  { title: "CREATED", value: ({ createdAt }) => (createdAt ? minute(createdAt) : "") },
];
