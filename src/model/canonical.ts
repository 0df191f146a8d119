import { createHash } from "node:crypto";
import stringify from "safe-stable-stringify";
import type { Json } from "./json.ts";

/** JSON with sorted keys and no white space: equal values give equal texts. */
export function canonical(value: Json): string {
  return stringify(value) ?? "null";
}

/** SHA-256 in hex. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
