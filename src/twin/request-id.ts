import type { Twin } from "./twin.ts";

const counts = new WeakMap<object, number>();

/** Request ids are counted beside the world: asking must not change what is asked about. */
export function nextRequestId(twin: Twin): string {
  const count = (counts.get(twin) ?? 0) + 1;
  counts.set(twin, count);
  return `00000000-0000-4000-8000-${count.toString(16).padStart(12, "0")}`;
}
