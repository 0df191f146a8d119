import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ReadScope } from "../../src/catalog/contract.ts";
import { type AccountId, accountId, type Region, region } from "../../src/model/brand.ts";
import { EvenkeelError } from "../../src/model/errors.ts";
import type { ResourceType } from "../../src/model/resource.ts";
import { virtualClock } from "../../src/twin/clock.ts";

/** Where real answers of AWS lie, as boto3 parsed them; they are no part of the project and may be absent. */
const FOLDER = fileURLToPath(new URL("../../../shared/data/aws-answers/", import.meta.url));

/** The members that rows below look into. */
// biome-ignore lint/suspicious/noExplicitAny: recorded answers have any shape
type Answer = any;

/** Answers by operation. */
type Answers = Readonly<Record<string, Answer>>;

/** The operation of a recorded answer, the type it is about, and what the calls around it answer. */
interface Recorded {
  readonly operation: string;
  readonly type: ResourceType;
  /** Answers of the operations that the entry calls, instead of the recorded one as it is. */
  readonly as?: (answer: Answer) => Answers;
}

const itself = (operation: string, type: ResourceType): Recorded => ({ operation, type });

const role = (Role: Answer) => ({
  ListRoles: { Roles: [Role] },
  GetAccountAuthorizationDetails: { RoleDetailList: [Role] },
});

