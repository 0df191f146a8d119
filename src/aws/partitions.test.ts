import { describe, expect, it } from "vitest";
import { mainRegion, partitionOf } from "./partitions.ts";

describe("partitions", () => {
  it.each([
    ["eu-west-1", "aws"],
    ["cn-north-1", "aws-cn"],
    ["us-gov-east-1", "aws-us-gov"],
    ["us-iso-east-1", "aws-iso"],
    ["us-isob-east-1", "aws-iso-b"],
    ["eusc-de-east-1", "aws-eusc"],
  ])("take %s for %s, whose main region is of the same partition", (code, partition) => {
    expect(partitionOf(code)).toBe(partition);
    expect(partitionOf(mainRegion(partition))).toBe(partition);
  });
});
