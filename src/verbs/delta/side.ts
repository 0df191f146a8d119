import type { AccountId, Arn } from "../../model/brand.ts";
import type { Resource } from "../../model/resource.ts";
import type { LineCursor } from "../../store/line-cursor.ts";
import { lineEnds } from "../../store/resource-line.ts";
import type { OpenSnapshot } from "../../store/snapshots.ts";
import type { SeenSide } from "./scope.ts";

/** A scan just made. Its resources may be in any order. */
export interface LiveScan extends SeenSide {
  readonly account: AccountId;
  readonly resources: readonly Resource[];
}

/** What stands on one side of a delta. */
export type Input =
  | { readonly kind: "snapshot"; readonly snapshot: OpenSnapshot }
  | { readonly kind: "live"; readonly scan: LiveScan };

/** Resources in ARN order, one at a time. `advance` is the fast way; where it says false, `refill` says whether there are more. */
export interface Walk {
  advance(): boolean;
  refill(): Promise<boolean>;
  arn(): Arn;
  resource(): Resource;
  close(): Promise<void>;
  /** Where the resource comes from, for comparing without parsing. */
  readonly cursor?: LineCursor;
}

/** What an input looked for. */
export function seenSide(input: Input): SeenSide & { readonly account: AccountId; readonly resources: number } {
  if (input.kind === "live") return { ...input.scan, resources: input.scan.resources.length };
  const { header } = input.snapshot;
  return { ...header, resources: Object.values(header.counts).reduce((sum, count) => sum + count, 0) };
}

export async function walkInput(input: Input): Promise<Walk> {
  if (input.kind === "live") return walkResources(input.scan.resources);
  const lines = await input.snapshot.lines();
  return Object.assign(lines, { advance: () => lines.cursor.advance() });
}

function walkResources(resources: readonly Resource[]): Walk {
  // A listing that moved while it was read can hold a resource twice: the later reading counts.
  const ordered = [...new Map(resources.map((each) => [each.arn, each])).values()];
  ordered.sort((a, b) => (a.arn < b.arn ? -1 : 1));
  let at = -1;
  const current = () => ordered[at] as Resource;
  return {
    advance: () => ++at < ordered.length,
    refill: async () => false,
    arn: () => current().arn,
    resource: current,
    close: async () => undefined,
  };
}

/** Gives the quick test of two sides for surely standing at the same, unchanged resource. False = look closer. */
export function quickTest(before: Walk, after: Walk): () => boolean {
  const [one, two] = [before.cursor, after.cursor];
  if (one && two) return () => sameBytes(one, two);
  if (one) return () => standsFor(one, after.resource());
  if (two) return () => standsFor(two, before.resource());
  return () => false;
}

function sameBytes(a: LineCursor, b: LineCursor): boolean {
  if (a.end - a.start !== b.end - b.start) return false;
  return a.buffer.compare(b.buffer, b.start, b.end, a.start, a.end) === 0;
}

/** Same ARN, creation date and fingerprint, told from a line's two ends. */
function standsFor({ buffer, start, end }: LineCursor, resource: Resource): boolean {
  const { head, tail } = lineEnds(resource);
  return (
    buffer.toString("latin1", end - tail.length, end) === tail &&
    buffer.toString("latin1", start, start + head.length) === head
  );
}