/** Every recorded operation that tells of a type we know. */
export const RECORDED: readonly Recorded[] = [
  itself("autoscaling.DescribeAutoScalingGroups", "AWS::AutoScaling::AutoScalingGroup"),
  itself("cloudformation.DescribeStacks", "AWS::CloudFormation::Stack"),
  {
    operation: "dynamodb.DescribeTable",
    type: "AWS::DynamoDB::Table",
    as: (a) => ({ ListTables: { TableNames: [a.Table.TableName] }, DescribeTable: a }),
  },
  itself("ec2.DescribeAddresses", "AWS::EC2::EIP"),
  itself("ec2.DescribeImages", "AWS::EC2::Image"),
  itself("ec2.DescribeInstances", "AWS::EC2::Instance"),
  itself("ec2.DescribeInternetGateways", "AWS::EC2::InternetGateway"),
  itself("ec2.DescribeKeyPairs", "AWS::EC2::KeyPair"),
  itself("ec2.DescribeLaunchTemplates", "AWS::EC2::LaunchTemplate"),
  {
    operation: "ec2.DescribeLaunchTemplateVersions",
    type: "AWS::EC2::LaunchTemplate",
    as: (a) => ({
      DescribeLaunchTemplates: { LaunchTemplates: a.LaunchTemplateVersions },
      DescribeLaunchTemplateVersions: a,
    }),
  },
  itself("ec2.DescribeNatGateways", "AWS::EC2::NatGateway"),
  itself("ec2.DescribeNetworkInterfaces", "AWS::EC2::NetworkInterface"),
  itself("ec2.DescribeRouteTables", "AWS::EC2::RouteTable"),
  itself("ec2.DescribeSecurityGroups", "AWS::EC2::SecurityGroup"),
  itself("ec2.DescribeSnapshots", "AWS::EC2::Snapshot"),
  itself("ec2.DescribeSubnets", "AWS::EC2::Subnet"),
  itself("ec2.DescribeVolumes", "AWS::EC2::Volume"),
  itself("ec2.DescribeVpcEndpoints", "AWS::EC2::VPCEndpoint"),
  itself("ec2.DescribeVpcs", "AWS::EC2::VPC"),
  {
    operation: "ecs.DescribeClusters",
    type: "AWS::ECS::Cluster",
    as: (a) => ({
      ListClusters: { clusterArns: a.clusters.map((each: Answer) => each.clusterArn) },
      DescribeClusters: a,
    }),
  },
  {
    operation: "ecs.DescribeServices",
    type: "AWS::ECS::Service",
    as: (a) => ({
      ListClusters: { clusterArns: [a.services[0].clusterArn] },
      ListServices: { serviceArns: a.services.map((each: Answer) => each.serviceArn) },
      DescribeServices: a,
    }),
  },
  itself("elasticache.DescribeCacheClusters", "AWS::ElastiCache::CacheCluster"),
  itself("elasticloadbalancing.DescribeLoadBalancers", "AWS::ElasticLoadBalancingV2::LoadBalancer"),
  {
    operation: "elasticloadbalancing.DescribeListeners",
    type: "AWS::ElasticLoadBalancingV2::Listener",
    as: (a) => ({ DescribeLoadBalancers: { LoadBalancers: [{ LoadBalancerArn: "balancer" }] }, DescribeListeners: a }),
  },
  {
    operation: "elasticloadbalancing.DescribeRules",
    type: "AWS::ElasticLoadBalancingV2::ListenerRule",
    as: (a) => ({
      DescribeLoadBalancers: { LoadBalancers: [{ LoadBalancerArn: "balancer", Type: "application" }] },
      DescribeListeners: { Listeners: [{ ListenerArn: "arn:aws:elasticloadbalancing:x:1:listener/app/web/1/2" }] },
      DescribeRules: a,
    }),
  },
  itself("elasticloadbalancing.DescribeTargetGroups", "AWS::ElasticLoadBalancingV2::TargetGroup"),
  {
    // The older API of the same service, in which two members have other names.
    operation: "es.DescribeElasticsearchDomains",
    type: "AWS::OpenSearchService::Domain",
    as: ({ DomainStatusList: all }) => ({
      ListDomainNames: { DomainNames: all.map(({ DomainName }: Answer) => ({ DomainName })) },
      DescribeDomains: {
        DomainStatusList: all.map(
          ({ ElasticsearchClusterConfig: ClusterConfig, ElasticsearchVersion: EngineVersion, ...domain }: Answer) => ({
            ...domain,
            ClusterConfig,
            EngineVersion,
          }),
        ),
      },
    }),
  },
  {
    operation: "events.ListRules",
    type: "AWS::Events::Rule",
    as: (a) => ({ ListEventBuses: { EventBuses: [{ Name: "default" }] }, ListRules: a }),
  },
  { operation: "iam.GetRole", type: "AWS::IAM::Role", as: (a) => role(a.Role) },
  { operation: "iam.ListRoles", type: "AWS::IAM::Role", as: (a) => role(a.Roles[0]) },
  {
    operation: "iam.ListGroups",
    type: "AWS::IAM::Group",
    as: (a) => ({ GetAccountAuthorizationDetails: { GroupDetailList: a.Groups } }),
  },
  {
    operation: "iam.ListUsers",
    type: "AWS::IAM::User",
    as: (a) => ({ GetAccountAuthorizationDetails: { UserDetailList: a.Users }, ListUsers: a }),
  },
  {
    operation: "iam.ListPolicies",
    type: "AWS::IAM::ManagedPolicy",
    as: (a) => ({ GetAccountAuthorizationDetails: { Policies: a.Policies }, ListPolicies: a }),
  },
  itself("iam.ListInstanceProfiles", "AWS::IAM::InstanceProfile"),
  {
    operation: "kinesis.DescribeStream",
    type: "AWS::Kinesis::Stream",
    as: ({ StreamDescription: { Shards, HasMoreShards: _, ...stream } }) => ({
      ListStreams: { StreamNames: [stream.StreamName] },
      DescribeStreamSummary: { StreamDescriptionSummary: { ...stream, OpenShardCount: Shards.length } },
    }),
  },
  {
    operation: "kms.DescribeKey",
    type: "AWS::KMS::Key",
    as: (a) => ({ ListKeys: { Keys: [{ KeyId: a.KeyMetadata.KeyId }] }, DescribeKey: a }),
  },
  itself("lambda.ListEventSourceMappings", "AWS::Lambda::EventSourceMapping"),
  itself("lambda.ListFunctions", "AWS::Lambda::Function"),
  {
    operation: "lambda.GetFunction",
    type: "AWS::Lambda::Function",
    as: (a) => ({ ListFunctions: { Functions: [a.Configuration] }, GetFunction: a }),
  },
  itself("logs.DescribeLogGroups", "AWS::Logs::LogGroup"),
  itself("monitoring.DescribeAlarms", "AWS::CloudWatch::Alarm"),
  itself("monitoring.DescribeAlarms", "AWS::CloudWatch::CompositeAlarm"),
  itself("rds.DescribeDBClusters", "AWS::RDS::DBCluster"),
  itself("rds.DescribeDBInstances", "AWS::RDS::DBInstance"),
  itself("redshift.DescribeClusters", "AWS::Redshift::Cluster"),
  itself("s3.ListBuckets", "AWS::S3::Bucket"),
  {
    operation: "s3.GetBucketPolicy",
    type: "AWS::S3::Bucket",
    as: (a) => ({ ListBuckets: { Buckets: [{ Name: "orders" }] }, GetBucketPolicy: a }),
  },
  {
    operation: "s3.GetBucketEncryption",
    type: "AWS::S3::Bucket",
    as: (a) => ({ ListBuckets: { Buckets: [{ Name: "orders" }] }, GetBucketEncryption: a }),
  },
  {
    operation: "sagemaker.DescribeEndpoint",
    type: "AWS::SageMaker::Endpoint",
    as: (a) => ({ ListEndpoints: { Endpoints: [{ EndpointName: a.EndpointName }] }, DescribeEndpoint: a }),
  },
  {
    operation: "sagemaker.DescribeNotebookInstance",
    type: "AWS::SageMaker::NotebookInstance",
    as: (a) => ({
      ListNotebookInstances: { NotebookInstances: [{ NotebookInstanceName: a.NotebookInstanceName }] },
      DescribeNotebookInstance: a,
    }),
  },
  {
    operation: "secretsmanager.ListSecrets",
    type: "AWS::SecretsManager::Secret",
    as: (a) => ({ ListSecrets: a, DescribeSecret: DENIED }),
  },
  {
    operation: "secretsmanager.DescribeSecret",
    type: "AWS::SecretsManager::Secret",
    as: (a) => ({ ListSecrets: { SecretList: [{ ARN: a.ARN, Name: a.Name }] }, DescribeSecret: a }),
  },
  {
    operation: "sns.GetTopicAttributes",
    type: "AWS::SNS::Topic",
    as: (a) => ({ ListTopics: { Topics: [{ TopicArn: a.Attributes.TopicArn }] }, GetTopicAttributes: a }),
  },
  {
    operation: "sqs.GetQueueAttributes",
    type: "AWS::SQS::Queue",
    as: (a) => ({ ListQueues: { QueueUrls: ["https://sqs.eu-west-1.amazonaws.com/1/orders"] }, GetQueueAttributes: a }),
  },
];

