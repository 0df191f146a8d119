import {
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  IAMClient,
  ListAccessKeysCommand,
  RemoveUserFromGroupCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import type { TestAccount } from "../../../tests/contract/account.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { seedIam, USERS } from "./iam.trial.ts";

async function keyOf({ send }: TestAccount, UserName: string): Promise<string> {
  const answer = await send(IAMClient, new ListAccessKeysCommand({ UserName }));
  return answer.AccessKeyMetadata?.[0]?.AccessKeyId ?? "";
}

contractSuite("AWS::IAM::User", {
  seed: async (account) => {
    await seedIam(account);
    return USERS;
  },
  remove: async (account, UserName) => {
    const { send } = account;
    const AccessKeyId = await keyOf(account, UserName);
    await send(IAMClient, new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
    await send(IAMClient, new DeleteLoginProfileCommand({ UserName }));
    await send(IAMClient, new RemoveUserFromGroupCommand({ UserName, GroupName: UserName.replace("user", "team") }));
    await send(IAMClient, new DeleteUserPolicyCommand({ UserName, PolicyName: "inline" }));
    await send(IAMClient, new DeleteUserCommand({ UserName }));
  },
  change: async (account, UserName) => {
    const AccessKeyId = await keyOf(account, UserName);
    await account.send(IAMClient, new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: "Inactive" }));
  },
});
