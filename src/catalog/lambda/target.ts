import type { ResourceType } from "../../model/resource.ts";

/** What a function can be fed by or feed, by the service in the ARN. */
const TYPES: Readonly<Record<string, ResourceType>> = {
  dynamodb: "AWS::DynamoDB::Table",
  events: "AWS::Events::EventBus",
  kafka: "AWS::MSK::Cluster",
  kinesis: "AWS::Kinesis::Stream",
  lambda: "AWS::Lambda::Function",
  mq: "AWS::AmazonMQ::Broker",
  rds: "AWS::DocDB::DBCluster",
  s3: "AWS::S3::Bucket",
  sns: "AWS::SNS::Topic",
  sqs: "AWS::SQS::Queue",
};

/** The resource behind an ARN whose type the member does not tell; a table's stream leads to the table. */
export function targetOf(arn: string | undefined): { readonly Type: ResourceType; readonly Arn: string } | undefined {
  const Type = TYPES[arn?.split(":")[2] ?? ""];
  if (!arn || !Type) return undefined;
  return { Type, Arn: arn.replace(/\/stream\/.*$/, "") };
}
