import type { DeltaResult } from "../../verbs/delta/result.ts";
import { type CsvCell, renderCsv } from "../csv.ts";
import { type DeltaItem, deltaItem } from "./item.ts";
import { valueText } from "./value.ts";

/** The columns, in their order; part of the contract with whoever parses them. */
export const CSV_COLUMNS = [
  "kind",
  "type",
  "id",
  "name",
  "region",
  "arn",
  "path",
  "before",
  "after",
  "category",
  "controlledBy",
  "createdAt",
  "createdBy",
  "reason",
] as const;

/** One record a changed property, and one a resource that has none (added, deleted, unknown). */
export function renderDeltaCsv(result: DeltaResult): string {
  return renderCsv(
    CSV_COLUMNS,
    result.changes.flatMap((change) => records(deltaItem(change))),
  );
}

function records(item: DeltaItem): CsvCell[][] {
  const { kind, type, id, name, region, arn, createdAt, createdBy, reason } = item;
  const properties = item.properties.length > 0 ? item.properties : [undefined];
  return properties.map((property) => [
    kind,
    type,
    id,
    name,
    region,
    arn,
    property?.path,
    valueText(property?.before),
    valueText(property?.after),
    property?.category,
    property?.controlledBy,
    createdAt,
    createdBy,
    reason,
  ]);
}
