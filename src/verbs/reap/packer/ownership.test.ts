import { describe, expect, it } from "vitest";
import type { Json } from "../../../model/json.ts";
import type { Resource } from "../../../model/resource.ts";
import { trustsOnlyEc2 } from "./ownership.ts";

const roleWith = (trust: Json): Resource =>
  ({ id: "packer", configuration: { AssumeRolePolicyDocument: trust } }) as unknown as Resource;
const trust = (...principals: Json[]): Json => ({ Statement: principals.map((Principal) => ({ Principal })) });
const EC2 = "ec2.amazonaws.com";

describe("a role that only EC2 may assume", () => {
  it.each<[Json]>([
    [trust({ Service: EC2 })],
    [trust({ Service: [EC2] })],
    [trust({ Service: `${EC2}.cn` })],
    [{ Statement: { Principal: { Service: EC2 } } }],
  ])("is %j", (document) => {
    expect(trustsOnlyEc2(roleWith(document))).toBe(true);
  });

  it.each<[Json]>([
    [null],
    ["not parsed"],
    [{}],
    [trust()],
    [trust("*")],
    [trust({})],
    [trust({ Service: [] })],
    [trust({ Service: "codebuild.amazonaws.com" })],
    [trust({ Service: [EC2, "lambda.amazonaws.com"] })],
    [trust({ Service: EC2, AWS: "arn:aws:iam::111111111111:root" })],
    [trust({ Service: EC2 }, { Federated: "accounts.google.com" })],
    [trust({ Service: `${EC2}.example.org` })],
    [trust({ Service: "notec2.amazonaws.com" })],
    [{ Statement: [{ NotPrincipal: { Service: EC2 } }] }],
  ])("is not %j", (document) => {
    expect(trustsOnlyEc2(roleWith(document))).toBe(false);
  });
});
