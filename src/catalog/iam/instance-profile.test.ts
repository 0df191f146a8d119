import {
  DeleteInstanceProfileCommand,
  IAMClient,
  RemoveRoleFromInstanceProfileCommand,
  TagInstanceProfileCommand,
} from "@aws-sdk/client-iam";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { PROFILES, seedIam } from "./iam.trial.ts";

contractSuite("AWS::IAM::InstanceProfile", {
  seed: async (account) => {
    await seedIam(account);
    return PROFILES;
  },
  remove: async ({ send }, InstanceProfileName) => {
    const RoleName = InstanceProfileName.replace("profile", "app");
    await send(IAMClient, new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName }));
    await send(IAMClient, new DeleteInstanceProfileCommand({ InstanceProfileName }));
  },
  change: ({ send }, InstanceProfileName) =>
    send(IAMClient, new TagInstanceProfileCommand({ InstanceProfileName, Tags: [{ Key: "team", Value: "billing" }] })),
});
