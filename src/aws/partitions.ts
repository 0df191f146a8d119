import { type Region, region } from "../model/brand.ts";

/**
 * Where the global services (IAM, account facts) of a partition answer.
 * Source: IAM endpoints and quotas page of each partition.
 */
const MAIN_REGION: Readonly<Record<string, string>> = {
  aws: "us-east-1",
  "aws-cn": "cn-north-1",
  "aws-us-gov": "us-gov-west-1",
  "aws-iso": "us-iso-east-1",
  "aws-iso-b": "us-isob-east-1",
  "aws-iso-e": "eu-isoe-west-1",
  "aws-iso-f": "us-isof-south-1",
  "aws-eusc": "eusc-de-east-1",
};

export function mainRegion(partition: string): Region {
  return region(MAIN_REGION[partition] ?? "us-east-1");
}

/** Beginnings of region codes outside the commercial partition. Source: endpoints and partitions of the AWS SDKs. */
const PARTITION_OF: readonly (readonly [prefix: string, partition: string])[] = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["us-isob-", "aws-iso-b"],
  ["us-isof-", "aws-iso-f"],
  ["us-iso-", "aws-iso"],
  ["eu-isoe-", "aws-iso-e"],
  ["eusc-", "aws-eusc"],
];

/** The partition that a region's code tells. */
export function partitionOf(code: string): string {
  return PARTITION_OF.find(([prefix]) => code.startsWith(prefix))?.[1] ?? "aws";
}
