import { expect, it } from "vitest";
import { parseConfig } from "./config-parse.ts";
import { guardsIn } from "./guards.ts";

const HOUR = 3_600_000;

it("reads every rule of guards.protect, each with what it is called", () => {
  const text = `guards:
  protect:
    - tag: env
    - tag: env=a=b
    - id: vpc-0123
    - type: storage
    - type: ec2:instance
    - younger-than: 3d
`;
  const { protect = [] } = guardsIn(parseConfig("f", text));

  expect(protect).toEqual([
    { key: "env" },
    { key: "env", value: "a=b" },
    { id: "vpc-0123" },
    { types: expect.arrayContaining(["AWS::EC2::Volume", "AWS::S3::Bucket"]), called: "storage" },
    { types: ["AWS::EC2::Instance"], called: "ec2:instance" },
    { youngerThanMs: 72 * HOUR, called: "3d" },
  ]);
});

it("tells an empty list of protected accounts from none", () => {
  expect(guardsIn(parseConfig("f", "guards: { protected-accounts: [] }")).protectedAccounts).toEqual([]);
  expect(guardsIn(parseConfig("f", "guards: { max-removals: 7 }"))).toMatchObject({ maxRemovals: 7 });
  expect(guardsIn(undefined).protectedAccounts).toBeUndefined();
});
