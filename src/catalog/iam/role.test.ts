import {
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  IAMClient,
  RemoveRoleFromInstanceProfileCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { ROLES, seedIam } from "./iam.trial.ts";

contractSuite("AWS::IAM::Role", {
  seed: async (account) => {
    await seedIam(account);
    return ROLES;
  },
  remove: async ({ send }, RoleName) => {
    const InstanceProfileName = RoleName.replace("app", "profile");
    const PolicyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    await send(IAMClient, new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName }));
    await send(IAMClient, new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    await send(IAMClient, new DeleteRolePolicyCommand({ RoleName, PolicyName: "inline" }));
    await send(IAMClient, new DeleteRoleCommand({ RoleName }));
  },
  change: ({ send }, RoleName) => send(IAMClient, new UpdateRoleCommand({ RoleName, MaxSessionDuration: 7200 })),
});
