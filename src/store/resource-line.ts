import type { Arn } from "../model/brand.ts";
import { canonical } from "../model/canonical.ts";
import { isJsonObject, type Json } from "../model/json.ts";
import type { Resource } from "../model/resource.ts";
import type { LineCursor } from "./line-cursor.ts";

/*
 * The ARN stands first and the fingerprint last, each at a fixed place, so that lines can be merged and compared
 * without being parsed.
 */
const HEAD = '{"arn":';
const ORDER = [
  "arn",
  "type",
  "id",
  "name",
  "account",
  "region",
  "state",
  "tags",
  "links",
  "configuration",
  "unknown",
  "createdAt",
  "fingerprint",
] as const satisfies readonly (keyof Resource)[];

/** A resource as it is stored, without newline. The same resource always gives the same text; anything else it carries stays out. */
export function resourceLine(resource: Resource): string {
  const members = ORDER.flatMap((key) => {
    const value = resource[key] as Json | undefined;
    return value === undefined ? [] : [`"${key}":${canonical(value)}`];
  });
  return `{${members.join(",")}}`;
}

/** Reads a stored line. @throws TypeError when it is no resource */
export function parseResource(text: string): Resource {
  const value: unknown = JSON.parse(text);
  if (!isJsonObject(value) || typeof value.arn !== "string" || typeof value.fingerprint !== "string")
    throw new TypeError("it is no resource: arn or fingerprint is missing");
  return value as unknown as Resource;
}

/** The ARN of the line that a cursor is on. @throws TypeError or SyntaxError when the line is no resource */
export function arnAt(cursor: LineCursor): Arn {
  const { buffer, start, end } = cursor;
  const open = start + HEAD.length;
  const close = buffer.indexOf('"', open + 1);
  if (close > 0 && close < end && buffer.toString("latin1", start, open + 1) === `${HEAD}"`) {
    const arn = buffer.toString("utf8", open + 1, close);
    if (!arn.includes("\\")) return arn as Arn;
  }
  return parseResource(cursor.text()).arn;
}

/**
 * What the line of a resource begins with, and what it ends with: equal ends = same unknown parts, creation date and
 * fingerprint.
 */
export function lineEnds(resource: Resource): { readonly head: string; readonly tail: string } {
  // Where all is known the configuration, an object, stands before.
  const unknown =
    resource.unknown === undefined ? "}," : `"unknown":${canonical(resource.unknown as unknown as Json)},`;
  const created = resource.createdAt === undefined ? "" : `"createdAt":${canonical(resource.createdAt)},`;
  return {
    head: `${HEAD}${canonical(resource.arn)},`,
    tail: `${unknown}${created}"fingerprint":${canonical(resource.fingerprint)}}`,
  };
}
