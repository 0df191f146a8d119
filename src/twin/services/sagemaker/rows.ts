import type {
  DescribeEndpointConfigOutput,
  DescribeEndpointOutput,
  DescribeModelOutput,
  DescribeNotebookInstanceOutput,
} from "@aws-sdk/client-sagemaker";
import { AwsFault, type Call, page, type Stored, type Table } from "../../service.ts";

type Kind = "model" | "endpoint-config" | "endpoint" | "notebook-instance";

interface Row<T> {
  readonly description: T;
  readonly tags: Record<string, string>;
}

export type Endpoint = Stored<DescribeEndpointOutput>;
export type EndpointConfig = Stored<DescribeEndpointConfigOutput>;
export type Model = Stored<DescribeModelOutput>;
export type Notebook = Stored<DescribeNotebookInstanceOutput>;

const table = <T extends object>(call: Call, kind: Kind): Table<Row<T>> => call.table<Row<T>>(`sagemaker.${kind}`);
export const endpoints = (call: Call) => table<Endpoint>(call, "endpoint");
export const configs = (call: Call) => table<EndpointConfig>(call, "endpoint-config");
export const models = (call: Call) => table<Model>(call, "model");
export const notebooks = (call: Call) => table<Notebook>(call, "notebook-instance");

/** SageMaker says ValidationException for what is not there. Source: SageMaker API reference, DescribeEndpoint. */
export function named<T extends object>(rows: Table<T>, kind: string, name: string | undefined): T {
  const row = rows.get(name ?? "");
  if (!row) throw new AwsFault("ValidationException", `Could not find ${kind} "${name}".`);
  return row;
}

export function refuseSecond(rows: Table<object>, kind: string, name: string | undefined): void {
  if (rows.get(name ?? ""))
    throw new AwsFault("ValidationException", `Cannot create already existing ${kind} "${name}".`);
}

export function tagged(call: Call, arn = ""): Row<object> {
  const [kind = "", name = ""] = (arn.split(":", 6)[5] ?? "").split("/");
  return named(table<object>(call, kind as Kind), kind, name);
}

/** A page of summaries, by name, that contain `NameContains`. */
export function summaries<T>(
  rows: readonly T[],
  nameOf: (row: T) => string | undefined,
  input: { NameContains?: string | undefined; NextToken?: string | undefined; MaxResults?: number | undefined },
) {
  const found = rows.filter((row) => nameOf(row)?.includes(input.NameContains ?? ""));
  return page(
    found,
    { token: input.NextToken, max: input.MaxResults ?? 10 },
    { max: 100, invalid: "ValidationException" },
  );
}
