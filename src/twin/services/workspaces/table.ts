import { present } from "../../departing.ts";
import { arrive } from "../../moving.ts";
import { AwsFault, type Call, type Table } from "../../service.ts";
import type { Row } from "./workspace-row.ts";

export const KIND = "workspaces.workspace";

export const rows = (call: Call): Table<Row> => present<Row>(call, KIND);

export const moveOf = (id: string | undefined) => `workspaces.workspace/${id}`;

/** WorkSpaces takes and gives up to 25. Source: WorkSpaces API reference, DescribeWorkspaces, StopWorkspaces. */
export const PAGE = { max: 25, invalid: "InvalidParameterValuesException" } as const;

export function rowOf(call: Call, id: string | undefined): Row | undefined {
  const row = rows(call).get(id ?? "");
  if (row) arrive(call, moveOf(id), row.workspace);
  return row;
}

export function existing(call: Call, id: string | undefined): Row {
  const row = rowOf(call, id);
  if (!row) throw new AwsFault("ResourceNotFoundException", `WorkSpace ${id} could not be found.`);
  return row;
}
