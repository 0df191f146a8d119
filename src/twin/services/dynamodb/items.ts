import { AwsFault, type Call, type Operations, type Table } from "../../service.ts";
import { conditionOf } from "./condition.ts";
import { invalid, type Placed, type Placeholders, placed } from "./expression.ts";
import { holds } from "./holds.ts";
import { checkItem, checkKey, keyNames, keyText, open } from "./keys.ts";
import { pick, projection } from "./projection.ts";
import type { Row } from "./tables.ts";
import { updateOf } from "./update.ts";
import { type Item, itemsOf, normalisedItem } from "./values.ts";

type DynamoDb = typeof import("@aws-sdk/client-dynamodb");

interface Conditional extends Placeholders {
  readonly ConditionExpression?: string | undefined;
  readonly ReturnValues?: string | undefined;
  readonly ReturnValuesOnConditionCheckFailure?: string | undefined;
}

/** Looks at the item as it stands; a write whose condition fails changes nothing. */
function check(input: Conditional, before: Item | undefined, scope: Placed): void {
  const text = input.ConditionExpression;
  const condition = text === undefined ? undefined : conditionOf("ConditionExpression", text, scope);
  scope.checkUsed();
  if (!condition || holds(condition, before ?? {})) return;
  const told = input.ReturnValuesOnConditionCheckFailure === "ALL_OLD" && before ? { Item: before } : {};
  throw new AwsFault("ConditionalCheckFailedException", "The conditional request failed", 400, told);
}

function refuseReturn(asked: string | undefined, allowed: readonly string[]): void {
  if (asked !== undefined && asked !== "NONE" && !allowed.includes(asked))
    throw invalid("Return values set to invalid value");
}

function opened(
  call: Call,
  input: { readonly TableName?: string | undefined },
): { readonly row: Row; readonly items: Table<Item> } {
  const row = open(call, input.TableName);
  return { row, items: itemsOf(call, row) };
}

const old = (input: Conditional, before: Item | undefined) =>
  input.ReturnValues === "ALL_OLD" && before ? { Attributes: before } : {};

/** Single items. Source of refusals: DynamoDB API reference, and the words that the service answers with. */
export const itemOperations = {
  PutItem(input, call) {
    const { row, items } = opened(call, input);
    const item = normalisedItem(input.Item as Item);
    refuseReturn(input.ReturnValues, ["ALL_OLD"]);
    checkItem(row, item);
    const before = items.get(keyText(row, item));
    check(input as Conditional, before, placed(input as Placeholders));
    items.put(keyText(row, item), item);
    return old(input as Conditional, before);
  },

  /** There is one copy of everything: what is read is always consistent. */
  GetItem(input, call) {
    const { row, items } = opened(call, input);
    const key = input.Key as Item;
    checkKey(row, key);
    const scope = placed(input as Placeholders);
    const wanted = projection(input.ProjectionExpression, scope);
    scope.checkUsed();
    const found = items.get(keyText(row, key));
    return found ? { Item: wanted(found) } : {};
  },

  DeleteItem(input, call) {
    const { row, items } = opened(call, input);
    const key = input.Key as Item;
    refuseReturn(input.ReturnValues, ["ALL_OLD"]);
    checkKey(row, key);
    const before = items.get(keyText(row, key));
    check(input as Conditional, before, placed(input as Placeholders));
    items.delete(keyText(row, key));
    return old(input as Conditional, before);
  },

  UpdateItem(input, call) {
    const { row, items } = opened(call, input);
    const key = normalisedItem(input.Key as Item);
    refuseReturn(input.ReturnValues, ["ALL_OLD", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW"]);
    checkKey(row, key);
    const before = items.get(keyText(row, key));
    const scope = placed(input as Placeholders);
    const update = input.UpdateExpression === undefined ? undefined : updateOf(input.UpdateExpression, scope);
    const keyPart = update?.touched.find((name) => keyNames(row).includes(name));
    if (keyPart)
      throw invalid(
        `One or more parameter values were invalid: Cannot update attribute ${keyPart}. This attribute is part of the key`,
      );
    check(input as Conditional, before, scope);
    const after = update?.change(before ?? key) ?? before ?? key;
    checkItem(row, after);
    items.put(keyText(row, key), after);
    return returned(input.ReturnValues, before, after, update?.touched ?? []);
  },
} satisfies Operations<DynamoDb>;

function returned(
  asked: string | undefined,
  before: Item | undefined,
  after: Item,
  touched: readonly string[],
): object {
  const item = asked?.endsWith("_OLD") ? before : asked?.endsWith("_NEW") ? after : undefined;
  if (!item) return {};
  const shown = asked?.startsWith("ALL_") ? item : pick(item, touched);
  return Object.keys(shown).length > 0 ? { Attributes: shown } : {};
}
