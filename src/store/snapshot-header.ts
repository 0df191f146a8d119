import type { Hash } from "node:crypto";
import { z } from "zod";
import type { AccountId, IsoInstant, Region } from "../model/brand.ts";
import { isRegion } from "../model/brand.ts";
import { canonical } from "../model/canonical.ts";
import { EvenkeelError } from "../model/errors.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { isJsonObject } from "../model/json.ts";
import type { ResourceType } from "../model/resource.ts";
import { SNAPSHOT_SCHEMA, type SnapshotHeader } from "../model/snapshot.ts";

const text = z.string();
const instant = z.custom<IsoInstant>(
  (value) => typeof value === "string" && !Number.isNaN(Date.parse(value)),
  "no date",
);
const region = z.custom<Region>((value) => typeof value === "string" && isRegion(value), "no region");
const type = z.custom<ResourceType>((value) => typeof value === "string" && value.includes("::"), "no resource type");
const account = z.custom<AccountId>((value) => typeof value === "string" && /^\d{12}$/.test(value), "no account id");
const texts = z.record(text, text);
const count = z.number().int().nonnegative();

const selection = z.object({
  types: z.array(type),
  regions: z.array(region),
  tags: texts.exactOptional(),
  excludeTags: texts.exactOptional(),
  ids: z.array(text).exactOptional(),
  excludeIds: z.array(text).exactOptional(),
  createdBefore: instant.exactOptional(),
  createdAfter: instant.exactOptional(),
});

const cell = z.object({
  type,
  region,
  status: z.enum(["complete", "partial", "denied", "throttled", "unsupported", "failed"]),
  count,
  reason: text.exactOptional(),
  action: text.exactOptional(),
});

const header = z.object({
  schema: z.literal(SNAPSHOT_SCHEMA),
  name: text,
  account,
  partition: text,
  regions: z.array(region),
  selection,
  startedAt: instant,
  finishedAt: instant,
  coverage: z.array(cell),
  counts: z.record(text, count),
  undated: count,
  metadata: texts,
  tool: text,
  digest: z.string().regex(/^[0-9a-f]{64}$/),
}) satisfies z.ZodType<SnapshotHeader>;

/** A header line as it is stored, without newline: the schema version first, then sorted keys. */
export function headerLine(value: SnapshotHeader): string {
  const { schema, ...rest } = value;
  return `{"schema":${schema},${canonical(rest as unknown as Json).slice(1)}`;
}

/** A header, and its members as they stand in the file (a newer Evenkeel may have written some that this one doesn't know). */
export interface ParsedHeader {
  readonly header: SnapshotHeader;
  readonly stored: JsonObject;
}

/** @throws TypeError, SyntaxError or EvenkeelError with what is wrong, when it is no header or one of another schema version */
export function parseHeader(line: string): ParsedHeader {
  const stored: unknown = JSON.parse(line);
  if (!isJsonObject(stored)) throw new TypeError("it is no snapshot header");
  if (typeof stored.schema === "number" && stored.schema !== SNAPSHOT_SCHEMA)
    throw new EvenkeelError(
      "CORRUPT_SNAPSHOT",
      `it has schema version ${stored.schema}, but this Evenkeel reads version ${SNAPSHOT_SCHEMA}`,
      { hint: "it was written by another version of Evenkeel: update this one" },
    );
  const { success, data, error } = header.safeParse(stored);
  if (success) return { header: data, stored };
  const issue = error.issues[0];
  throw new TypeError(`${issue?.path.join(".") || "header"}: ${issue?.message ?? "invalid"}`);
}

/** Ends a snapshot's digest: to the resource lines, already hashed, comes the header without its digest. */
export function finishDigest(lines: Hash, stored: JsonObject): string {
  const { digest: _, ...rest } = stored;
  return lines.update(canonical(rest)).digest("hex");
}
