import { AwsFault } from "../../service.ts";
import type { Placed } from "./expression.ts";
import type { Item } from "./values.ts";

/** The members of an item that have these names. */
export function pick(item: Item, names: readonly string[]): Item {
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));
}

/** What of an item is answered with. The twin cuts at whole attributes, not within them. */
export function projection(text: string | undefined, scope: Placed): (item: Item) => Item {
  if (text === undefined) return (item) => item;
  const reader = scope.reader("ProjectionExpression", text);
  const names: string[] = [];
  do {
    const [name, ...inner] = reader.path();
    if (inner.length > 0)
      throw new AwsFault("UnknownOperation", "The twin does not simulate projections of parts of attributes.", 501);
    names.push(String(name));
  } while (reader.has(","));
  if (reader.peek() !== "") throw reader.syntaxError();
  return (item) => pick(item, names);
}
