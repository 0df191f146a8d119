import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { expect, it } from "vitest";
import { verbTrial } from "../../../tests/contract/verbs.ts";
import { parseRoleArn } from "../../model/arn.ts";
import { FAULTS } from "../../twin/faults.ts";
import { whyRefused } from "./refusal.ts";

const ROLE = parseRoleArn("arn:aws:iam::111122223333:role/operator");
const ROOT = { AWS: "arn:aws:iam::111122223333:root" };

async function refused(statement: object | undefined, given = {}, role = ROLE, denied = false) {
  const { context, twin } = await verbTrial();
  const { connection } = context;
  if (statement)
    await connection.client(IAMClient, connection.globalRegion, "write").send(
      new CreateRoleCommand({
        RoleName: "operator",
        AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
      }),
    );
  if (denied) twin.faults = [{ ...FAULTS.denied, service: "iam", operation: "GetRole" }];
  return (await whyRefused(connection, role, given)).because;
}

const allow = (more: object) => ({ Effect: "Allow", Action: "sts:AssumeRole", Principal: ROOT, ...more });

it.each([
  ["a role that is not there", undefined, "has no role operator"],
  ["a service's role", allow({ Principal: { Service: "lambda.amazonaws.com" } }), "does not name you"],
  ["another user's role", allow({ Principal: { AWS: "arn:aws:iam::111122223333:user/eve" } }), "does not name you"],
  ["an external id", allow({ Condition: { StringEquals: { "sts:ExternalId": "x" } } }), "asks for an external id"],
  ["MFA", allow({ Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }), "asks for MFA"],
  ["a right that is missing", allow({}), "something else forbids it"],
])("tells of %s", async (_, statement, because) => {
  expect(await refused(statement)).toContain(because);
});

it("tells a wrong external id from a missing one", async () => {
  const statement = allow({ Condition: { StringEquals: { "sts:ExternalId": "x" } } });

  expect(await refused(statement, { externalId: "y" })).toContain("asks for another external id");
  expect(await refused(statement, { externalId: "x" })).toContain("something else forbids it");
});

it("does not guess where the trust policy can't be read", async () => {
  const elsewhere = parseRoleArn("arn:aws:iam::444455556666:role/operator");

  expect(await refused(allow({}), {}, ROLE, true)).toContain("AWS does not say why");
  expect(await refused(undefined, {}, elsewhere)).toContain("can't be read from account 111122223333");
  expect(await refused(undefined, {}, parseRoleArn("arn:aws-cn:iam::111122223333:role/x"))).toContain(
    "partition aws-cn",
  );
});
