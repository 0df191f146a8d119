/** How often a property is tried: all of it by `npm test`, a share of it by `npm run check`. */
import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** Above 0, to 1; each project of vitest.config.ts has its own. */
    readonly share: number;
  }
}

/** Fast-check's options. @param often how often all of it is */
export function runs(often: number): { readonly numRuns: number } {
  return { numRuns: Math.ceil(often * inject("share")) };
}

/** Some of what is tried one by one, evenly spread. */
export function someOf<T>(all: Iterable<T>): T[] {
  const share = inject("share");
  return [...all].filter((_, at) => Math.floor((at + 1) * share) > Math.floor(at * share));
}
