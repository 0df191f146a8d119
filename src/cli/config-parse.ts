import { distance } from "fastest-levenshtein";
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { EvenkeelError } from "../model/errors.ts";
import type { ConfigFile } from "./config-file.ts";
import { configSchema } from "./config-schema.ts";

interface Problem {
  readonly offset: number;
  readonly text: string;
}

/**
 * Checks the text of a configuration file.
 * @throws EvenkeelError BAD_CONFIG; each problem as `file:line:column: what is wrong`, in the file's order
 */
export function parseConfig(path: string, text: string): ConfigFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems: Problem[] = document.errors.map((error) => ({ offset: error.pos[0], text: error.message }));
  const values: unknown = problems.length > 0 ? {} : (document.toJS() ?? {});
  if (problems.length === 0) {
    const checked = configSchema.safeParse(values);
    if (!checked.success) problems.push(...checked.error.issues.flatMap((issue) => explain(issue, document)));
  }
  if (problems.length > 0) throw refusal(path, problems, lines);
  return {
    path,
    values: values as Record<string, unknown>,
    lineOf: (key) => lines.linePos(keyOffset(document, [], key)).line,
  };
}

function refusal(path: string, problems: readonly Problem[], lines: LineCounter): EvenkeelError {
  const told = [...problems]
    .sort((a, b) => a.offset - b.offset)
    .map(({ offset, text }) => {
      const { line, col } = lines.linePos(offset);
      return `${path}:${line}:${col}: ${text}`;
    });
  return new EvenkeelError("BAD_CONFIG", told.join("\n"), {
    hint: "correct the file; `evenkeel config show` prints what is in effect",
  });
}

type Issue = z.core.$ZodIssue;

function explain(issue: Issue, document: Document): Problem[] {
  const path = issue.path.filter((part) => typeof part !== "symbol");
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ offset: keyOffset(document, path, key), text: unknownKey(key, path) }));
  const name = path.join(".");
  return [
    {
      offset: valueOffset(document, path),
      text: name === "" ? `the file must be a list of keys and values: ${issue.message}` : `${name}: ${plainly(issue)}`,
    },
  ];
}

const EXPECTED: Readonly<Record<string, string>> = { boolean: "exactly true or false", array: "a list" };

function plainly(issue: Issue): string {
  if (issue.code === "invalid_key") return issue.issues[0]?.message ?? issue.message;
  if (issue.code === "invalid_type") return `must be ${EXPECTED[issue.expected] ?? `a ${issue.expected}`}`;
  if (issue.code === "invalid_value") return `must be one of ${issue.values.join(", ")}`;
  if (issue.code === "too_small")
    return issue.origin === "number" ? `must be at least ${issue.minimum}` : "must not be empty";
  if (issue.code === "too_big") return `must be at most ${issue.maximum}`;
  if (issue.code === "invalid_format" && issue.format === "starts_with") return "must start with arn:";
  if (issue.code === "invalid_format" && issue.format === "url")
    return "must be an address such as http://127.0.0.1:5000";
  return issue.message;
}

/** Farther away than this, a suggestion is a guess; of a short key, no more than half may be wrong. */
const NEAR = 3;

function unknownKey(key: string, path: readonly (string | number)[]): string {
  const known = knownAt(path);
  const near = known
    .map((each) => ({ each, far: distance(key.toLowerCase().replaceAll("_", "-"), each) }))
    .filter(({ far }) => far <= Math.min(NEAR, Math.max(1, key.length / 2)))
    .sort((a, b) => a.far - b.far)[0];
  const advice = near ? `did you mean "${near.each}"?` : `known are ${known.join(", ")}`;
  return `there is no key "${key}"; ${advice}`;
}

/** The keys that can stand at a place: at the top, in `guards`, in an element of `guards.protect`, in a mode. */
function knownAt(path: readonly (string | number)[]): string[] {
  const schema = path.reduce<unknown>(within, configSchema);
  const plain = bare(schema);
  return plain instanceof z.ZodObject ? Object.keys(plain.shape) : [];
}

function within(schema: unknown, part: string | number): unknown {
  const plain = bare(schema);
  if (plain instanceof z.ZodObject) return plain.shape[part];
  if (plain instanceof z.ZodArray) return plain.element;
  return plain instanceof z.ZodRecord ? plain.valueType : undefined;
}

function bare(schema: unknown): unknown {
  return schema instanceof z.ZodOptional ? schema.unwrap() : schema;
}

function valueOffset(document: Document, path: readonly (string | number)[]): number {
  const node: unknown = document.getIn(path, true);
  if (isNode(node)) return node.range?.[0] ?? 0;
  // What is missing is missing from the place around it.
  return path.length > 0 ? valueOffset(document, path.slice(0, -1)) : 0;
}

function keyOffset(document: Document, path: readonly (string | number)[], key: string): number {
  const map: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  if (!isMap(map)) return 0;
  const pair = map.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
  return isScalar(pair?.key) ? (pair.key.range?.[0] ?? 0) : 0;
}
