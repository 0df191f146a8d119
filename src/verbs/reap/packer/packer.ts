import { type Policy, united } from "../policy.ts";
import { ORPHAN_TYPES, orphansIn } from "./orphans.ts";
import { type PackerOptions, parsePacker } from "./settings.ts";
import { tiedTo } from "./tied.ts";
import { zombiesIn } from "./zombies.ts";

/**
 * Removes what failed Packer builds have left: first zombies, each with what was made for it, then orphans. In which order
 * they go, and what has to wait for the next run, the planner says.
 * @throws EvenkeelError USAGE
 */
export function packerPolicy(options: PackerOptions = {}): Policy {
  const settings = parsePacker(options);
  return {
    name: "packer",
    types: ["AWS::EC2::Instance", "AWS::EC2::EIP", ...ORPHAN_TYPES],
    does: "remove",
    allowData: ["AWS::EC2::Volume", "AWS::EC2::Snapshot"],
    // An account may be there for builds alone.
    maxShare: 1,
    propose(seen, { now }) {
      const { judged, zombies } = zombiesIn(seen, settings, now);
      return united([...judged, ...tiedTo(zombies, seen, settings, now), ...orphansIn(seen, settings, now)]);
    },
  };
}
