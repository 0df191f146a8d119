import { expect, it } from "vitest";
import { matchesPattern } from "./pattern.ts";

const EVENT = {
  source: "aws.cloudwatch",
  resources: ["arn:1", "arn:2"],
  detail: { alarmName: "shed-web", state: { value: "ALARM" }, count: 3 },
};

it.each([
  [{ source: ["aws.cloudwatch"] }, true],
  [{ source: ["aws.ec2", "aws.cloudwatch"] }, true],
  [{ source: ["aws.ec2"] }, false],
  [{ source: ["aws.cloudwatch"], detail: { state: { value: ["OK"] } } }, false],
  [{ detail: { alarmName: [{ prefix: "shed-" }], state: { value: ["ALARM"] } } }, true],
  [{ detail: { alarmName: [{ prefix: "web" }] } }, false],
  [{ resources: ["arn:2"] }, true],
  [{ resources: [{ prefix: "arn:3" }, "arn:1"] }, true],
  [{ detail: { count: [3] } }, true],
  [{ detail: { count: ["3"] } }, false],
  [{ detail: { nowhere: ["x"] } }, false],
  [{ source: { deeper: ["x"] } }, false],
  [{ detail: { nowhere: [{ exists: false }], count: [{ exists: true }] } }, true],
])("matches %j: %s", (pattern, outcome) => {
  expect(matchesPattern(pattern, EVENT)).toBe(outcome);
});

it("refuses a matcher that it does not know rather than guess", () => {
  expect(() => matchesPattern({ source: [{ "anything-but": "x" }] }, EVENT)).toThrow("does not simulate the matcher");
});
