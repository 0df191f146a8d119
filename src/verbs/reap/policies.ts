import { distance } from "fastest-levenshtein";
import { EvenkeelError } from "../../model/errors.ts";
import { ownPolicy, type WrittenPolicy } from "./own-policy.ts";
import { packerPolicy } from "./packer/packer.ts";
import type { PackerOptions } from "./packer/settings.ts";
import type { Policy } from "./policy.ts";

/** By name. */
export type WrittenPolicies = Readonly<Record<string, WrittenPolicy>>;

/** The policy that needs no configuration. */
export const BUILT_IN = "packer";

/** @throws EvenkeelError USAGE with the nearest name, UNKNOWN_TYPE: nothing has been called then */
export function policiesNamed(
  names: readonly string[],
  {
    written = {},
    packer,
  }: { readonly written?: WrittenPolicies | undefined; readonly packer?: PackerOptions | undefined },
): Policy[] {
  const unique = [...new Set(names)];
  if (unique.length === 0) throw new EvenkeelError("USAGE", "no policy is named", { hint: `for example ${BUILT_IN}` });
  return unique.map((name) => {
    if (name === BUILT_IN) return packerPolicy(packer);
    const own = Object.hasOwn(written, name) ? written[name] : undefined;
    if (own) return ownPolicy(name, own);
    const known = [BUILT_IN, ...Object.keys(written)];
    const [near] = [...known].sort((a, b) => distance(name, a) - distance(name, b));
    throw new EvenkeelError("USAGE", `there is no policy "${name}"`, {
      hint: `did you mean ${near}? Known are ${known.join(", ")}; \`policies\` of evenkeel.yaml adds others`,
    });
  });
}
