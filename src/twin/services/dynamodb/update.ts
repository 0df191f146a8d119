import { invalid, type Placed, type Reader } from "./expression.ts";
import { type Item, Number38, normalised, type Path, typeOf, type Value, valueAt } from "./values.ts";

type Change = (item: Item, before: Item) => Item;

/**
 * Reads an update expression of SET and REMOVE clauses on whole attributes and members of maps.
 * Source: DynamoDB developer guide, "Using update expressions".
 * @returns the change, and the attributes that it touches
 */
export function updateOf(
  text: string,
  scope: Placed,
): { readonly change: (item: Item) => Item; readonly touched: string[] } {
  const reader = scope.reader("UpdateExpression", text);
  const changes: Change[] = [];
  const paths: Path[] = [];
  const seen = new Set<string>();
  while (reader.peek() !== "") {
    const clause = reader.take().toUpperCase();
    if (clause !== "SET" && clause !== "REMOVE") throw reader.syntaxError();
    if (seen.has(clause))
      throw invalid(`Invalid UpdateExpression: The "${clause}" section can only be used once in an update expression;`);
    seen.add(clause);
    do {
      const path = reader.path();
      paths.push(path);
      changes.push(clause === "SET" ? setting(path, reader) : (item) => without(item, path));
    } while (reader.has(","));
  }
  refuseOverlaps(paths);
  const change = (before: Item) => changes.reduce((item, each) => each(item, before), before);
  return { change, touched: [...new Set(paths.map(([first]) => String(first)))] };
}

function refuseOverlaps(paths: readonly Path[]): void {
  const written = paths.map((path) => path.map((part) => `[${part}]`).join(", "));
  for (const [index, one] of written.entries())
    for (const two of written.slice(index + 1))
      if (one.startsWith(two) || two.startsWith(one))
        throw invalid(
          `Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: ${one}, path two: ${two}`,
        );
}

/** All right-hand sides are worked out on the item as it was before. */
function setting(path: Path, reader: Reader): Change {
  reader.expect("=");
  const left = operand(reader);
  const sign = ["+", "-"].find((each) => reader.has(each));
  const right = sign ? operand(reader) : undefined;
  return (item, before) => {
    const a = left(before);
    const b = right?.(before);
    return put(item, path, right ? sum(a, b, sign) : a);
  };
}

function sum(a: Value | undefined, b: Value | undefined, sign: string | undefined): Value {
  if (!a || !b) throw missing();
  const odd = [a, b].find(({ N }) => N === undefined);
  if (odd) throw invalid("An operand in the update expression has an incorrect data type");
  const [x, y] = [new Number38(String(a.N)), String(b.N)];
  return { N: (sign === "-" ? x.minus(y) : x.plus(y)).toFixed() };
}

function missing() {
  return invalid("The provided expression refers to an attribute that does not exist in the item");
}

function operand(reader: Reader): (before: Item) => Value | undefined {
  if (reader.peek().startsWith(":")) {
    const value = reader.value();
    return () => value;
  }
  if (!reader.has("if_not_exists")) {
    const path = reader.path();
    return (before) => valueAt(before, path);
  }
  reader.expect("(");
  const path = reader.path();
  reader.expect(",");
  const otherwise = operand(reader);
  reader.expect(")");
  return (before) => valueAt(before, path) ?? otherwise(before);
}

function put(item: Item, [first, ...rest]: Path, value: Value | undefined): Item {
  if (!value) throw missing();
  const name = String(first);
  if (rest.length === 0) return { ...item, [name]: normalised(value) };
  return { ...item, [name]: { M: put(inner(item, name), rest, value) } };
}

function without(item: Item, [first, ...rest]: Path): Item {
  const name = String(first);
  const { [name]: _, ...others } = item;
  if (rest.length === 0) return others;
  return { ...item, [name]: { M: without(inner(item, name), rest) } };
}

function inner(item: Item, name: string): Item {
  const held = item[name];
  if (held && typeOf(held) === "M") return held.M as Item;
  throw invalid("The document path provided in the update expression is invalid for update");
}
