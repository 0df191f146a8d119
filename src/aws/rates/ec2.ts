import type { BucketSize } from "../token-bucket.ts";

/*
 * EC2's default request buckets, per account and Region.
 * Source: EC2 developer guide, "Request throttling for the Amazon EC2 API" (ec2-api-throttling).
 */
const size = (capacity: number, refill: number): BucketSize => ({ capacity, refill });

const NON_MUTATING = size(100, 20);
const UNFILTERED_UNPAGINATED = size(50, 10);
const MUTATING = size(50, 5);

/** Without a filter and without MaxResults these have a smaller bucket, so every listing of ours paginates. */
const UNFILTERED = new Set([
  "DescribeInstances",
  "DescribeInstanceStatus",
  "DescribeNetworkInterfaces",
  "DescribeSecurityGroups",
  "DescribeSnapshots",
  "DescribeSpotInstanceRequests",
  "DescribeVolumes",
]);

const OWN: Readonly<Record<string, BucketSize>> = {
  RunInstances: size(5, 2),
  StartInstances: size(5, 2),
  TerminateInstances: size(100, 5),
  CreateTags: size(100, 10),
  DeleteTags: size(100, 10),
  CreateSnapshot: size(100, 5),
  CreateSnapshots: size(100, 5),
  DeleteSnapshot: size(100, 5),
  CreateVolume: size(100, 5),
  DeleteVolume: size(100, 5),
  DeregisterImage: size(100, 5),
  CopyImage: size(100, 1),
  CreateNatGateway: size(10, 1),
  DeleteNatGateway: size(10, 1),
  CreateNetworkInterface: size(100, 5),
  DeleteNetworkInterface: size(100, 5),
  CreateVpcEndpoint: size(4, 0.3),
  ModifyVpcEndpoint: size(4, 0.3),
  DeleteVpcEndpoints: size(4, 0.3),
  CreateDefaultVpc: size(1, 1),
  CreateDefaultSubnet: size(1, 1),
  DescribeInstanceTopology: size(1, 1),
  DescribeMovingAddresses: size(1, 1),
  DescribeSpotFleetRequests: size(50, 3),
  DescribeSecurityGroupReferences: size(20, 5),
  DescribeStaleSecurityGroups: size(20, 5),
  DescribeReservedInstancesOfferings: size(10, 10),
  AssociateIamInstanceProfile: size(100, 5),
  DisassociateIamInstanceProfile: size(100, 5),
  ModifyInstanceMetadataOptions: size(100, 5),
  ModifySnapshotAttribute: size(100, 5),
  ModifyImageAttribute: size(100, 5),
};

const READS = /^(Describe|List|Search|Get)/;

/** The bucket of one EC2 action; each action has its own. */
export function ec2Bucket(operation: string, input: object): BucketSize {
  const own = OWN[operation];
  if (own) return own;
  if (!READS.test(operation)) return MUTATING;
  const narrowed = "Filters" in input || "MaxResults" in input;
  return UNFILTERED.has(operation) && !narrowed ? UNFILTERED_UNPAGINATED : NON_MUTATING;
}
