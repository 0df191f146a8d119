import { invalid, type Placed, type Reader } from "./expression.ts";
import { type Path, typeOf, type Value } from "./values.ts";

/** One side of a comparison. */
export type Operand =
  | { readonly kind: "path"; readonly path: Path }
  | { readonly kind: "value"; readonly value: Value }
  | { readonly kind: "size"; readonly path: Path };

/** A condition as it is written. */
export type Condition =
  | { readonly op: "AND" | "OR"; readonly of: readonly [Condition, Condition] }
  | { readonly op: "NOT"; readonly of: readonly [Condition] }
  | { readonly op: Comparator | "BETWEEN" | "IN" | Test; readonly operands: readonly Operand[] };

const COMPARATORS = ["=", "<>", "<", "<=", ">", ">="] as const;
type Comparator = (typeof COMPARATORS)[number];

/** Functions that are true or false, with the number of their arguments. */
const TESTS = { attribute_exists: 1, attribute_not_exists: 1, attribute_type: 2, begins_with: 2, contains: 2 } as const;
type Test = keyof typeof TESTS;

/**
 * Reads a condition, filter or key condition.
 * Source: DynamoDB developer guide, "Condition and filter expressions, operators, and functions".
 */
export function conditionOf(kind: string, text: string, scope: Placed): Condition {
  const reader = scope.reader(kind, text);
  const read = either(kind, reader);
  if (reader.peek() !== "") throw reader.syntaxError();
  return read;
}

function either(kind: string, reader: Reader): Condition {
  let left = both(kind, reader);
  while (reader.has("OR")) left = { op: "OR", of: [left, both(kind, reader)] };
  return left;
}

function both(kind: string, reader: Reader): Condition {
  let left = negated(kind, reader);
  while (reader.has("AND")) left = { op: "AND", of: [left, negated(kind, reader)] };
  return left;
}

function negated(kind: string, reader: Reader): Condition {
  if (reader.has("NOT")) return { op: "NOT", of: [negated(kind, reader)] };
  if (!reader.has("(")) return Object.hasOwn(TESTS, reader.peek()) ? test(kind, reader) : comparison(kind, reader);
  const inner = either(kind, reader);
  reader.expect(")");
  return inner;
}

function test(kind: string, reader: Reader): Condition {
  const op = reader.take() as Test;
  const operands = list(reader);
  if (operands.length !== TESTS[op])
    throw invalid(
      `Invalid ${kind}: Incorrect number of operands for operator or function; operator or function: ${op}, number of operands: ${operands.length}`,
    );
  if (/^attribute_/.test(op) && operands[0]?.kind !== "path")
    throw invalid(`Invalid ${kind}: Operator or function requires a document path; operator or function: ${op}`);
  return { op, operands };
}

function list(reader: Reader): Operand[] {
  reader.expect("(");
  const operands = [operand(reader)];
  while (reader.has(",")) operands.push(operand(reader));
  reader.expect(")");
  return operands;
}

function comparison(kind: string, reader: Reader): Condition {
  const left = operand(reader);
  if (reader.has("IN")) return { op: "IN", operands: [left, ...list(reader)] };
  if (reader.has("BETWEEN")) {
    const low = operand(reader);
    reader.expect("AND");
    return { op: "BETWEEN", operands: [left, low, operand(reader)] };
  }
  const op = COMPARATORS.find((each) => each === reader.peek());
  if (!op) throw reader.syntaxError();
  reader.take();
  const operands = [left, operand(reader)];
  const odd = operands.find((each) => each.kind === "value" && !/^[SNB]$/.test(typeOf(each.value)));
  if (odd?.kind === "value" && op !== "=" && op !== "<>")
    throw invalid(
      `Invalid ${kind}: Incorrect operand type for operator or function; operator: ${op}, operand type: ${typeOf(odd.value)}`,
    );
  return { op, operands };
}

function operand(reader: Reader): Operand {
  if (reader.peek().startsWith(":")) return { kind: "value", value: reader.value() };
  if (reader.peek() !== "size") return { kind: "path", path: reader.path() };
  reader.take();
  reader.expect("(");
  const path = reader.path();
  reader.expect(")");
  return { kind: "size", path };
}
