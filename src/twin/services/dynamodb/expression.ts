import { AwsFault } from "../../service.ts";
import { RESERVED_WORDS } from "./reserved-words.ts";
import { type Path, typeOf, type Value } from "./values.ts";

/** The members of a request that expressions refer to. */
export interface Placeholders {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: object | undefined;
}

export function invalid(message: string): AwsFault {
  return new AwsFault("ValidationException", message);
}

/** An expression's words, read one by one. */
export interface Reader {
  /** The word that comes next, as it is written; empty = the end. */
  peek(): string;
  take(): string;
  /** Takes the word if it comes next, in large letters or small. */
  has(word: string): boolean;
  expect(word: string): void;
  /** A document path, written out: `#state.items[0]`. */
  path(): Path;
  /** What a `:name` stands for. */
  value(): Value;
  syntaxError(): AwsFault;
}

/** Reads a request's expressions; in the end every name and value that it gave must have been used. */
export interface Placed {
  reader(kind: string, text: string): Reader;
  checkUsed(): void;
}

const WORD = /\s*(<=|>=|<>|[()=<>,+.[\]-]|[#:]?\w+|\S)/gy;

/** Source of the words: DynamoDB developer guide, "Using expressions", and the errors that the service answers with. */
export function placed({ ExpressionAttributeNames: names, ExpressionAttributeValues }: Placeholders): Placed {
  const values = ExpressionAttributeValues as Readonly<Record<string, Value>> | undefined;
  const used = new Set<string>();
  if (values && Object.keys(values).length === 0) throw invalid("ExpressionAttributeValues must not be empty");
  if (names && Object.keys(names).length === 0) throw invalid("ExpressionAttributeNames must not be empty");

  const reader = (kind: string, text: string): Reader => {
    const wrong = (message: string) => invalid(`Invalid ${kind}: ${message}`);
    if (text.trim() === "") throw wrong("The expression can not be empty;");
    const words = [...text.matchAll(WORD)].map((match) => match[1] ?? "");
    let at = 0;
    const peek = () => words[at] ?? "";
    const take = () => words[at++] ?? "";
    const has = (word: string) => peek().toUpperCase() === word.toUpperCase() && take() !== "";
    const syntaxError = () => {
      const near = words.slice(Math.max(0, at - 1), at + 2).join(" ");
      return wrong(`Syntax error; token: ${at < words.length ? `"${peek()}"` : "<EOF>"}, near: "${near}"`);
    };
    const expect = (word: string) => {
      if (!has(word)) throw syntaxError();
    };
    const name = (): string => {
      if (!/^#?[A-Za-z_]\w*$|^#\w+$/.test(peek())) throw syntaxError();
      const word = take();
      used.add(word);
      if (!word.startsWith("#")) {
        if (RESERVED_WORDS.has(word.toUpperCase()))
          throw wrong(`Attribute name is a reserved keyword; reserved keyword: ${word}`);
        return word;
      }
      const given = names?.[word];
      if (given !== undefined) return given;
      throw wrong(`An expression attribute name used in the document path is not defined; attribute name: ${word}`);
    };
    const path = (): Path => {
      const parts: (string | number)[] = [name()];
      for (;;) {
        if (has(".")) parts.push(name());
        else if (has("[")) {
          if (!/^\d+$/.test(peek())) throw syntaxError();
          parts.push(Number(take()));
          expect("]");
        } else return parts;
      }
    };
    const value = (): Value => {
      const word = take();
      used.add(word);
      const given = values?.[word];
      if (given && typeOf(given) !== "") return given;
      throw wrong(`An expression attribute value used in expression is not defined; attribute value: ${word}`);
    };
    return { peek, take, has, expect, path, value, syntaxError };
  };

  const checkUsed = () => {
    for (const [what, given] of [["Names", names] as const, ["Values", values] as const]) {
      const unused = Object.keys(given ?? {}).filter((key) => !used.has(key));
      if (unused.length > 0)
        throw invalid(
          `Value provided in ExpressionAttribute${what} unused in expressions: keys: {${unused.join(", ")}}`,
        );
    }
  };
  return { reader, checkUsed };
}
