import type { Call } from "../service.ts";

/** A kind of resource that the Tagging API knows, and how its tags are found. */
interface Tagged {
  /** As in ResourceTypeFilters: `sqs`, `lambda:function`. */
  readonly type: string;
  readonly list: (call: Call) => { readonly arn: string; readonly tags: Readonly<Record<string, string>> }[];
}

interface WithTags {
  readonly tags?: Readonly<Record<string, string>>;
}

function rows<T extends object>(type: string, kind: string, arn: (row: T, call: Call) => string): Tagged {
  const list = (call: Call) =>
    call
      .table<T & WithTags>(kind)
      .all()
      .map((row) => ({ arn: arn(row, call), tags: row.tags ?? {} }));
  return { type, list };
}

/** Services whose own listings have no tags, so that Evenkeel reads them here. */
export const TAGGED: readonly Tagged[] = [
  rows<{ name: string }>("sqs", "sqs.queue", (queue, call) => call.arn("sqs", queue.name)),
];
