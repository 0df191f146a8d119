import {
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRolePermissionsBoundaryCommand,
  IAMClient,
  SetDefaultPolicyVersionCommand,
} from "@aws-sdk/client-iam";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { POLICIES, seedIam } from "./iam.trial.ts";

contractSuite("AWS::IAM::ManagedPolicy", {
  seed: async (account) => {
    await seedIam(account);
    return POLICIES;
  },
  remove: async ({ send }, PolicyArn) => {
    const RoleName = PolicyArn.replace(/.*\/read-/, "app-");
    await send(IAMClient, new DeleteRolePermissionsBoundaryCommand({ RoleName }));
    await send(IAMClient, new DeletePolicyVersionCommand({ PolicyArn, VersionId: "v1" }));
    await send(IAMClient, new DeletePolicyCommand({ PolicyArn }));
  },
  change: ({ send }, PolicyArn) => send(IAMClient, new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: "v1" })),
});
