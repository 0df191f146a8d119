import { homedir } from "node:os";
import { fileURLToPath } from "node:url";
import { EvenkeelError } from "../model/errors.ts";
import type { ObjectBucket } from "./bucket.ts";
import { folderStore } from "./folder.ts";
import { s3Store } from "./s3.ts";
import type { Store } from "./store.ts";

/* Two letters at least, so that a Windows drive is a path. */
const SCHEME = /^([a-z][a-z0-9+.-]+):/i;
const S3 = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/+([^?#]*))?$/;

/**
 * Opens the store that a person named: `file:./.evenkeel`, a plain path, or `s3://bucket/prefix`.
 * @param makeBucket gives access to a bucket by name; called for `s3:` only, so that no AWS client is loaded without need
 * @throws EvenkeelError USAGE for anything else
 */
export async function openStore(url: string, makeBucket: (name: string) => Promise<ObjectBucket>): Promise<Store> {
  const scheme = SCHEME.exec(url)?.[1]?.toLowerCase();
  if (scheme === "s3") {
    const [, name, prefix] = S3.exec(url) ?? [];
    if (name === undefined) throw notAStore(url);
    return s3Store(url, await makeBucket(name), prefix?.replace(/\/+$/, "") ?? "");
  }
  if (scheme !== undefined && scheme !== "file") throw notAStore(url);
  return folderStore(folderOf(url), url);
}

/** @throws EvenkeelError USAGE when it names no store; nothing is opened */
export function checkStoreUrl(url: string, option: string): void {
  const scheme = SCHEME.exec(url)?.[1]?.toLowerCase();
  const isStore = scheme === undefined || scheme === "file" ? url !== "" : scheme === "s3" && S3.test(url);
  if (isStore) return;
  throw new EvenkeelError("USAGE", `${option} names no store: ${JSON.stringify(url)}`, {
    hint: `for example ${option} s3://bucket/prefix`,
  });
}

/** The folder that a `file:` URL or a plain path names. @throws EvenkeelError USAGE when it names none */
export function folderOf(url: string): string {
  if (url.startsWith("file://")) return fromFileUrl(url);
  const path = url.replace(/^file:/i, "");
  if (path.trim() === "" || path.includes("\0")) throw notAStore(url);
  // No shell expands it behind `file:` or in a configuration file.
  return path.replace(/^~(?=$|\/)/, () => homedir());
}

function fromFileUrl(url: string): string {
  try {
    return fileURLToPath(url);
  } catch (cause) {
    throw notAStore(url, cause);
  }
}

function notAStore(url: string, cause?: unknown): EvenkeelError {
  return new EvenkeelError("USAGE", `not a store: ${JSON.stringify(url)}`, {
    hint: "give --store a folder (file:./.evenkeel) or a bucket (s3://bucket/prefix)",
    ...(cause === undefined ? {} : { cause }),
  });
}
