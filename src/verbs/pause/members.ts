import type { Facts, PauseState } from "../../catalog/contract.ts";
import type { Resource, ResourceType } from "../../model/resource.ts";
import type { FindResource } from "../../model/resource-index.ts";

/** Whether a type is paused in a way that ends its members. */
export function takesMembers(
  { type, pause }: Pick<Facts, "type" | "pause">,
  ways: ReadonlyMap<ResourceType, string>,
): boolean {
  return pause?.takesMembers?.includes(ways.get(type) ?? "") ?? false;
}

interface MemberPolicy {
  /** All that the selection has found. */
  readonly find: FindResource;
  readonly caller: string;
  readonly armed: ReadonlySet<string>;
  readonly protection: (resource: Resource) => string | undefined;
}

/**
 * Why a group must keep its members; undefined = they may be ended with it. Only what the selection has found and nothing
 * protects is ended: of a member that was not looked at nobody can say that.
 */
export function memberRefusal(group: Resource, { saved }: PauseState, policy: MemberPolicy): string | undefined {
  const ids = Array.isArray(saved.members) ? saved.members.map(String) : [];
  for (const id of ids) {
    if (policy.caller.endsWith(`/${id}`)) return "this very run is on one of its members: it would end itself half way";
    const member = policy.find("AWS::EC2::Instance", group.region, id);
    if (!member) return `its member ${id} is not in the selection, and would be terminated with it`;
    if (policy.armed.has(member.arn)) return `its member ${id} is in an armed record, and would be terminated with it`;
    const reason = policy.protection(member);
    if (reason) return `its member ${id} would be terminated with it, and is protected: ${reason}`;
  }
  return undefined;
}
