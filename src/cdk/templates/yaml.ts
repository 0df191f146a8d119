import { Document, type Node, YAMLMap, YAMLSeq } from "yaml";
import type { Json } from "./plain.ts";

/**
 * A template as people write it: `!Ref Bucket`, `!GetAtt Queue.Arn`, and read alike by YAML 1.1 (CloudFormation's) and 1.2.
 * Source: CloudFormation user guide, "Intrinsic function reference".
 */
export function templateYaml(template: Json): string {
  const document = new Document<Node>(undefined, { compat: "yaml-1.1" });
  document.contents = nodeOf(document, template);
  return document.toString({ lineWidth: 0, indentSeq: false, flowCollectionPadding: false });
}

/** Short enough, and without what parsers of YAML 1.1 take for something else, to stand with others in one line. */
const WORD = /^[\w.-]{1,20}$/;

function nodeOf(document: Document<Node>, value: unknown): Node {
  if (typeof value !== "object" || value === null) return document.createNode(value) as Node;
  if (Array.isArray(value)) {
    const list = new YAMLSeq<Node>(document.schema);
    list.items = value.map((each) => nodeOf(document, each));
    list.flow = value.every((each) => WORD.test(String(each)));
    return list;
  }
  const entries = Object.entries(value);
  const short = entries.length === 1 ? shortForm(...(entries[0] as [string, unknown])) : undefined;
  if (short) return Object.assign(nodeOf(document, short.value), { tag: short.tag });
  const map = new YAMLMap(document.schema);
  for (const [key, each] of entries) map.set(key, nodeOf(document, each));
  return map;
}

/** Undefined for what is no function, and for a function of a function: one tag can't follow another. */
function shortForm(key: string, value: unknown): { readonly tag: string; readonly value: unknown } | undefined {
  const [, name] = /^(?:Fn::)?(Ref|(?<=^Fn::)\w+)$/.exec(key) ?? [];
  if (name === undefined || (typeof value === "object" && !Array.isArray(value))) return undefined;
  const isPath = name === "GetAtt" && Array.isArray(value) && value.every((each) => typeof each === "string");
  return { tag: `!${name}`, value: isPath ? value.join(".") : value };
}