const DENIED = new EvenkeelError("ACCESS_DENIED", "recorded for this operation: nothing");

/** A recorded file, ready to be given to an entry. */
export interface RecordedAnswer {
  readonly file: string;
  /** Whose account it was, and where, as far as the answer tells. */
  readonly account: AccountId;
  readonly region: Region;
  readonly answers: Answers;
}

export function answersAreHere(): boolean {
  return existsSync(FOLDER);
}

/** The recorded answers about a type. */
export function answersAbout(type: ResourceType): RecordedAnswer[] {
  const files = answersAreHere() ? readdirSync(FOLDER).sort() : [];
  return RECORDED.filter((row) => row.type === type).flatMap(({ operation, as }) =>
    files
      .filter((file) => file.replace(/^api\./, "").startsWith(`${operation}--`))
      .map((file) => {
        const text = readFileSync(`${FOLDER}${file}`, "utf8");
        const answer = parse(text);
        const answers = as ? as(answer) : { [operation.slice(operation.indexOf(".") + 1)]: answer };
        return { file, answers, ...whereabouts(text) };
      }),
  );
}

function whereabouts(text: string): Pick<RecordedAnswer, "account" | "region"> {
  const [, account = "111111111111"] = /(?:Owner(?:Id)?"\s*:\s*"|:)(\d{12})\b/.exec(text) ?? [];
  const [, here = "us-east-1"] = /arn:aws:[\w-]+:([a-z]+(?:-[a-z]+)+-\d):/.exec(text) ?? [];
  return { account: accountId(account), region: region(here) };
}

/* There is one page to each. */
const TOKENS =
  /^(Next|next)(Token|Marker)$|^Marker$|^ResponseMetadata$|^Last.*TableName$|^IsTruncated$|^HasMoreStreams$/;
/* The SDK gives these as texts, which boto3 parses. */
const DOCUMENTS = /^(AssumeRolePolicyDocument|PolicyDocument|Document)$/;

function parse(text: string): Answer {
  return JSON.parse(text, (name, value: Answer) => {
    if (TOKENS.test(name)) return undefined;
    if (DOCUMENTS.test(name) && typeof value === "object") return encodeURIComponent(JSON.stringify(value));
    if (value?.__class__ !== "datetime") return value;
    const { year, month, day, hour = 0, minute = 0, second = 0, microsecond = 0 } = value;
    return new Date(Date.UTC(year, month - 1, day, hour, minute, second, microsecond / 1000));
  });
}

/** A scope in which AWS gives these answers; to anything else it gives an empty one, or says that nothing is there. */
export function recordedScope({ answers, account, region }: RecordedAnswer, otherwise: "empty" | "gone"): ReadScope {
  const send = async ({ schema }: { readonly schema: readonly [number, string, string] }): Promise<object> => {
    const answer = answers[schema[2]];
    if (answer instanceof EvenkeelError) throw answer;
    if (answer) return structuredClone(answer) as object;
    if (otherwise === "gone") throw new EvenkeelError("NOT_FOUND", "recorded: nothing");
    return {};
  };
  return {
    account,
    partition: "aws",
    region,
    signal: new AbortController().signal,
    clock: virtualClock(0),
    // Paginators want an instance of their client.
    client: (clientClass) =>
      Object.assign(Object.create(clientClass.prototype) as object, { config: {}, send }) as never,
    pageSize: (greatest) => greatest,
    tags: async () => () => ({ tags: {} }),
  };
}
