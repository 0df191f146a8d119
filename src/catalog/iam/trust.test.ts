import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { describe, expect, it } from "vitest";
import { testAccount } from "../../../tests/contract/account.ts";
import { GLOBAL } from "../../model/brand.ts";
import { redactor } from "../../model/redact.ts";
import type { Facts } from "../contract.ts";
import { factsOf } from "../registry.ts";
import { toResource } from "../resource.ts";
import { readScope } from "../scope.ts";
import { facts } from "./role.facts.ts";
import entry from "./role.ts";
import { doubtOfTrust, USERS_BY_SERVICE } from "./trust.ts";

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

describe("who may use a role", () => {
  const trust = (Principal: object, Effect = "Allow") => ({
    Statement: { Effect, Principal, Action: "sts:AssumeRole" },
  });

  it.each(Object.entries(USERS_BY_SERVICE))("shows by links for %s", (_, types) => {
    for (const type of types) {
      const links: Facts["links"] = factsOf(type)?.links ?? [];
      expect(
        links.some((link) => "to" in link && link.to === "AWS::IAM::Role"),
        type,
      ).toBe(true);
    }
  });

  it.each([
    ["one service", trust({ Service: "ec2.amazonaws.com" })],
    ["one in China", trust({ Service: "ec2.amazonaws.com.cn" })],
    ["several", trust({ Service: ["lambda.amazonaws.com", "scheduler.amazonaws.com"] })],
    ["people and other accounts", trust({ AWS: "arn:aws:iam::222222222222:root" })],
    ["nobody of a service that is denied", trust({ Service: "glue.amazonaws.com" }, "Deny")],
  ])("is told of %s", (_, document) => {
    expect(doubtOfTrust(document)).toBeUndefined();
  });

  it.each([
    ["a service that is not known", trust({ Service: "glue.amazonaws.com" }), /glue/],
    ["one beside others", trust({ Service: ["ec2.amazonaws.com", "glue.amazonaws.com"] }), /glue/],
    ["a part of a known one", trust({ Service: "spotfleet.amazonaws.com" }), /spotfleet/],
    ["a name that every object has", trust({ Service: "constructor.amazonaws.com" }), /constructor/],
    ["a document that is none", "not JSON", /trust policy/],
    ["no document", undefined, /trust policy/],
  ])("is not told of %s", (_, document, why) => {
    expect(doubtOfTrust(document)).toMatch(why);
  });
});
