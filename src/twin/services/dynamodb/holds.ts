import type { Condition, Operand } from "./condition.ts";
import { compare, equal, type Item, typeOf, type Value, valueAt } from "./values.ts";

function resolve(item: Item, operand: Operand | undefined): Value | undefined {
  if (!operand) return undefined;
  if (operand.kind === "value") return operand.value;
  const found = valueAt(item, operand.path);
  if (operand.kind === "path" || !found) return found;
  const held = Object.values(found)[0];
  if (typeof found.B === "string") return { N: String(Buffer.from(found.B, "base64").length) };
  if (typeof found.S === "string") return { N: String(Buffer.byteLength(found.S)) };
  return typeof held === "object" && held !== null ? { N: String(Object.keys(held).length) } : undefined;
}

/** Whether an item meets a condition; what is not there meets none but its own absence and `<>`. */
export function holds(condition: Condition, item: Item): boolean {
  if ("of" in condition) {
    if (condition.op === "NOT") return !holds(condition.of[0], item);
    const each = (part: Condition) => holds(part, item);
    return condition.op === "AND" ? condition.of.every(each) : condition.of.some(each);
  }
  const [a, ...others] = condition.operands.map((each) => resolve(item, each));
  if (condition.op === "attribute_exists") return a !== undefined;
  if (condition.op === "attribute_not_exists") return a === undefined;
  const [b, c] = others;
  if (condition.op === "<>") return !(a && b && equal(a, b));
  if (!a || !b) return false;
  const order = compare(a, b);
  switch (condition.op) {
    case "=":
      return equal(a, b);
    case "<":
      return order !== undefined && order < 0;
    case "<=":
      return order !== undefined && order <= 0;
    case ">":
      return order !== undefined && order > 0;
    case ">=":
      return order !== undefined && order >= 0;
    case "BETWEEN":
      return c !== undefined && (order ?? -1) >= 0 && (compare(a, c) ?? 1) <= 0;
    case "IN":
      return others.some((each) => each !== undefined && equal(a, each));
    case "attribute_type":
      return typeOf(a) === b.S;
    case "begins_with":
      return typeof a.S === "string" && typeof b.S === "string" && a.S.startsWith(b.S);
    case "contains":
      return containsValue(a, b);
  }
}

function containsValue(a: Value, b: Value): boolean {
  if (typeof a.S === "string") return typeof b.S === "string" && a.S.includes(b.S);
  if (Array.isArray(a.L)) return a.L.some((each: Value) => equal(each, b));
  const set = a[`${typeOf(b)}S`];
  return Array.isArray(set) && set.some((each: unknown) => equal({ [typeOf(b)]: each }, b));
}
