import {
  DeleteUserCommand,
  DeleteUserPermissionsBoundaryCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  IAMClient,
  RemoveUserFromGroupCommand,
  type UserDetail,
} from "@aws-sdk/client-iam";
import type { Found, Removal, WriteScope } from "../contract.ts";
import { orGone } from "../reading.ts";
import { hasPolicies, takePolicies } from "./detaching.ts";
import { hasCredentials, takeCredentials } from "./user-credentials.ts";

const groupsOf = ({ configuration }: Found): readonly string[] => (configuration as UserDetail).GroupList ?? [];

async function detach(scope: WriteScope, found: Found): Promise<void> {
  const client = scope.writer(IAMClient);
  const UserName = found.id;
  for (const GroupName of groupsOf(found))
    await orGone(client.send(new RemoveUserFromGroupCommand({ UserName, GroupName })));
  await takePolicies(found, {
    detach: (PolicyArn) => client.send(new DetachUserPolicyCommand({ UserName, PolicyArn })),
    delete: (PolicyName) => client.send(new DeleteUserPolicyCommand({ UserName, PolicyName })),
    unbound: () => client.send(new DeleteUserPermissionsBoundaryCommand({ UserName })),
  });
}

export const removal: Removal = {
  async inspect(found, scope) {
    const identity = { UserId: (found.configuration as UserDetail).UserId ?? null };
    const unseen = found.unknown?.[0];
    if (unseen) return { identity, refuses: `its ${unseen.path} could not be read (${unseen.reason})` };
    const needs = [
      ...((await hasCredentials(scope, found)) ? ["credentials"] : []),
      ...(groupsOf(found).length > 0 || hasPolicies(found) ? ["detach"] : []),
    ];
    return { identity, needs };
  },
  prepare: (scope, found, name) => (name === "credentials" ? takeCredentials(scope, found) : detach(scope, found)),
  remove: (scope, { id }) => scope.writer(IAMClient).send(new DeleteUserCommand({ UserName: id })),
};
