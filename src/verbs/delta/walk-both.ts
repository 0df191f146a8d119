import type { Resource } from "../../model/resource.ts";
import { type Input, quickTest, type Walk, walkInput } from "./side.ts";

/** What is told of each resource of two sides. */
export interface Visitor {
  /** On both sides, and it was seen without parsing that nothing changed. */
  same(): void;
  /** On both sides. */
  both(before: Resource, after: Resource): void;
  /** On the before side only. */
  gone(before: Resource): void;
  /** On the after side only. */
  come(after: Resource): void;
}

/** Walks through both sides at once in ARN order. What was told counts only when this has returned: digests are checked last. */
export async function walkBoth(before: Input, after: Input, visitor: Visitor): Promise<void> {
  const left = await walkInput(before);
  try {
    const right = await walkInput(after);
    try {
      await walk(left, right, visitor);
    } finally {
      await right.close();
    }
  } finally {
    await left.close();
  }
}

/** Waits only where a chunk has come to its end: a wait at each line would cost more than all the rest. */
async function walk(left: Walk, right: Walk, visitor: Visitor): Promise<void> {
  const isSame = quickTest(left, right);
  let hasLeft = left.advance() || (await left.refill());
  let hasRight = right.advance() || (await right.refill());
  while (hasLeft || hasRight) {
    const order =
      hasLeft && hasRight ? meet(left, right, isSame, visitor) : alone(hasLeft ? left : undefined, right, visitor);
    if (order <= 0) hasLeft = left.advance() || (await left.refill());
    if (order >= 0) hasRight = right.advance() || (await right.refill());
  }
}

/** @returns below 0 = the left one has been told, above 0 = the right one, 0 = both */
function meet(left: Walk, right: Walk, isSame: () => boolean, visitor: Visitor): number {
  if (isSame()) {
    visitor.same();
    return 0;
  }
  const [a, b] = [left.arn(), right.arn()];
  if (a !== b) return alone(a < b ? left : undefined, right, visitor);
  visitor.both(left.resource(), right.resource());
  return 0;
}

function alone(left: Walk | undefined, right: Walk, visitor: Visitor): number {
  if (left === undefined) {
    visitor.come(right.resource());
    return 1;
  }
  visitor.gone(left.resource());
  return -1;
}
