import type { Facts } from "../../catalog/contract.ts";
import { FACTS } from "../../catalog/registry.ts";
import { parseSelection } from "../../engine/selection.ts";
import { type RemovalOrder, removalOrder } from "./removal-order.ts";

/**
 * Whatever can be listed can be stored and compared; what has a pause can be paused, and what costs meanwhile is in the
 * status; what has a removal can be removed.
 */
function verbsOf({ pause, noStop, removal }: Facts): string[] {
  return [
    ...["snapshot", "delta"],
    ...(pause || noStop ? ["status"] : []),
    ...(pause ? ["pause", "resume"] : []),
    ...(removal ? ["restore", "reap"] : []),
  ];
}

/** A resource type as people choose it. */
export interface KnownType {
  readonly facts: Facts;
  readonly verbs: readonly string[];
  /** Absent = it is never removed. */
  readonly order?: RemovalOrder;
}

/**
 * The types that are known, in the catalog's order.
 * @param named types, short names or groups; none = all
 * @throws EvenkeelError UNKNOWN_TYPE with the nearest names
 */
export function knownTypes(named: readonly string[] = []): KnownType[] {
  return factsFor(named).map((facts) => ({
    facts,
    verbs: verbsOf(facts),
    ...(facts.removal ? { order: removalOrder(facts.type) } : {}),
  }));
}

/** The facts of the named types, short names or groups; none = all. @throws EvenkeelError UNKNOWN_TYPE */
export function factsFor(named: readonly string[]): Facts[] {
  const { types } = parseSelection({ type: named })([]);
  return FACTS.filter(({ type }) => types.includes(type));
}
