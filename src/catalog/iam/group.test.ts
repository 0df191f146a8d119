import {
  AttachGroupPolicyCommand,
  DeleteGroupCommand,
  DeleteGroupPolicyCommand,
  DetachGroupPolicyCommand,
  IAMClient,
  RemoveUserFromGroupCommand,
} from "@aws-sdk/client-iam";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { GROUPS, seedIam } from "./iam.trial.ts";

contractSuite("AWS::IAM::Group", {
  seed: async (account) => {
    await seedIam(account);
    return GROUPS;
  },
  remove: async ({ send }, GroupName) => {
    const PolicyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    await send(IAMClient, new RemoveUserFromGroupCommand({ GroupName, UserName: GroupName.replace("team", "user") }));
    await send(IAMClient, new DetachGroupPolicyCommand({ GroupName, PolicyArn }));
    await send(IAMClient, new DeleteGroupPolicyCommand({ GroupName, PolicyName: "inline" }));
    await send(IAMClient, new DeleteGroupCommand({ GroupName }));
  },
  change: ({ send }, GroupName) =>
    send(
      IAMClient,
      new AttachGroupPolicyCommand({ GroupName, PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }),
    ),
});
