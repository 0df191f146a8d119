import {
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
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
    await send(IAMClient, new DeletePolicyVersionCommand({ PolicyArn, VersionId: "v1" }));
    await send(IAMClient, new DeletePolicyCommand({ PolicyArn }));
  },
  change: ({ send }, PolicyArn) => send(IAMClient, new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: "v1" })),
});
