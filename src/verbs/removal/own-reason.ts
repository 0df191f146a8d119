import { isServiceManaged } from "../../engine/removable.ts";
import type { Candidate, RemovalPolicy } from "./plan.ts";

/** Whether it is kept only because nobody can remove it by itself. */
export function isInert({ resource, facts, found, alone }: Candidate): boolean {
  if (alone !== undefined || !facts.removal || isServiceManaged(resource) || found === "gone") return true;
  return found !== undefined && !("unread" in found) && found.state.refuses !== undefined;
}

/** What of the resource itself, whatever is around it, keeps it. */
export function ownReason({ resource, facts, found, alone }: Candidate, policy: RemovalPolicy): string | undefined {
  const stays = policy.stays(resource);
  if (stays ?? alone) return stays ?? alone;
  if (!facts.removal) return `Evenkeel does not remove ${facts.title}s`;
  if (isServiceManaged(resource)) return "the service that made it removes it by itself";
  if (found === undefined || found === "gone") return "it is gone";
  if ("unread" in found) return `it could not be read: ${found.unread}`;
  const { refuses, leaving, guardedBy, words } = found.state;
  if (refuses) return refuses;
  if (leaving) return `it is on its way out already: ${words ?? "being deleted"}`;
  if (guardedBy && !policy.overrideProtection.has(resource.type))
    return `its ${guardedBy} is on; --override-protection ${facts.short} would switch it off`;
  return undefined;
}
