import { incomplete } from "../model/coverage.ts";
import type { SnapshotHeader } from "../model/snapshot.ts";
import type { ListedSnapshot } from "../store/snapshot-list.ts";
import type { CsvCell } from "./csv.ts";
import { type Format, type RenderOptions, renderReport } from "./format.ts";
import { age, bytes, count, minute } from "./humanise.ts";
import type { SnapshotOptions } from "./snapshot.ts";
import { resourceCount, snapshotData } from "./snapshot-data.ts";
import { type Column, renderTable } from "./table.ts";

/** The snapshots of an account, in the order given. Those that can't be read stand among them, and say so. */
export function renderSnapshotList(
  list: readonly ListedSnapshot[],
  format: Format,
  options: SnapshotOptions,
): Promise<string> {
  const report = {
    text: (render: RenderOptions) =>
      list.length === 0 ? "No snapshots yet.\n" : renderTable(columns(options.now, render.ascii), list, render),
    data: () => ({ count: list.length, snapshots: list.map(data) }),
    csv: {
      titles: [
        "name",
        "active",
        "account",
        "startedAt",
        "finishedAt",
        "resources",
        "regions",
        "incomplete",
        "bytes",
        "metadata",
        "problem",
      ],
      records: () => list.map(record),
    },
  };
  return renderReport(report, format, options);
}

/** A column that only readable snapshots have. */
function of(read: (header: SnapshotHeader) => string): (row: ListedSnapshot) => string | undefined {
  return (row) => (row.kind === "readable" ? read(row.header) : undefined);
}

function columns(now: number, ascii: boolean | undefined): Column<ListedSnapshot>[] {
  return [
    { title: "", value: ({ active }) => (active ? (ascii ? "*" : "●") : ""), style: () => "accent", min: 1 },
    { title: "NAME", value: ({ name }) => name, style: ({ active }) => (active ? "bold" : undefined), whole: true },
    { title: "CREATED", value: of(({ startedAt }) => minute(startedAt)), min: 20 },
    { title: "AGE", value: of(({ startedAt }) => age(startedAt, now)), spare: 1 },
    { title: "RESOURCES", align: "right", value: of((header) => count(resourceCount(header))) },
    {
      title: "REGIONS",
      align: "right",
      value: of(({ regions }) => count(regions.filter((each) => each !== "global").length)),
      spare: 3,
    },
    { title: "SIZE", align: "right", value: (row) => bytes(row.bytes), spare: 2 },
    {
      title: "SEEN",
      value: seen,
      style: (row) => (row.kind === "corrupt" ? "bad" : seen(row) === "completely" ? undefined : "warning"),
    },
  ];
}

function seen(row: ListedSnapshot): string {
  if (row.kind === "corrupt") return `can't be used: ${row.problem}`;
  return incomplete(row.header.coverage).length === 0 ? "completely" : "in part";
}

function data(row: ListedSnapshot): object {
  if (row.kind === "readable") return snapshotData(row);
  const { name, active, bytes: size, problem } = row;
  return { name, active, bytes: size, problem };
}

function record(row: ListedSnapshot): CsvCell[] {
  const { name, active, bytes: size } = row;
  if (row.kind === "corrupt") return [name, active, "", "", "", "", "", "", size, "", row.problem];
  const { account, startedAt, finishedAt, regions, coverage, metadata } = row.header;
  const seenInPart = incomplete(coverage).length;
  const places = regions.join(" ");
  return [
    name,
    active,
    account,
    startedAt,
    finishedAt,
    resourceCount(row.header),
    places,
    seenInPart,
    size,
    JSON.stringify(metadata),
    "",
  ];
}
