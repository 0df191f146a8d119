import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  IAMClient,
  RemoveRoleFromInstanceProfileCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import { expect, it } from "vitest";
import { testAccount } from "../../../tests/contract/account.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import { readScope } from "../scope.ts";
import { ROLES, seedIam } from "./iam.trial.ts";
import entry from "./role.ts";

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

it("does not take what it has not asked for, of a role made between its two listings, for not set", async () => {
  const account = await testAccount();
  const { connection, send } = account;
  const late = { RoleName: "late", MaxSessionDuration: 7200, AssumeRolePolicyDocument: '{"Statement":[]}' };
  const client = ((make, where, lane) => {
    const real = connection.client(make, where, lane) as { send(command: object): Promise<object> };
    const sending = async (command: object) => {
      const answer = await real.send(command);
      if (command.constructor.name === "ListRolesCommand") await send(IAMClient, new CreateRoleCommand(late));
      return answer;
    };
    return Object.assign(Object.create(real), { send: sending });
  }) as typeof connection.client;
  const scope = readScope({ ...connection, client }, connection.globalRegion, {
    signal: new AbortController().signal,
  });
  const found = [];
  for await (const role of entry.list(scope)) found.push(role);

  expect(found.map(({ id }) => id)).toEqual(["late"]);
  expect(found[0]?.unknown?.map(({ path }) => path)).toEqual(["Description", "MaxSessionDuration"]);
});
