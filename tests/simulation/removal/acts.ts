import { AutoScalingClient, CreateAutoScalingGroupCommand } from "@aws-sdk/client-auto-scaling";
import { CloudFormationClient, CreateStackCommand } from "@aws-sdk/client-cloudformation";
import { CloudWatchClient, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  AttachInternetGatewayCommand,
  AttachVolumeCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateKeyPairCommand,
  CreateLaunchTemplateCommand,
  CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVolumeCommand,
  CreateVpcCommand,
  EC2Client,
  ModifyInstanceAttributeCommand,
  RunInstancesCommand,
} from "@aws-sdk/client-ec2";
import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { functionInput } from "../../../src/catalog/lambda/lambda.trial.ts";
import { HERE, type TestAccount } from "../../contract/account.ts";

/** What there is to be wired together, by kind, in order of creation. */
export interface Pools {
  readonly vpc: string[];
  readonly subnet: string[];
  readonly group: string[];
  readonly key: string[];
  readonly instance: string[];
  readonly volume: string[];
  readonly address: string[];
  readonly role: string[];
  readonly profile: string[];
  readonly policy: string[];
  readonly topic: string[];
}

export const emptyPools = (): Pools => ({
  vpc: [],
  subnet: [],
  group: [],
  key: [],
  instance: [],
  volume: [],
  address: [],
  role: [],
  profile: [],
  policy: [],
  topic: [],
});

interface Doing {
  readonly send: TestAccount["send"];
  readonly pools: Pools;
  /** A name that nothing else has. */
  readonly name: string;
  /** One of a pool; undefined = it is empty. */
  readonly any: (pool: keyof Pools, turn?: number) => string | undefined;
  /** Half of what can be tagged bears `half=one`. */
  readonly tags: { Key: string; Value: string }[];
}

const IMAGE = "ami-0a1b2c3d4e5f60718";
const TRUST = (service: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: `${service}.amazonaws.com` }, Action: "sts:AssumeRole" }],
  });

