import {
  DeleteGroupCommand,
  DeleteGroupPolicyCommand,
  DetachGroupPolicyCommand,
  type GroupDetail,
  IAMClient,
} from "@aws-sdk/client-iam";
import type { Removal } from "../contract.ts";
import { hasPolicies, takePolicies } from "./detaching.ts";

/** Members are no preparation: a user that stays would lose permissions, so it keeps the group; one that goes has left it. */
export const removal: Removal = {
  inspect: (found) => ({
    identity: { GroupId: (found.configuration as GroupDetail).GroupId ?? null },
    ...(hasPolicies(found) ? { needs: ["detach"] } : {}),
  }),
  prepare(scope, found) {
    const client = scope.writer(IAMClient);
    const GroupName = found.id;
    return takePolicies(found, {
      detach: (PolicyArn) => client.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn })),
      delete: (PolicyName) => client.send(new DeleteGroupPolicyCommand({ GroupName, PolicyName })),
    });
  },
  remove: (scope, { id }) => scope.writer(IAMClient).send(new DeleteGroupCommand({ GroupName: id })),
};
