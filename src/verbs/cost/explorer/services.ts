import type { ResourceType } from "../../../model/resource.ts";

/** What Cost Explorer's dimension SERVICE calls a service. */
export interface ExplorerService {
  /** The product code of bills and price lists. */
  readonly product: string;
  /** Whose resources its usage is charged for, as far as the catalog has them. */
  readonly types: readonly ResourceType[];
}

const EKS = { product: "AmazonEKS", types: ["AWS::EKS::Cluster", "AWS::EKS::Nodegroup"] } as const;
const CLOUDWATCH = {
  product: "AmazonCloudWatch",
  types: ["AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm", "AWS::Logs::LogGroup"],
} as const;

/**
 * The services of all types of the catalog that cost something, by the names that Cost Explorer gives. Volumes, snapshots and
 * NAT gateways are "EC2 - Other", public addresses "Amazon Virtual Private Cloud".
 * Source: names as accounts were answered, in github.com/ayumitamai97/aws-cost, sinanartun/cloudtoolbox and
 * cloudscape-design/components; product codes: https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/index.json .
 */
export const EXPLORER_SERVICES: Readonly<Record<string, ExplorerService>> = {
  "AWS App Runner": { product: "AWSAppRunner", types: ["AWS::AppRunner::Service"] },
  AmazonCloudWatch: CLOUDWATCH,
  "Amazon CloudWatch": CLOUDWATCH,
  "CloudWatch Events": { product: "AWSEvents", types: ["AWS::Events::Rule", "AWS::Scheduler::Schedule"] },
  CodeBuild: { product: "CodeBuild", types: ["AWS::CodeBuild::Project"] },
  "AWS Database Migration Service": {
    product: "AWSDatabaseMigrationSvc",
    types: ["AWS::DMS::ReplicationInstance"],
  },
  "Amazon DocumentDB (with MongoDB compatibility)": {
    product: "AmazonDocDB",
    types: ["AWS::DocDB::DBCluster", "AWS::DocDB::DBInstance"],
  },
  "Amazon DynamoDB": { product: "AmazonDynamoDB", types: ["AWS::DynamoDB::Table"] },
  "Amazon Elastic Compute Cloud - Compute": { product: "AmazonEC2", types: ["AWS::EC2::Instance"] },
  "EC2 - Other": { product: "AmazonEC2", types: ["AWS::EC2::NatGateway", "AWS::EC2::Snapshot", "AWS::EC2::Volume"] },
  "Amazon Virtual Private Cloud": { product: "AmazonVPC", types: ["AWS::EC2::EIP", "AWS::EC2::VPCEndpoint"] },
  "Amazon Elastic Container Service": { product: "AmazonECS", types: ["AWS::ECS::Service"] },
  "Amazon Elastic Container Service for Kubernetes": EKS,
  "Amazon Elastic Kubernetes Service": EKS,
  "Amazon Elastic MapReduce": { product: "ElasticMapReduce", types: ["AWS::EMR::Cluster"] },
  "Amazon ElastiCache": {
    product: "AmazonElastiCache",
    types: ["AWS::ElastiCache::CacheCluster", "AWS::ElastiCache::ReplicationGroup"],
  },
  "Amazon Elastic Load Balancing": { product: "AWSELB", types: ["AWS::ElasticLoadBalancingV2::LoadBalancer"] },
  "AWS Glue": { product: "AWSGlue", types: ["AWS::Glue::Trigger"] },
  "AWS Key Management Service": { product: "awskms", types: ["AWS::KMS::Key"] },
  "Amazon Kinesis": { product: "AmazonKinesis", types: ["AWS::Kinesis::Stream"] },
  "AWS Lambda": { product: "AWSLambda", types: ["AWS::Lambda::Function"] },
  "Amazon Managed Streaming for Apache Kafka": { product: "AmazonMSK", types: ["AWS::MSK::Cluster"] },
  "Amazon Neptune": { product: "AmazonNeptune", types: ["AWS::Neptune::DBCluster", "AWS::Neptune::DBInstance"] },
  "Amazon OpenSearch Service": { product: "AmazonES", types: ["AWS::OpenSearchService::Domain"] },
  "Amazon Elasticsearch Service": { product: "AmazonES", types: ["AWS::OpenSearchService::Domain"] },
  "Amazon Relational Database Service": {
    product: "AmazonRDS",
    types: ["AWS::RDS::DBCluster", "AWS::RDS::DBInstance"],
  },
  "Amazon Redshift": { product: "AmazonRedshift", types: ["AWS::Redshift::Cluster"] },
  "Amazon Simple Storage Service": { product: "AmazonS3", types: ["AWS::S3::Bucket"] },
  "Amazon SageMaker": {
    product: "AmazonSageMaker",
    types: ["AWS::SageMaker::Endpoint", "AWS::SageMaker::NotebookInstance"],
  },
  "AWS Secrets Manager": { product: "AWSSecretsManager", types: ["AWS::SecretsManager::Secret"] },
  "Amazon Simple Notification Service": { product: "AmazonSNS", types: ["AWS::SNS::Topic"] },
  "Amazon Simple Queue Service": { product: "AWSQueueService", types: ["AWS::SQS::Queue"] },
  "Amazon WorkSpaces": { product: "AmazonWorkSpaces", types: ["AWS::WorkSpaces::Workspace"] },
};

/** AWS's product code where it is known, else the name itself. */
export function productOf(service: string): string {
  return EXPLORER_SERVICES[service]?.product ?? service;
}