/** What people make, wire, and leave behind. One that AWS refuses in the present world changes nothing. */
export const ACTS = {
  async network({ send, pools }) {
    const { Vpc } = await send(EC2Client, new CreateVpcCommand({ CidrBlock: "10.1.0.0/16" }));
    pools.vpc.push(Vpc?.VpcId ?? "");
    const asked = { VpcId: Vpc?.VpcId, CidrBlock: "10.1.1.0/24" };
    pools.subnet.push((await send(EC2Client, new CreateSubnetCommand(asked))).Subnet?.SubnetId ?? "");
  },
  async gateway({ send, any }) {
    const { InternetGateway } = await send(EC2Client, new CreateInternetGatewayCommand({}));
    const InternetGatewayId = InternetGateway?.InternetGatewayId;
    await send(EC2Client, new AttachInternetGatewayCommand({ InternetGatewayId, VpcId: any("vpc") }));
  },
  async group({ send, pools, any, name }) {
    const asked = { VpcId: any("vpc"), GroupName: name, Description: name };
    pools.group.push((await send(EC2Client, new CreateSecurityGroupCommand(asked))).GroupId ?? "");
  },
  async refer({ send, any }) {
    const from = { IpProtocol: "tcp", FromPort: 80, ToPort: 80, UserIdGroupPairs: [{ GroupId: any("group", 1) }] };
    await send(EC2Client, new AuthorizeSecurityGroupIngressCommand({ GroupId: any("group"), IpPermissions: [from] }));
  },
  async key({ send, pools, name }) {
    await send(EC2Client, new CreateKeyPairCommand({ KeyName: name }));
    pools.key.push(name);
  },
  async instance({ send, pools, any, tags }) {
    const [group, profile] = [any("group"), any("profile")];
    const asked = {
      ImageId: IMAGE,
      InstanceType: "t3.small",
      MinCount: 1,
      MaxCount: 1,
      SubnetId: any("subnet"),
      SecurityGroupIds: group ? [group] : undefined,
      KeyName: any("key"),
      IamInstanceProfile: profile ? { Name: profile } : undefined,
      TagSpecifications: [{ ResourceType: "instance", Tags: tags }],
    } as const;
    const made = await send(
      EC2Client,
      new RunInstancesCommand({ ...asked, TagSpecifications: [...asked.TagSpecifications] }),
    );
    pools.instance.push(made.Instances?.[0]?.InstanceId ?? "");
  },
  async regroup({ send, any }) {
    const asked = { InstanceId: any("instance"), Groups: [any("group") ?? ""] };
    await send(EC2Client, new ModifyInstanceAttributeCommand(asked));
  },
  async guardInstance({ send, any }) {
    const asked = { InstanceId: any("instance"), DisableApiTermination: { Value: true } };
    await send(EC2Client, new ModifyInstanceAttributeCommand(asked));
  },
  async protect({ send, any, name }) {
    const pool = (["instance", "group", "volume", "vpc", "subnet"] as const)[name.length % 5] ?? "instance";
    const Tags = [{ Key: "evenkeel:protect", Value: "yes" }];
    await send(EC2Client, new CreateTagsCommand({ Resources: [any(pool) ?? ""], Tags }));
  },
  async volume({ send, pools, tags }) {
    const TagSpecifications = [{ ResourceType: "volume" as const, Tags: tags }];
    const made = await send(
      EC2Client,
      new CreateVolumeCommand({ AvailabilityZone: `${HERE}a`, Size: 8, TagSpecifications }),
    );
    pools.volume.push(made.VolumeId ?? "");
  },
  async attach({ send, any }) {
    const asked = { InstanceId: any("instance"), VolumeId: any("volume"), Device: "/dev/sdf" };
    await send(EC2Client, new AttachVolumeCommand(asked));
  },
  /** The volume then goes with its instance, whoever made it. */
  async bindVolume({ send, any }) {
    const BlockDeviceMappings = [{ DeviceName: "/dev/sdf", Ebs: { DeleteOnTermination: true } }];
    await send(EC2Client, new ModifyInstanceAttributeCommand({ InstanceId: any("instance"), BlockDeviceMappings }));
  },
  async address({ send, pools }) {
    pools.address.push((await send(EC2Client, new AllocateAddressCommand({}))).AllocationId ?? "");
  },
  async associate({ send, any }) {
    const asked = { AllocationId: any("address"), InstanceId: any("instance") };
    await send(EC2Client, new AssociateAddressCommand(asked));
  },
  async interface({ send, any }) {
    const asked = { SubnetId: any("subnet"), Groups: [any("group") ?? ""] };
    await send(EC2Client, new CreateNetworkInterfaceCommand(asked));
  },
  async policy({ send, pools, name }) {
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
    });
    const made = await send(IAMClient, new CreatePolicyCommand({ PolicyName: name, PolicyDocument }));
    pools.policy.push(made.Policy?.Arn ?? "");
  },
  async role({ send, pools, name, any }) {
    const service = name.length % 2 ? "ec2" : "lambda";
    await send(IAMClient, new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: TRUST(service) }));
    pools.role.push(name);
    if (any("policy")) await send(IAMClient, new AttachRolePolicyCommand({ RoleName: name, PolicyArn: any("policy") }));
  },
  async profile({ send, pools, name, any }) {
    await send(IAMClient, new CreateInstanceProfileCommand({ InstanceProfileName: name }));
    pools.profile.push(name);
    const asked = { InstanceProfileName: name, RoleName: any("role") };
    if (any("role")) await send(IAMClient, new AddRoleToInstanceProfileCommand(asked));
  },
  async function({ send, any, name }) {
    const { VpcConfig: _, DeadLetterConfig: __, ...input } = functionInput(name);
    const role = any("role");
    const Role = role ? `arn:aws:iam::111111111111:role/${role}` : input.Role;
    await send(LambdaClient, new CreateFunctionCommand({ ...input, Role }));
  },
  async bucket({ send, name }) {
    const CreateBucketConfiguration = { LocationConstraint: HERE as "eu-west-1" };
    await send(S3Client, new CreateBucketCommand({ Bucket: `b-${name}`, CreateBucketConfiguration }));
    await send(S3Client, new PutObjectCommand({ Bucket: `b-${name}`, Key: "a", Body: "a" }));
  },
  async topic({ send, pools, name }) {
    pools.topic.push((await send(SNSClient, new CreateTopicCommand({ Name: name }))).TopicArn ?? "");
  },
  async alarm({ send, any, name }) {
    const topic = any("topic");
    const asked = {
      AlarmName: name,
      ComparisonOperator: "GreaterThanThreshold",
      EvaluationPeriods: 1,
      MetricName: "Errors",
      Namespace: "Shop",
      Period: 60,
      Statistic: "Sum",
      Threshold: 1,
      AlarmActions: topic ? [topic] : [],
    } as const;
    await send(CloudWatchClient, new PutMetricAlarmCommand({ ...asked, AlarmActions: [...asked.AlarmActions] }));
  },
  async queue({ send, name }) {
    await send(SQSClient, new CreateQueueCommand({ QueueName: name }));
  },
  async table({ send, name }) {
    await send(
      DynamoDBClient,
      new CreateTableCommand({
        TableName: name,
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        BillingMode: "PAY_PER_REQUEST",
      }),
    );
  },
  async fleet({ send, any, name }) {
    const group = any("group");
    const data = { ImageId: IMAGE, InstanceType: "t3.small" as const, SecurityGroupIds: group ? [group] : undefined };
    await send(
      EC2Client,
      new CreateLaunchTemplateCommand({ LaunchTemplateName: `of-${name}`, LaunchTemplateData: data }),
    );
    await send(
      AutoScalingClient,
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName: name,
        LaunchTemplate: { LaunchTemplateName: `of-${name}`, Version: "$Latest" },
        VPCZoneIdentifier: any("subnet"),
        MinSize: 0,
        MaxSize: 2,
        DesiredCapacity: 1,
      }),
    );
  },
  async stack({ send, name }) {
    const TemplateBody = JSON.stringify({
      Resources: { Queue: { Type: "AWS::SQS::Queue", Properties: { QueueName: `${name}-in-stack` } } },
    });
    await send(CloudFormationClient, new CreateStackCommand({ StackName: `s${name}`, TemplateBody }));
  },
} as const satisfies Record<string, (doing: Doing) => Promise<void>>;
export type ActName = keyof typeof ACTS;
export const ACT_NAMES = Object.keys(ACTS) as readonly ActName[];

/** Something that somebody does, with numbers that choose what it is wired to. */
export interface Act {
  readonly act: ActName;
  readonly which: number;
}

/** Does them one after another. @param prefix of the names of what is made */
export async function doAll({ send }: Pick<TestAccount, "send">, pools: Pools, acts: readonly Act[], prefix: string) {
  for (const [index, { act, which }] of acts.entries()) {
    const any: Doing["any"] = (pool, turn = 0) => {
      const all = pools[pool];
      return all.length > 0 ? all[(which + turn) % all.length] : undefined;
    };
    const tags = [{ Key: "half", Value: which % 2 ? "one" : "two" }];
    const doing: Doing = { send, pools, any, tags, name: `${prefix}${"x".repeat(which % 5)}${index}` };
    await ACTS[act](doing).catch(() => undefined);
  }
}
