import type { Facts } from "../../catalog/contract.ts";
import { FACTS } from "../../catalog/registry.ts";
import { parseSelection } from "../../engine/selection.ts";

/** Whatever can be listed can be stored and compared; what has a pause can be paused, and what costs meanwhile is in the status. */
function verbsOf({ pause, noStop }: Facts): string[] {
  return ["snapshot", "delta", ...(pause || noStop ? ["status"] : []), ...(pause ? ["pause", "resume"] : [])];
}

/** A resource type as people choose it. */
export interface KnownType {
  readonly facts: Facts;
  readonly verbs: readonly string[];
}

/**
 * The types that are known, in the catalog's order.
 * @param named types, short names or groups; none = all
 * @throws EvenkeelError UNKNOWN_TYPE with the nearest names
 */
export function knownTypes(named: readonly string[] = []): KnownType[] {
  return factsFor(named).map((facts) => ({ facts, verbs: verbsOf(facts) }));
}

/** The facts of the named types, short names or groups; none = all. @throws EvenkeelError UNKNOWN_TYPE */
export function factsFor(named: readonly string[]): Facts[] {
  const { types } = parseSelection({ type: named })([]);
  return FACTS.filter(({ type }) => types.includes(type));
}
