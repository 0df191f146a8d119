import type { NormalizedSchema } from "@smithy/core/schema";
import type { Json } from "../../model/json.ts";

/** Reads a text of a form, a header, a label or a query string by its schema. Dates become ISO texts, blobs stay base64. */
export function textReader(schema: NormalizedSchema): (text: string) => Json {
  if (schema.isBooleanSchema()) return (text) => text.toLowerCase() === "true";
  if (schema.isNumericSchema()) return (text) => numeric(text);
  if (schema.isTimestampSchema()) return (text) => isoInstant(text);
  return (text) => text;
}

function numeric(text: string): Json {
  const number = Number(text);
  return Number.isFinite(number) && text !== "" ? number : text;
}

/** Clients write dates as ISO, as HTTP dates or as seconds since the epoch, whatever the model says; a bad one stays as it is. */
export function isoInstant(text: string): string {
  const date = new Date(/^-?\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : text);
  return Number.isNaN(date.getTime()) ? text : date.toISOString();
}

/** Timestamp formats as SDK schemas number them. */
const FORMAT = { dateTime: 5, httpDate: 6, epochSeconds: 7 } as const;

/**
 * Writes a scalar as the text of an element or a header.
 * @param dates the format of dates whose schema does not say: ISO in bodies, HTTP dates in headers
 */
export function textWriter(schema: NormalizedSchema, dates: keyof typeof FORMAT): (value: unknown) => string {
  if (schema.isTimestampSchema()) {
    const own = schema.getSchema() as number;
    return dateWriter(own === 4 ? FORMAT[dates] : own);
  }
  if (schema.isBlobSchema()) return (value) => Buffer.from(value as Uint8Array).toString("base64");
  return (value) => String(value);
}

function dateWriter(format: number): (value: unknown) => string {
  if (format === FORMAT.httpDate) return (value) => (value as Date).toUTCString();
  if (format === FORMAT.epochSeconds) return (value) => String((value as Date).getTime() / 1000);
  return (value) => (value as Date).toISOString();
}
