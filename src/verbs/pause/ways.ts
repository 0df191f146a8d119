import { distance } from "fastest-levenshtein";
import type { Facts } from "../../catalog/contract.ts";
import { FACTS } from "../../catalog/registry.ts";
import { EvenkeelError } from "../../model/errors.ts";
import type { ResourceType } from "../../model/resource.ts";

const EXAMPLE = "for example --way ec2:instance=hibernate";

/**
 * The ways that a person has chosen, by type. Checked before any call is made.
 * @param pairs `TYPE=WAY` with a type's name or short name; letter case of the type does not matter
 * @throws EvenkeelError USAGE, UNKNOWN_TYPE with the nearest names
 */
export function parseWays(pairs: readonly string[]): ReadonlyMap<ResourceType, string> {
  const ways = new Map<ResourceType, string>();
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    if (at < 1) throw new EvenkeelError("USAGE", `--way wants TYPE=WAY, got "${pair}"`, { hint: EXAMPLE });
    const facts = typeNamed(pair.slice(0, at));
    const way = pair.slice(at + 1);
    refuseUnknown(facts, way);
    if (ways.has(facts.type) && ways.get(facts.type) !== way)
      throw new EvenkeelError("USAGE", `--way names ${facts.short} with two ways`, {
        hint: "a type has one way a run",
      });
    ways.set(facts.type, way);
  }
  return ways;
}

function typeNamed(name: string): Facts {
  const lower = name.toLowerCase();
  const facts = FACTS.find(({ type, short }) => type.toLowerCase() === lower || short === lower);
  if (facts) return facts;
  const choices = FACTS.filter(({ pause }) => pause?.ways).map(({ short }) => short);
  throw new EvenkeelError("UNKNOWN_TYPE", `no resource type is called "${name}"`, {
    hint: `did you mean ${nearest(lower, choices)}? ${EXAMPLE}`,
  });
}

function refuseUnknown({ short, pause }: Facts, way: string): void {
  const choices = Object.keys(pause?.ways ?? {});
  if (choices.includes(way)) return;
  if (choices.length === 0)
    throw new EvenkeelError("USAGE", `${short} has no other way to be paused`, { hint: EXAMPLE });
  throw new EvenkeelError("USAGE", `${short} has no way "${way}"`, {
    hint: `did you mean --way ${short}=${nearest(way, choices)}? Without --way it is ${pause?.how}`,
  });
}

function nearest(name: string, choices: readonly string[]): string {
  return [...choices].sort((a, b) => distance(name, a) - distance(name, b))[0] ?? "";
}
