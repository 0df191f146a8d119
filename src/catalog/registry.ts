// Generated from the folders beside it by `npm run generate`. Do not edit.
import type { ResourceType } from "../model/resource.ts";
import type { Entry, Facts } from "./contract.ts";
import { facts as autoscalingAutoScalingGroup } from "./autoscaling/auto-scaling-group.facts.ts";
import { facts as cloudformationStack } from "./cloudformation/stack.facts.ts";
import { facts as cloudwatchAlarm } from "./cloudwatch/alarm.facts.ts";
import { facts as cloudwatchCompositeAlarm } from "./cloudwatch/composite-alarm.facts.ts";
import { facts as dynamodbTable } from "./dynamodb/table.facts.ts";
import { facts as ec2Eip } from "./ec2/eip.facts.ts";
import { facts as ec2Image } from "./ec2/image.facts.ts";
import { facts as ec2Instance } from "./ec2/instance.facts.ts";
import { facts as ec2InternetGateway } from "./ec2/internet-gateway.facts.ts";
import { facts as ec2KeyPair } from "./ec2/key-pair.facts.ts";
import { facts as ec2LaunchTemplate } from "./ec2/launch-template.facts.ts";
import { facts as ec2NatGateway } from "./ec2/nat-gateway.facts.ts";
import { facts as ec2NetworkInterface } from "./ec2/network-interface.facts.ts";
import { facts as ec2RouteTable } from "./ec2/route-table.facts.ts";
import { facts as ec2SecurityGroup } from "./ec2/security-group.facts.ts";
import { facts as ec2Snapshot } from "./ec2/snapshot.facts.ts";
import { facts as ec2Subnet } from "./ec2/subnet.facts.ts";
import { facts as ec2Volume } from "./ec2/volume.facts.ts";
import { facts as ec2Vpc } from "./ec2/vpc.facts.ts";
import { facts as ec2VpcEndpoint } from "./ec2/vpc-endpoint.facts.ts";
import { facts as ecsCluster } from "./ecs/cluster.facts.ts";
import { facts as ecsService } from "./ecs/service.facts.ts";
import { facts as elasticloadbalancingv2Listener } from "./elasticloadbalancingv2/listener.facts.ts";
import { facts as elasticloadbalancingv2ListenerRule } from "./elasticloadbalancingv2/listener-rule.facts.ts";
import { facts as elasticloadbalancingv2LoadBalancer } from "./elasticloadbalancingv2/load-balancer.facts.ts";
import { facts as elasticloadbalancingv2TargetGroup } from "./elasticloadbalancingv2/target-group.facts.ts";
import { facts as eventsRule } from "./events/rule.facts.ts";
import { facts as iamGroup } from "./iam/group.facts.ts";
import { facts as iamInstanceProfile } from "./iam/instance-profile.facts.ts";
import { facts as iamManagedPolicy } from "./iam/managed-policy.facts.ts";
import { facts as iamRole } from "./iam/role.facts.ts";
import { facts as iamUser } from "./iam/user.facts.ts";
import { facts as kinesisStream } from "./kinesis/stream.facts.ts";
import { facts as kmsKey } from "./kms/key.facts.ts";
import { facts as lambdaEventSourceMapping } from "./lambda/event-source-mapping.facts.ts";
import { facts as lambdaFunction } from "./lambda/function.facts.ts";
import { facts as logsLogGroup } from "./logs/log-group.facts.ts";
import { facts as rdsDbCluster } from "./rds/db-cluster.facts.ts";
import { facts as rdsDbInstance } from "./rds/db-instance.facts.ts";
import { facts as s3Bucket } from "./s3/bucket.facts.ts";
import { facts as sagemakerEndpoint } from "./sagemaker/endpoint.facts.ts";
import { facts as secretsmanagerSecret } from "./secretsmanager/secret.facts.ts";
import { facts as snsTopic } from "./sns/topic.facts.ts";
import { facts as sqsQueue } from "./sqs/queue.facts.ts";

/** The facts of every type that Evenkeel knows. */
export const FACTS: readonly Facts[] = [
  autoscalingAutoScalingGroup,
  cloudformationStack,
  cloudwatchAlarm,
  cloudwatchCompositeAlarm,
  dynamodbTable,
  ec2Eip,
  ec2Image,
  ec2Instance,
  ec2InternetGateway,
  ec2KeyPair,
  ec2LaunchTemplate,
  ec2NatGateway,
  ec2NetworkInterface,
  ec2RouteTable,
  ec2SecurityGroup,
  ec2Snapshot,
  ec2Subnet,
  ec2Volume,
  ec2Vpc,
  ec2VpcEndpoint,
  ecsCluster,
  ecsService,
  elasticloadbalancingv2Listener,
  elasticloadbalancingv2ListenerRule,
  elasticloadbalancingv2LoadBalancer,
  elasticloadbalancingv2TargetGroup,
  eventsRule,
  iamGroup,
  iamInstanceProfile,
  iamManagedPolicy,
  iamRole,
  iamUser,
  kinesisStream,
  kmsKey,
  lambdaEventSourceMapping,
  lambdaFunction,
  logsLogGroup,
  rdsDbCluster,
  rdsDbInstance,
  s3Bucket,
  sagemakerEndpoint,
  secretsmanagerSecret,
  snsTopic,
  sqsQueue,
];

