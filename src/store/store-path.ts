import { EvenkeelError } from "../model/errors.ts";

/** Begins the names of files that are still being written; no stored object may be called so. */
export const TEMPORARY = ".tmp-";

/**
 * Refuses whatever could lead out of the store or name something that isn't an object: `..`, absolute paths, empty parts.
 * @throws EvenkeelError USAGE, because such paths come from names that a person gave
 */
export function checkPath(path: string): string {
  const parts = path.split("/");
  if (path.includes("\\") || path.includes("\0") || !parts.every(isPart))
    throw new EvenkeelError("USAGE", `not a path within the store: ${JSON.stringify(path)}`, {
      hint: "names are made of letters, digits, `.`, `_` and `-`",
    });
  return path;
}

function isPart(part: string): boolean {
  return part !== "" && part !== "." && part !== ".." && !part.startsWith(TEMPORARY);
}

/** The order of every listing: plain string order, the same for folder and bucket. */
export function inPathOrder<T extends { readonly path: string }>(objects: readonly T[]): T[] {
  return objects.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
