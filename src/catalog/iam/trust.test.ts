import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { expect, it } from "vitest";
import { testAccount } from "../../../tests/contract/account.ts";
import { GLOBAL } from "../../model/brand.ts";
import { redactor } from "../../model/redact.ts";
import { toResource } from "../resource.ts";
import { readScope } from "../scope.ts";
import { facts } from "./role.facts.ts";
import entry from "./role.ts";

it("shows whom a role trusts, though the names of the conditions speak of tokens", async () => {
  const { connection, send } = await testAccount();
  const Condition = { StringLike: { "token.actions.githubusercontent.com:sub": "repo:acme/orders:*" } };
  const Statement = [
    { Effect: "Allow", Principal: { Federated: "github" }, Action: "sts:AssumeRoleWithWebIdentity", Condition },
  ];
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await send(IAMClient, new CreateRoleCommand({ RoleName: "deploy", AssumeRolePolicyDocument }));

  const scope = readScope(connection, connection.globalRegion, { signal: new AbortController().signal });
  const found = await entry.read(scope, "deploy");
  const finding = {
    account: connection.account,
    partition: "aws",
    region: GLOBAL,
    redact: redactor(Buffer.from("key")),
  };
  const resource = found && toResource(facts, found, finding);

  expect(resource?.configuration.AssumeRolePolicyDocument).toMatchObject({ Statement: [{ Condition }] });
});
