import {
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeleteGroupCommand,
  DeleteInstanceProfileCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  DeleteUserCommand,
  IAMClient,
  ListPoliciesCommand,
} from "@aws-sdk/client-iam";
import { expect, it } from "vitest";
import { testAccount } from "../../../../tests/contract/account.ts";
import { DOCUMENT, POLICIES, seedIam } from "../../../catalog/iam/iam.trial.ts";

const [PolicyArn = ""] = POLICIES;

it.each([
  ["a role in an instance profile", new DeleteRoleCommand({ RoleName: "app-a" })],
  ["a user with keys", new DeleteUserCommand({ UserName: "user-a" })],
  ["a group with members", new DeleteGroupCommand({ GroupName: "team-a" })],
  ["a policy with more than one version", new DeletePolicyCommand({ PolicyArn })],
  ["the default version of a policy", new DeletePolicyVersionCommand({ PolicyArn, VersionId: "v2" })],
  ["an instance profile with a role", new DeleteInstanceProfileCommand({ InstanceProfileName: "profile-a" })],
])("refuses to delete %s", async (_, command) => {
  const account = await testAccount();
  await seedIam(account);

  const outcome = account.send(IAMClient, command as DeleteRoleCommand);

  await expect(outcome).rejects.toMatchObject({ details: { awsCode: "DeleteConflict" } });
});

it("refuses a second role of a name, and a sixth version of a policy", async () => {
  const account = await testAccount();
  await seedIam(account);
  const { send } = account;
  const again = new CreateRoleCommand({ RoleName: "app-a", AssumeRolePolicyDocument: DOCUMENT });
  for (let count = 0; count < 3; count++)
    await send(IAMClient, new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: DOCUMENT }));

  await expect(send(IAMClient, again)).rejects.toMatchObject({ details: { awsCode: "EntityAlreadyExists" } });
  await expect(
    send(IAMClient, new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: DOCUMENT })),
  ).rejects.toMatchObject({ details: { awsCode: "LimitExceeded" } });
});

it("lists AWS's own policies only where they are asked for", async () => {
  const account = await testAccount();
  await seedIam(account);

  const local = await account.send(IAMClient, new ListPoliciesCommand({ Scope: "Local" }));
  const aws = await account.send(IAMClient, new ListPoliciesCommand({ Scope: "AWS" }));

  expect(local.Policies?.map(({ Arn }) => Arn)).toEqual(POLICIES);
  expect(aws.Policies?.map(({ PolicyName }) => PolicyName)).toEqual(["ReadOnlyAccess"]);
});
