import { expect, it } from "vitest";
import { parseRoleArn } from "./arn.ts";

it.each([
  ["arn:aws:iam::111122223333:role/evenkeel-operator", "aws", "evenkeel-operator"],
  ["arn:aws-cn:iam::111122223333:role/evenkeel-operator", "aws-cn", "evenkeel-operator"],
  ["arn:aws-us-gov:iam::111122223333:role/team/a/operator", "aws-us-gov", "operator"],
  ["arn:aws-iso-b:iam::111122223333:role/aws-reserved/x@y,z", "aws-iso-b", "x@y,z"],
  ["arn:aws-eusc:iam::111122223333:role/a", "aws-eusc", "a"],
])("reads the role's ARN %s of any partition and path", (arn, partition, name) => {
  expect(parseRoleArn(arn)).toEqual({ arn, partition, account: "111122223333", name });
});

it.each([
  ["evenkeel-operator", "not an ARN"],
  ["arn:aws:iam::111122223333:user/ada", "not the ARN of an IAM role"],
  ["arn:aws:s3:::role/x", "not the ARN of an IAM role"],
  ["arn:aws:iam:eu-west-1:111122223333:role/x", "not the ARN of an IAM role"],
  ["arn:aws:sts::111122223333:assumed-role/x/session", "the role itself is arn:aws:iam::111122223333:role/"],
  ["arn:aws:iam::1111:role/x", "twelve digits"],
  ["arn:aws:iam::111122223333:role/", "not the path and name"],
  ["arn:aws:iam::111122223333:role/a b", "not the path and name"],
  ["arn:azure:iam::111122223333:role/x", 'no partition "azure"'],
])("refuses %s and says why", (text, why) => {
  expect(() => parseRoleArn(text)).toThrow(why);
});
