import type { Step } from "../../model/plan.ts";
import type { Resource } from "../../model/resource.ts";

/** `evenkeel:order=N`: lower numbers are paused first within their stage, and come back last. */
const ORDER_TAG = "evenkeel:order";

/** A whole number, also below zero. */
const NUMBER = /^-?\d{1,9}$/;

type Tags = Readonly<Record<string, string>>;

function orderIn(tags: Tags): number | undefined {
  const text = tags[ORDER_TAG];
  return text !== undefined && NUMBER.test(text) ? Number(text) : undefined;
}

/**
 * The same steps, each after those of its stage whose number is the next lower one. What has no number waits for none and
 * keeps none waiting. Pure.
 * @param tags by ARN
 */
export function inOrder(steps: readonly Step[], tags: ReadonlyMap<string, Tags>): Step[] {
  const orders = new Map(steps.map((step) => [step.id, orderIn(tags.get(step.target.arn) ?? {})]));
  const levels = new Map<number, Map<number, Step[]>>();
  for (const step of steps) {
    const order = orders.get(step.id);
    if (order === undefined) continue;
    const stage = levels.get(step.stage) ?? new Map<number, Step[]>();
    const level = stage.get(order) ?? [];
    level.push(step);
    levels.set(step.stage, stage.set(order, level));
  }
  return steps.map((step) => {
    const order = orders.get(step.id);
    const stage = levels.get(step.stage);
    if (order === undefined || !stage) return step;
    const before = Math.max(...[...stage.keys()].filter((other) => other < order));
    // An owner goes before its members whatever their tags say.
    const waitsFor = (stage.get(before) ?? []).filter((other) => !other.after.includes(step.id)).map(({ id }) => id);
    return { ...step, after: [...new Set([...step.after, ...waitsFor])] };
  });
}

/** What is written in an order tag and is no number, a sentence each. */
export function orderProblems(steps: readonly Step[], resources: readonly Pick<Resource, "arn" | "tags">[]): string[] {
  const tags = new Map(resources.map((each) => [each.arn as string, each.tags]));
  return steps.flatMap(({ target }) => {
    const text = tags.get(target.arn)?.[ORDER_TAG];
    if (text === undefined || NUMBER.test(text)) return [];
    return [`${target.name ?? target.id} has the tag ${ORDER_TAG}=${text}, which is no whole number: it is ignored`];
  });
}
