import { expect, it } from "vitest";
import { accountId, region } from "../model/brand.ts";
import { redactor } from "../model/redact.ts";
import type { Facts } from "./contract.ts";
import { toResource } from "./resource.ts";

const FACTS: Facts = {
  type: "AWS::EC2::SecurityGroup",
  short: "test:group",
  title: "group",
  group: "network",
  scope: "regional",
  arn: "arn:{partition}:ec2:{region}:{account}:security-group/{id}",
  shape: { sdk: "client-ec2", name: "SecurityGroup" },
  volatile: [],
  secret: [],
  unordered: [],
  links: [{ kind: "uses", to: "AWS::EC2::SecurityGroup", path: "Peers[]" }],
  iam: { list: [], read: [] },
  sources: [],
};
const finding = {
  account: accountId("111111111111"),
  partition: "aws",
  region: region("eu-west-1"),
  redact: redactor(Buffer.from("key of the test")),
};

it("links no resource to itself, by its id or by its ARN", () => {
  const own = "arn:aws:ec2:eu-west-1:111111111111:security-group/sg-1";
  const found = { id: "sg-1", tags: {}, configuration: { Peers: ["sg-1", own, "sg-2"] } };

  expect(toResource(FACTS, found, finding).links.map(({ to }) => to)).toEqual(["sg-2"]);
});
