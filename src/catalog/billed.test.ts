import { describe, expect, it } from "vitest";
import type { Charged } from "../model/cost.ts";
import type { Resource } from "../model/resource.ts";
import { billedAs, billKeys } from "./billed.ts";

const HERE = "eu-west-1:111122223333";

const typeOf = (resource: string, product = "") => {
  const charged: Charged = { resource, product, kind: "usage" };
  return billedAs(charged)?.types[0];
};
const keyOf = (resource: string) => billedAs({ resource, product: "", kind: "usage" })?.key;

describe("what a bill calls a resource", () => {
  it.each([
    ["i-0123456789abcdef0", "AmazonEC2", "AWS::EC2::Instance"],
    ["vol-0123456789abcdef0", "AmazonEC2", "AWS::EC2::Volume"],
    ["shop-assets", "AmazonS3", "AWS::S3::Bucket"],
    ["shop-assets", "AmazonGlacier", "AWS::S3::Bucket"],
    ["shop-assets", "AmazonS3GlacierDeepArchive", "AWS::S3::Bucket"],
    [`arn:aws:ec2:${HERE}:natgateway/nat-0123456789abcdef0`, "AmazonEC2", "AWS::EC2::NatGateway"],
    [
      `arn:aws:elasticloadbalancing:${HERE}:loadbalancer/net/shop/0123456789abcdef`,
      "",
      "AWS::ElasticLoadBalancingV2::LoadBalancer",
    ],
    [`arn:aws:kafka:${HERE}:cluster/shop/0a1b-2`, "AmazonMSK", "AWS::MSK::Cluster"],
    [`arn:aws:es:${HERE}:domain/shop`, "AmazonES", "AWS::OpenSearchService::Domain"],
  ])("%s of %s is a %s", (resource, product, type) => {
    expect(typeOf(resource, product)).toBe(type);
  });

  it.each([
    ["a classic load balancer", `arn:aws:elasticloadbalancing:${HERE}:loadbalancer/shop`],
    ["a directory bucket", "shop--euw1-az1--x-s3"],
    ["an access point's alias", "shop-0123abc-s3alias"],
    ["an Object Lambda access point's alias", "shop-0123abc--ol-s3"],
    ["a backup of a table, which outlives it", `arn:aws:dynamodb:${HERE}:table/shop/backup/01489602797149-73d8d5bc`],
    ["an RDS snapshot", `arn:aws:rds:${HERE}:snapshot:rds:shop-2026-01-01-00-00`],
    ["an Aurora snapshot", `arn:aws:rds:${HERE}:cluster-snapshot:shop`],
    ["a task of Fargate", `arn:aws:ecs:${HERE}:task/shop/0f9de17a6465404e8b1b2356dc13c2f8`],
    ["a vault of Glacier", `arn:aws:glacier:${HERE}:vaults/shop`],
    ["a crawler", `arn:aws:glue:${HERE}:crawler/shop`],
  ])("%s is not in the catalog", (_, resource) => {
    expect(typeOf(resource, "AmazonS3")).toBeUndefined();
  });

  it.each([
    [`arn:aws:lambda:${HERE}:function:shop`, ":7"],
    [`arn:aws:logs:${HERE}:log-group:/shop/web`, ":*"],
    [`arn:aws:dynamodb:${HERE}:table/shop`, "/index/by-date"],
    [`arn:aws:kinesis:${HERE}:stream/clicks`, "/consumer/shop:1700000000"],
  ])("a part of %s is it: %s", (resource, part) => {
    expect(keyOf(resource + part)).toBe(keyOf(resource));
  });

  it("tells whose it is, where its ARN does", () => {
    expect(billedAs({ resource: `arn:aws:sqs:${HERE}:orders`, product: "", kind: "usage" })).toMatchObject({
      account: "111122223333",
      region: "eu-west-1",
    });
    expect(billedAs({ resource: "arn:aws:s3:::shop", product: "", kind: "usage", region: "eu-west-1" })).toEqual({
      key: "s3||shop",
      types: ["AWS::S3::Bucket"],
      region: "eu-west-1",
    });
  });
});

describe("what makes no sense", () => {
  it.each(["arn::::::", "arn:aws::eu-west-1:111122223333:x", "arn:aws:ec2:::", "arn:aws:ec2:eu-west-1:1:instance/"])(
    "%s is of nothing that the catalog knows, and ends nothing",
    (resource) => {
      expect(billedAs({ resource, product: "AmazonEC2", kind: "usage" })).toBeUndefined();
    },
  );

  it("a bucket that is called like an instance never stands for that instance", () => {
    const bucket = { type: "AWS::S3::Bucket", arn: "arn:aws:s3:::i-0abc", id: "i-0abc", configuration: {} };
    const instance = billedAs({ resource: "i-0abc", product: "AmazonEC2", kind: "usage" });
    const billed = billedAs({ resource: "i-0abc", product: "AmazonS3", kind: "usage" });

    expect(billKeys(bucket as unknown as Resource)).not.toContain(instance?.key);
    expect(billKeys(bucket as unknown as Resource)).toContain(billed?.key);
  });
});
