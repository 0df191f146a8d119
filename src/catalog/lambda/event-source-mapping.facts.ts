import type { Facts } from "../contract.ts";

/** What a mapping reads from, by the service in its ARN. */
const SOURCES = {
  dynamodb: "AWS::DynamoDB::Table",
  kafka: "AWS::MSK::Cluster",
  kinesis: "AWS::Kinesis::Stream",
  mq: "AWS::AmazonMQ::Broker",
  rds: "AWS::DocDB::DBCluster",
  sqs: "AWS::SQS::Queue",
} as const;

const DESTINATIONS = { s3: "AWS::S3::Bucket", sns: "AWS::SNS::Topic", sqs: "AWS::SQS::Queue" } as const;

export const facts = {
  type: "AWS::Lambda::EventSourceMapping",
  short: "lambda:event-source-mapping",
  title: "Lambda event source mapping",
  group: "compute",
  scope: "regional",
  arn: "arn:{partition}:lambda:{region}:{account}:event-source-mapping:{id}",
  shape: { sdk: "client-lambda", name: "EventSourceMappingConfiguration" },
  // Enabled is the setting behind State, which also tells of changes under way.
  more: { Enabled: "json", FunctionName: "json", EventSource: "json" },
  volatile: ["State", "StateTransitionReason", "LastModified", "LastProcessingResult", "FilterCriteriaError"],
  secret: [],
  unordered: [
    "FilterCriteria.Filters",
    "FunctionResponseTypes",
    "MetricsConfig.Metrics",
    "Queues",
    "SourceAccessConfigurations",
    "Topics",
  ],
  categories: {
    capacity: ["Enabled", "BatchSize", "ParallelizationFactor", "ProvisionedPollerConfig", "ScalingConfig"],
  },
  links: [
    { kind: "member-of", to: "AWS::Lambda::Function", path: "FunctionName" },
    ...Object.entries(SOURCES).map(([service, to]) => ({
      kind: "attached-to" as const,
      to,
      path: "EventSource.Arn",
      service,
    })),
    { kind: "uses", to: "AWS::KMS::Key", path: "KMSKeyArn" },
    // How it signs in to a broker, and where it sends what could not be worked off.
    {
      kind: "uses",
      to: "AWS::SecretsManager::Secret",
      path: "SourceAccessConfigurations[].URI",
      service: "secretsmanager",
    },
    ...Object.entries(DESTINATIONS).map(([service, to]) => ({
      kind: "uses" as const,
      to,
      path: "DestinationConfig.OnFailure.Destination",
      service,
    })),
  ],
  iam: {
    list: ["lambda:ListEventSourceMappings", "lambda:ListTags"],
    read: ["lambda:GetEventSourceMapping", "lambda:ListTags"],
  },
  pause: {
    stage: "triggers",
    how: "disabled",
    keepsCosting: [],
    // Seconds as a rule; pollers of a Kafka cluster in a network take minutes.
    patienceMinutes: 10,
    iam: {
      capture: ["lambda:GetEventSourceMapping"],
      pause: ["lambda:UpdateEventSourceMapping"],
      resume: ["lambda:UpdateEventSourceMapping"],
    },
  },
  removal: {
    how: "deleted",
    loses: ["how far it has read its stream"],
    // Seconds as a rule; pollers of a Kafka cluster in a network take minutes.
    patienceMinutes: 10,
    iam: { inspect: [], remove: ["lambda:DeleteEventSourceMapping"] },
  },
  sources: [
    "https://docs.aws.amazon.com/lambda/latest/api/API_DeleteEventSourceMapping.html",
    "https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html",
    "https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html",
    "https://docs.aws.amazon.com/lambda/latest/dg/tags-esm.html",
  ],
} as const satisfies Facts;
