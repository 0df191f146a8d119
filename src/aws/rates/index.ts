import type { BucketSize } from "../token-bucket.ts";
import { ec2Bucket } from "./ec2.ts";

/** An API call as the rate governor and the error table see it. */
export interface CallName {
  /** The endpoint's signing name: `ec2`, `monitoring`. */
  readonly service: string;
  readonly operation: string;
}

const size = (capacity: number, refill: number): BucketSize => ({ capacity, refill });

/** What AWS documents nothing of is called no faster than this. */
const UNDOCUMENTED = size(20, 10);

/*
 * Documented rates per second, per account and Region; burst = the same number unless the page gives one.
 * Operation `*` = all of the service that have no row. `write` = operations that are not Describe, List, Get.
 */
const RATES: Readonly<Record<string, Readonly<Record<string, BucketSize>>>> = {
  // CloudWatch service quotas page.
  monitoring: {
    DescribeAlarms: size(9, 9),
    GetMetricData: size(50, 50),
    DisableAlarmActions: size(3, 3),
    EnableAlarmActions: size(3, 3),
    PutMetricAlarm: size(3, 3),
    ListTagsForResource: size(10, 10),
  },
  // Kinesis Data Streams quotas page: 5 a second for control operations, 20 for DescribeStreamSummary.
  kinesis: { "*": size(5, 5), DescribeStreamSummary: size(20, 20) },
  // Lambda quotas page: 15 control plane requests a second over all APIs but GetFunction (100) and GetPolicy (15 apart).
  lambda: { "*": size(15, 15), GetFunction: size(100, 100), GetPolicy: size(15, 15) },
  // CloudWatch Logs quotas page.
  logs: { DescribeLogGroups: size(10, 10), ListTagsForResource: size(10, 10) },
  // KMS request quotas page.
  kms: {
    DescribeKey: size(2000, 2000),
    GetKeyPolicy: size(1000, 1000),
    GetKeyRotationStatus: size(1000, 1000),
    ListAliases: size(500, 500),
    ListKeys: size(500, 500),
    ListResourceTags: size(2000, 2000),
  },
  // SNS quotas page; of Publish the least of all regions.
  sns: {
    Publish: size(300, 300),
    GetTopicAttributes: size(30, 30),
    ListTopics: size(30, 30),
    ListTagsForResource: size(10, 10),
  },
  // Secrets Manager quotas page.
  secretsmanager: { ListSecrets: size(100, 100), GetResourcePolicy: size(50, 50) },
  // ECS API throttling page: cluster and service reads, burst 50, 20 a second.
  ecs: { "*": size(50, 20) },
  // Resource Groups Tagging API quotas page: 15 a second.
  tagging: { GetResources: size(15, 15) },
  // DynamoDB quotas page: up to 2,500 DescribeTable; other control plane calls are few. Items have a rate for each table,
  // in thousands: this bounds our own eagerness.
  dynamodb: {
    DescribeTable: size(2500, 2500),
    GetItem: size(100, 100),
    PutItem: size(100, 100),
    Query: size(100, 100),
  },
  // S3 has no request rate for bucket settings that a scan comes near; this bounds our own eagerness.
  s3: { "*": size(100, 100) },
  // CloudTrail LookupEvents API reference: two a second.
  cloudtrail: { LookupEvents: size(2, 2) },
  // AWS documents no rate of Cost Explorer's, and each request costs: few at a time are enough.
  ce: { "*": size(5, 5) },
  // SQS management calls have no documented quota below this.
  sqs: { "*": size(100, 100) },
};

/** The bucket AWS keeps for a call, and its key (calls that share a key share a bucket). */
export function rateOf(call: CallName, input: object): { readonly key: string; readonly size: BucketSize } {
  if (call.service === "ec2") {
    const bucket = ec2Bucket(call.operation, input);
    return { key: `ec2:${call.operation}:${bucket.capacity}`, size: bucket };
  }
  const rates = RATES[call.service];
  const own = rates?.[call.operation];
  if (own) return { key: `${call.service}:${call.operation}`, size: own };
  const shared = rates?.["*"];
  if (shared) return { key: `${call.service}:*`, size: shared };
  return { key: `${call.service}:${call.operation}`, size: UNDOCUMENTED };
}
