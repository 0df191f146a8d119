import { AwsFault, type Call } from "../../service.ts";
import { invalid } from "./expression.ts";
import { hasGone, type Row, tables } from "./tables.ts";
import { type Item, normalised, sizeOf, typeOf } from "./values.ts";

/** Source: DynamoDB developer guide, "Service, account, and table quotas". */
const LARGEST_ITEM = 400 * 1024;

/** A table for its items: what is not active has none. */
export function open(call: Call, nameOrArn: string | undefined): Row {
  const row = tables(call).get((nameOrArn ?? "").split("/").at(-1) ?? "");
  if (!row || hasGone(call, row) || row.description.TableStatus === "DELETING")
    throw new AwsFault("ResourceNotFoundException", "Requested resource not found");
  return row;
}

/** The names of a table's key attributes, partition key first. */
export function keyNames({ description }: Row): string[] {
  const sorted = [...(description.KeySchema ?? [])].sort((a, b) =>
    a.KeyType === b.KeyType ? 0 : a.KeyType === "HASH" ? -1 : 1,
  );
  return sorted.map(({ AttributeName }) => AttributeName ?? "");
}

const declared = ({ description }: Row, name: string) =>
  description.AttributeDefinitions?.find(({ AttributeName }) => AttributeName === name)?.AttributeType ?? "S";

/** What an item is kept under. */
export function keyText(row: Row, item: Item): string {
  return JSON.stringify(keyNames(row).map((name) => normalised(item[name] ?? {})));
}

export function keyOf(row: Row, item: Item): Item {
  return Object.fromEntries(keyNames(row).map((name) => [name, item[name] ?? {}]));
}

function refuseEmpty(row: Row, item: Item): void {
  const empty = keyNames(row).find((name) => item[name]?.S === "" || item[name]?.B === "");
  if (empty)
    throw invalid(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${empty}`,
    );
}

/** A whole item's key: there, and of the types that the table was made with. */
export function checkItem(row: Row, item: Item): void {
  for (const name of keyNames(row)) {
    const value = item[name];
    const start = "One or more parameter values were invalid:";
    if (!value) throw invalid(`${start} Missing the key ${name} in the item`);
    if (typeOf(value) !== declared(row, name))
      throw invalid(`${start} Type mismatch for key ${name} expected: ${declared(row, name)} actual: ${typeOf(value)}`);
  }
  refuseEmpty(row, item);
  if (sizeOf(item) > LARGEST_ITEM) throw invalid("Item size has exceeded the maximum allowed size");
}

/** A key by itself: these attributes and no others. */
export function checkKey(row: Row, key: Item): void {
  const names = keyNames(row);
  if (Object.keys(key).length !== names.length) throw invalid("The number of conditions on the keys is invalid");
  for (const name of names)
    if (typeOf(key[name] ?? {}) !== declared(row, name))
      throw invalid("The provided key element does not match the schema");
  refuseEmpty(row, key);
}