const LOADERS: Readonly<Record<string, () => Promise<{ default: Entry }>>> = {
  [autoscalingAutoScalingGroup.type]: () => import("./autoscaling/auto-scaling-group.ts"),
  [cloudformationStack.type]: () => import("./cloudformation/stack.ts"),
  [cloudwatchAlarm.type]: () => import("./cloudwatch/alarm.ts"),
  [cloudwatchCompositeAlarm.type]: () => import("./cloudwatch/composite-alarm.ts"),
  [dynamodbTable.type]: () => import("./dynamodb/table.ts"),
  [ec2Eip.type]: () => import("./ec2/eip.ts"),
  [ec2Image.type]: () => import("./ec2/image.ts"),
  [ec2Instance.type]: () => import("./ec2/instance.ts"),
  [ec2InternetGateway.type]: () => import("./ec2/internet-gateway.ts"),
  [ec2KeyPair.type]: () => import("./ec2/key-pair.ts"),
  [ec2LaunchTemplate.type]: () => import("./ec2/launch-template.ts"),
  [ec2NatGateway.type]: () => import("./ec2/nat-gateway.ts"),
  [ec2NetworkInterface.type]: () => import("./ec2/network-interface.ts"),
  [ec2RouteTable.type]: () => import("./ec2/route-table.ts"),
  [ec2SecurityGroup.type]: () => import("./ec2/security-group.ts"),
  [ec2Snapshot.type]: () => import("./ec2/snapshot.ts"),
  [ec2Subnet.type]: () => import("./ec2/subnet.ts"),
  [ec2Volume.type]: () => import("./ec2/volume.ts"),
  [ec2Vpc.type]: () => import("./ec2/vpc.ts"),
  [ec2VpcEndpoint.type]: () => import("./ec2/vpc-endpoint.ts"),
  [ecsCluster.type]: () => import("./ecs/cluster.ts"),
  [ecsService.type]: () => import("./ecs/service.ts"),
  [elasticloadbalancingv2Listener.type]: () => import("./elasticloadbalancingv2/listener.ts"),
  [elasticloadbalancingv2ListenerRule.type]: () => import("./elasticloadbalancingv2/listener-rule.ts"),
  [elasticloadbalancingv2LoadBalancer.type]: () => import("./elasticloadbalancingv2/load-balancer.ts"),
  [elasticloadbalancingv2TargetGroup.type]: () => import("./elasticloadbalancingv2/target-group.ts"),
  [eventsRule.type]: () => import("./events/rule.ts"),
  [iamGroup.type]: () => import("./iam/group.ts"),
  [iamInstanceProfile.type]: () => import("./iam/instance-profile.ts"),
  [iamManagedPolicy.type]: () => import("./iam/managed-policy.ts"),
  [iamRole.type]: () => import("./iam/role.ts"),
  [iamUser.type]: () => import("./iam/user.ts"),
  [kinesisStream.type]: () => import("./kinesis/stream.ts"),
  [kmsKey.type]: () => import("./kms/key.ts"),
  [lambdaEventSourceMapping.type]: () => import("./lambda/event-source-mapping.ts"),
  [lambdaFunction.type]: () => import("./lambda/function.ts"),
  [logsLogGroup.type]: () => import("./logs/log-group.ts"),
  [rdsDbCluster.type]: () => import("./rds/db-cluster.ts"),
  [rdsDbInstance.type]: () => import("./rds/db-instance.ts"),
  [s3Bucket.type]: () => import("./s3/bucket.ts"),
  [sagemakerEndpoint.type]: () => import("./sagemaker/endpoint.ts"),
  [secretsmanagerSecret.type]: () => import("./secretsmanager/secret.ts"),
  [snsTopic.type]: () => import("./sns/topic.ts"),
  [sqsQueue.type]: () => import("./sqs/queue.ts"),
};

const BY_TYPE: ReadonlyMap<string, Facts> = new Map(FACTS.map((facts) => [facts.type, facts]));

export function factsOf(type: string): Facts | undefined {
  return BY_TYPE.get(type);
}

/** The behaviour of a type; loads its SDK client. */
export async function loadEntry(type: ResourceType): Promise<Entry> {
  const load = LOADERS[type];
  if (!load) throw new TypeError(`no entry for ${type}`);
  return (await load()).default;
}
