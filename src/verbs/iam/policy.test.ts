import { expect, it } from "vitest";
import { FACTS } from "../../catalog/registry.ts";
import { factsFor } from "../types/types.ts";
import { neededActions, readingPolicy, withinLimit } from "./policy.ts";

const queues = factsFor(["sqs:queue"]);

it("has what the verb and the chosen types need, sorted, and nothing else", () => {
  expect(neededActions(["snapshot"], queues)).toEqual([
    "ec2:DescribeRegions",
    "iam:ListAccountAliases",
    ...["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueues"],
    "sts:GetCallerIdentity",
    "tag:GetResources",
  ]);
});

it("asks for CloudTrail only where somebody may ask who", () => {
  expect(neededActions(["delta"], queues)).toContain("cloudtrail:LookupEvents");
  expect(neededActions(["snapshot"], queues)).not.toContain("cloudtrail:LookupEvents");
});

it("leaves the types out where the verb reads none", () => {
  expect(neededActions(["types"], FACTS)).toEqual(["sts:GetCallerIdentity"]);
  expect(neededActions(["whoami"], FACTS)).toHaveLength(3);
});

it("has one statement a service, with the name of the service as its id", () => {
  const { Statement } = readingPolicy(neededActions(["snapshot"], FACTS));
  const services = Statement.map(({ Action }) => new Set(Action.map((action) => action.split(":")[0])));

  expect(services.every((service) => service.size === 1)).toBe(true);
  expect(new Set(Statement.map(({ Sid }) => Sid)).size).toBe(Statement.length);
  expect(Statement.every(({ Sid }) => /^[A-Za-z0-9]+$/.test(Sid))).toBe(true);
});

it("never allows more than reading", () => {
  const actions = neededActions(["snapshot", "delta", "doctor", "types", "whoami"], FACTS);

  expect(actions.filter((action) => !/:(Get|List|Describe|Lookup|Search|BatchGet)/.test(action))).toEqual([]);
});

it("lets a store in a bucket be used, and only its own folder", () => {
  const { Statement } = readingPolicy([], { partition: "aws-cn", name: "mine", prefix: "team/a" });

  expect(Statement.map(({ Resource }) => Resource)).toEqual(["arn:aws-cn:s3:::mine", "arn:aws-cn:s3:::mine/team/a/*"]);
});

it("comes in several documents where AWS's size limit asks for it, without losing an action", () => {
  const actions = Array.from(
    { length: 400 },
    (_, index) => `service${index % 7}:DescribeSomethingNumber${index}`,
  ).sort();

  const documents = withinLimit(readingPolicy(actions));

  expect(documents.length).toBeGreaterThan(1);
  for (const document of documents) expect(JSON.stringify(document).length).toBeLessThanOrEqual(6144);
  expect(documents.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action)).sort()).toEqual(actions);
});

it("halves a statement that alone is too large", () => {
  const actions = Array.from({ length: 300 }, (_, index) => `ec2:DescribeSomethingWithALongName${index}`).sort();

  const documents = withinLimit(readingPolicy(actions));

  expect(new Set(documents.flatMap(({ Statement }) => Statement.map(({ Sid }) => Sid))).size).toBeGreaterThan(1);
  for (const document of documents) expect(JSON.stringify(document).length).toBeLessThanOrEqual(6144);
});
