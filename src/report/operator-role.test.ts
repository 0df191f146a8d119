import { expect, it } from "vitest";
import { parse } from "yaml";
import { operatorTemplate } from "./operator-role.ts";

const DOCUMENT = { Version: "2012-10-17", Statement: [{ Sid: "A", Effect: "Allow", Action: ["a:B"], Resource: "*" }] };

it("is a template of one role with its policies, the same in every account and partition", () => {
  const text = operatorTemplate([DOCUMENT, DOCUMENT], { mfa: false });
  const { Resources, Outputs } = parse(text);

  expect(text).not.toMatch(/arn:aws|\d{12}/);
  expect(Object.keys(Resources)).toEqual(["OperatorPolicy", "OperatorPolicy2", "OperatorRole"]);
  expect(Resources.OperatorRole.Properties).toMatchObject({
    RoleName: "evenkeel-operator",
    ManagedPolicyArns: [{ Ref: "OperatorPolicy" }, { Ref: "OperatorPolicy2" }],
    AssumeRolePolicyDocument: {
      Version: "2012-10-17",
      Statement: [{ Principal: { AWS: { "Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root" } } }],
    },
  });
  expect(Resources.OperatorRole.Properties.AssumeRolePolicyDocument.Statement[0]).not.toHaveProperty("Condition");
  expect(Outputs.RoleArn.Value).toEqual({ "Fn::GetAtt": ["OperatorRole", "Arn"] });
});

it("asks for an external id and MFA where wanted", () => {
  const { Resources } = parse(operatorTemplate([DOCUMENT], { externalId: "agreed", mfa: true }));

  expect(Resources.OperatorRole.Properties.AssumeRolePolicyDocument.Statement[0].Condition).toEqual({
    StringEquals: { "sts:ExternalId": "agreed" },
    Bool: { "aws:MultiFactorAuthPresent": "true" },
  });
});
