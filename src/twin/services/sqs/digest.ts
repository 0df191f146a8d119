import { createHash } from "node:crypto";
import type { MessageAttributes } from "./queues.ts";

export function md5(bytes: string | Buffer): string {
  return createHash("md5").update(bytes).digest("hex");
}

function withLength(bytes: string | Buffer): Buffer {
  const body = Buffer.from(bytes as string);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
}

/** Source: SQS developer guide, "Calculating the MD5 message digest for message attributes". */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const parts = names.flatMap((name) => {
    const { DataType = "", StringValue, BinaryValue } = attributes[name] ?? {};
    const isBinary = DataType.startsWith("Binary");
    const value = isBinary ? Buffer.from(BinaryValue ?? "", "base64") : (StringValue ?? "");
    return [withLength(name), withLength(DataType), Buffer.from([isBinary ? 2 : 1]), withLength(value)];
  });
  return md5(Buffer.concat(parts));
}
