import type { QueryCommandInput } from "@aws-sdk/client-dynamodb";
import { AwsFault, type Call, type Operations, type Stored } from "../../service.ts";
import { type Condition, conditionOf } from "./condition.ts";
import { invalid, type Placeholders, placed } from "./expression.ts";
import { holds } from "./holds.ts";
import { checkKey, keyNames, keyOf, open } from "./keys.ts";
import { projection } from "./projection.ts";
import type { Row } from "./tables.ts";
import { compare, type Item, itemsOf } from "./values.ts";

type DynamoDb = typeof import("@aws-sdk/client-dynamodb");

/** A key condition's parts: one on the partition key and at most one on the sort key. */
function partsOf(condition: Condition): Condition[] {
  return condition.op === "AND" ? condition.of.flatMap(partsOf) : [condition];
}

const ON_SORT_KEYS: readonly string[] = ["=", "<", "<=", ">", ">=", "BETWEEN", "begins_with"];

function attributeOf(part: Condition): string | undefined {
  const [first] = "operands" in part ? part.operands : [];
  return first?.kind === "path" && first.path.length === 1 ? String(first.path[0]) : undefined;
}

/** Source: DynamoDB API reference, Query, KeyConditionExpression. */
function checkParts(row: Row, parts: readonly Condition[]): void {
  const [partition, sort] = keyNames(row);
  const own = parts.filter((part) => attributeOf(part) === partition);
  const rest = parts.filter((part) => attributeOf(part) !== partition);
  if (own.length === 0) throw invalid(`Query condition missed key schema element: ${partition}`);
  if (own.length > 1 || own[0]?.op !== "=") throw invalid("Query key condition not supported");
  const foreign = rest.find((part) => sort === undefined || attributeOf(part) !== sort);
  if (foreign) throw invalid(`Query condition missed key schema element: ${sort ?? partition}`);
  if (rest.length > 1 || rest.some(({ op }) => !ON_SORT_KEYS.includes(op)))
    throw invalid("Query key condition not supported");
}

function found(call: Call, row: Row, condition: Condition, forward: boolean): Item[] {
  const sort = keyNames(row)[1];
  const order = (a: Item, b: Item) => (sort ? (compare(a[sort] ?? {}, b[sort] ?? {}) ?? 0) : 0);
  const items = itemsOf(call, row)
    .all()
    .filter((item) => holds(condition, item))
    .sort(order);
  return forward ? items : items.reverse();
}

/** Where a page begins: behind that key, whether its item is still there or not. */
function behind(row: Row, items: readonly Item[], start: Item | undefined, forward: boolean): Item[] {
  if (!start) return [...items];
  checkKey(row, start);
  const sort = keyNames(row)[1];
  if (!sort) return [];
  return items.filter((item) => {
    const order = compare(item[sort] ?? {}, start[sort] ?? {}) ?? 0;
    return forward ? order > 0 : order < 0;
  });
}

function query(input: Stored<QueryCommandInput>, call: Call): object {
  const row = open(call, input.TableName);
  if (input.IndexName !== undefined)
    throw new AwsFault("UnknownOperation", "The twin does not simulate queries of indexes.", 501);
  if (input.KeyConditionExpression === undefined)
    throw invalid("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
  if (input.Limit !== undefined && input.Limit < 1) throw invalid("Limit must be greater than or equal to 1");
  const scope = placed(input as Placeholders);
  const condition = conditionOf("KeyConditionExpression", input.KeyConditionExpression, scope);
  checkParts(row, partsOf(condition));
  const text = input.FilterExpression;
  const filter = text === undefined ? undefined : conditionOf("FilterExpression", text, scope);
  const shown = projection(input.ProjectionExpression, scope);
  scope.checkUsed();
  const forward = input.ScanIndexForward ?? true;
  const left = behind(row, found(call, row, condition, forward), input.ExclusiveStartKey as Item | undefined, forward);
  // The limit counts what is looked at, before the filter. Source: API reference, Query, Limit.
  const page = left.slice(0, input.Limit);
  const last = page.at(-1);
  const items = page.filter((item) => !filter || holds(filter, item)).map(shown);
  return {
    ...(input.Select === "COUNT" ? {} : { Items: items }),
    Count: items.length,
    ScannedCount: page.length,
    // A page that its limit has filled may be the last one, and still says so.
    ...(last && page.length === input.Limit ? { LastEvaluatedKey: keyOf(row, last) } : {}),
  };
}

export const queryOperations = { Query: query } satisfies Operations<DynamoDb>;
