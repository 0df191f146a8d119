import {
  AutoScalingClient,
  type AutoScalingGroup,
  DeleteAutoScalingGroupCommand,
  SetInstanceProtectionCommand,
  UpdateAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import type { Found, Removal, WriteScope } from "../contract.ts";

const groupOf = ({ configuration }: Found) => configuration as AutoScalingGroup;

/** As AWS shows it: `Delete in progress`. Source: Auto Scaling API reference, AutoScalingGroup, `Status`. */
const DELETING = "Delete in progress";

const isProtected = ({ DeletionProtection = "none" }: AutoScalingGroup) => DeletionProtection !== "none";

function protectedMembers({ Instances = [] }: AutoScalingGroup): string[] {
  return Instances.flatMap(({ InstanceId, ProtectedFromScaleIn }) => (ProtectedFromScaleIn ? (InstanceId ?? []) : []));
}

/** A forced deletion heeds no scale-in protection; but somebody has said of these members that they must not be ended. */
function guardOf(group: AutoScalingGroup): string | undefined {
  if (isProtected(group)) return `deletion protection (${group.DeletionProtection})`;
  const members = protectedMembers(group);
  return members.length > 0 ? `scale-in protection of ${members.join(", ")}` : undefined;
}

/** Instances in one call. Source: Auto Scaling API reference, SetInstanceProtection. */
const AT_ONCE = 50;

async function unprotect(scope: WriteScope, found: Found): Promise<void> {
  const client = scope.writer(AutoScalingClient);
  const group = groupOf(found);
  const AutoScalingGroupName = found.id;
  // New members must not come protected while the old ones are let go.
  const settings = {
    ...(isProtected(group) ? { DeletionProtection: "none" as const } : {}),
    ...(group.NewInstancesProtectedFromScaleIn ? { NewInstancesProtectedFromScaleIn: false } : {}),
  };
  if (Object.keys(settings).length > 0)
    await client.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName, ...settings }));
  const members = protectedMembers(group);
  for (let start = 0; start < members.length; start += AT_ONCE) {
    const InstanceIds = members.slice(start, start + AT_ONCE);
    const asked = { AutoScalingGroupName, InstanceIds, ProtectedFromScaleIn: false };
    await client.send(new SetInstanceProtectionCommand(asked));
  }
}

export const removal: Removal = {
  inspect(found) {
    const group = groupOf(found);
    if (found.state === DELETING) return { leaving: true, words: "being deleted" };
    if (group.Operator) return { refuses: `it is managed by ${group.Operator.Principal}, which removes it itself` };
    const guardedBy = guardOf(group);
    return { words: `${group.Instances?.length ?? 0} members`, ...(guardedBy ? { guardedBy } : {}) };
  },
  prepare: unprotect,
  remove: (scope, { id }) =>
    scope
      .writer(AutoScalingClient)
      .send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: id, ForceDelete: true })),
};
