import { expect, it } from "vitest";
import { FACTS } from "../../catalog/registry.ts";
import { removalOrder } from "./removal-order.ts";
import { knownTypes } from "./types.ts";

it("tells what goes before a type, by links in both directions", () => {
  expect(removalOrder("AWS::EC2::KeyPair").before).toEqual(
    expect.arrayContaining(["ec2:instance", "ec2:launch-template"]),
  );
  expect(removalOrder("AWS::EC2::VPC").before).toEqual(expect.arrayContaining(["ec2:subnet", "ec2:vpc-endpoint"]));
  // A route table stays when a subnet goes, and the other way round.
  expect(removalOrder("AWS::EC2::Subnet").before).not.toContain("ec2:route-table");
  expect(removalOrder("AWS::RDS::DBCluster").before).toContain("rds:db");
});

it("tells what a type goes along with", () => {
  expect(removalOrder("AWS::EC2::Instance").goesWith).toContain("autoscaling:group");
  expect(removalOrder("AWS::EC2::SecurityGroup").goesWith).toContain("ec2:vpc");
  expect(removalOrder("AWS::EC2::VPC").goesWith).toEqual([]);
});

it("is told of every type that can be removed, and of no other", () => {
  const types = knownTypes();

  expect(types.filter(({ order }) => order).map(({ facts }) => facts.short)).toEqual(
    FACTS.flatMap((facts) => ("removal" in facts ? [facts.short] : [])),
  );
  for (const { facts, verbs } of types) expect(verbs.includes("restore")).toBe(facts.removal !== undefined);
});
